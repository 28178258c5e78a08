"""A select box offers only what its account may see, and refuses another's key like an unknown one."""

import re

import pytest
from django.core.exceptions import ValidationError

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from tests.agents.factories import StructureFactory
from tests.permissions.essais import ask, open_as
from tests.permissions.monde import INCONNU, taken_back
from tests.permissions.saisies import choices_of, classes_with_choices, forms_of, name_of
from tests.permissions.tableau import read_all

pytestmark = [pytest.mark.django_db, pytest.mark.sans_n_plus_1, pytest.mark.ordre_libre]
ATTENDUS = read_all()

# Lists of the house that belong to nobody: their rows say nothing of a person.
SANS_PORTEE = {
    "agents.TypeExposition": "words of a list; which post exposes to what is no secret",
    "agents.TypePosition": "words of a list; whose position has which type is another question",
    "agents.TypeAbsence": "words of a list; whose absence has which type is another question",
    "visites.Motif": "words of a list",
    "visites.TypeRestriction": "words of a list, cut to the measures that the account sees",
    "visites.MotifExcuse": "words of a list",
    "visites.Orientation": "words of a list",
    "documents.Signataire": "who signs stands on every letter",
}
# Choices wider than the account's own scope, on purpose.
LARGES = {
    ("signalements.forms.signalement.SignalerForm", "structure"): "one reports what happens anywhere",
    ("signalements.forms.signalement.SignalerForm", "site"): "as above",
    ("EditionFilterForm", "seance"): "also the sessions that a pack names: its list names them too",
    ("ActionFilterForm", "pilote"): "accounts of the roles that hold the plan, for those who read it",
    ("signalements.forms.plan.ActionForm", "pilote"): "as above",
    ("signalements.forms.signalement.QualifierForm", "pilote"): "as above",
    ("visites.forms.DeplacerForm", "professionnel"): "doctors and nurses; care staff: oneself",
    ("visites.forms.JourneeForm", "professionnel"): "as above",
    ("visites.forms.PlacerForm", "professionnel"): "as above",
    ("visites.forms_lettres.LettresForm", "professionnel"): "as above",
    ("visites.forms_planning.AbsenceProfessionnelForm", "professionnel"): "as above",
    ("visites.forms_planning.OuvrirForm", "professionnel"): "as above",
    ("visites.forms_planning.OuvrirForm", "lieu"): "a psychologist receives in any place",
    ("visites.forms_engagements.SuivreForm", "destinataire"): "who answers for the agent, by name",
    ("visites.forms_notes.PartagerForm", "destinataire"): "colleagues of one’s own profession, by name",
    ("visites.forms_echanges.MontrerForm", "destinataire"): "doctors and psychologists, by name",
    ("visites.forms_echanges.NommerForm", "compte"): "coordinators and chiefs, by name",
    ("AccompagnementFilterForm", "personne"): "who is named on a follow-up that one reads, by name",
}


def pages(role):
    """One address of each page that answers 200 to the role, with the URL's name."""
    for nom, bloc in ATTENDUS.items():
        for (methode, position), reponses in bloc.lignes.items():
            if methode == "GET" and reponses[role] == "200":
                yield nom, bloc, position
                break


@pytest.fixture(scope="module")
def vus():
    """Choices met: class of the form, name of the field; and the roles whose pages were walked."""
    return set()


@pytest.mark.parametrize("role", Role)
def test_choices_stay_in_scope(monde, cases, vus, role):
    user = Utilisateur.objects.get(pk=monde.comptes[role].pk)
    fautes, essayes = set(), 0
    vus.add((role, ""))
    for nom, bloc, position in pages(role):
        with taken_back():
            reponse = open_as(monde, role, monde.adresse(nom, bloc.cles, position, role))
            for form in forms_of(reponse):
                for champ, choix in choices_of(form).items():
                    vus.add((name_of(form), champ))
                    essayes += 1
                    fautes.update(
                        f"{nom}: {name_of(form)}.{champ} {faute}" for faute in judge(user, form, champ, choix)
                    )
    cases["choices"] += essayes
    assert fautes == set(), "\n".join(sorted(fautes))


def judge(user, form, nom, champ):
    """Faults of one choice: rows that the account may not see, a refusal that tells one key from another."""
    lignes = champ.queryset
    modele = lignes.model
    offertes = set(lignes.values_list("pk", flat=True))
    if (name_of(form), nom) in LARGES:
        pass
    elif hasattr(modele._default_manager.all(), "visible_to"):
        vues = set(modele._default_manager.visible_to(user).values_list("pk", flat=True))
        if offertes - vues:
            yield f"offers {len(offertes - vues)} {modele._meta.label} out of scope"
    elif modele._meta.label not in SANS_PORTEE:
        yield f"offers {modele._meta.label}, which has no visible_to() and no reason to have none"
    autres = modele._default_manager.exclude(pk__in=offertes).values_list("pk", flat=True)[:3]
    inconnu = refusal(champ, INCONNU["int"])
    for cle in autres:
        if refusal(champ, cle) != inconnu:
            yield f"tells {cle} from an unknown key: {refusal(champ, cle)}"
    if not re.search(r"[a-zéàè] .+[.…]$", inconnu):
        yield f"refuses without a sentence: {inconnu}"


def refusal(champ, cle):
    """What the field says of a key, the key itself left out."""
    try:
        champ.clean([str(cle)] if hasattr(champ, "_check_values") else str(cle))
    except ValidationError as refus:
        return " ".join(refus.messages).replace(str(cle), "…")
    return "accepted"


def need_all_roles(vus):
    """Leave a run of a part of this module alone."""
    if not all((role, "") in vus for role in Role):
        pytest.skip("needs the pages of every role: run the whole module")


def test_every_form_with_choices_was_met(vus):
    """A form that no page of any role showed is judged by nobody."""
    need_all_roles(vus)
    assert sorted(classes_with_choices() - {forme for forme, _ in vus}) == []


def test_no_reason_outlives_its_choice(vus):
    need_all_roles(vus)
    assert sorted(set(LARGES) - vus) == []


@pytest.mark.parametrize("nom", ["agents:liste", "signalements:liste", "signalements:accidents"])
def test_filter_answers_another_scope_like_an_unknown_key(monde, nom):
    """The encadrant filters by a structure that is not his: the page is that of a structure that is none."""
    adresse = monde.adresse(nom, {}, "page", Role.ENCADRANT)
    ailleurs = StructureFactory.create(pk=888_888_888, sigle="LOIN", niveau="direction")
    corps = []
    for cle in (ailleurs.pk, INCONNU["int"]):
        reponse = ask(monde, Role.ENCADRANT, "GET", f"{adresse}?structure={cle}")
        corps.append(reponse.corps.replace(str(cle).encode(), b"..."))
    assert corps[0] == corps[1]
    assert b"fait pas partie" in corps[0]
