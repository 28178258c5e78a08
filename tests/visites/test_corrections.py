"""A signed conclusion changes by a new version only, which says why; the former one stays readable."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory, PosteFactory, ResponsabiliteFactory, StructureFactory
from tests.visites.factories import VisiteFactory, held
from tests.visites.test_views_conclusion import measure, typed
from visites.actions.certificats import _key, visit_values
from visites.models import ConclusionCorrigee, Engagement, MotConfirme, Orientation, Restriction, Visite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
MESURE = "Port de charges limité"


@pytest.fixture
def medecin(client_de):
    return client_de("medecin", first_name="Anne", last_name="Le Goff")


@pytest.fixture
def visite(medecin):
    agent = AgentFactory(
        statut="C", poste=PosteFactory(categorie_suivi="adapte"), structure=StructureFactory()
    )
    visite = VisiteFactory(agent=agent, professionnel=medecin.compte)
    saisie = typed(
        measure(),
        measure("Aménagement matériel", precision="chariot", date_fin=""),
        conclusion="amenagement",
        message_employeur="Prévoir un chariot.",
    )
    assert medecin.post(reverse("visites:conclure", args=[visite.pk]), saisie).status_code == 302
    return Visite.objects.get()


def page(visite):
    return reverse("visites:corriger", args=[visite.pk])


def correction(visite, *mesures, **champs):
    """What the browser posts: the load goes down to 5 kg, the trolley stays as it was."""
    mesures = mesures or (
        measure(precision="5 kg"),
        measure("Aménagement matériel", precision="chariot", date_fin=""),
    )
    base = {"version": visite.version, "conclusion": "amenagement", "raison": "Poids mal noté."}
    return typed(*mesures, **({"message_employeur": "Prévoir un chariot."} | base | champs))


def test_page_opens_with_what_was_signed(medecin, visite):
    reponse = medecin.get(page(visite))
    texte = reponse.content.decode()
    assert 'value="10 kg"' in texte and "Prévoir un chariot." in texte and 'value="24/11/2029"' in texte
    assert "Port de charges limité, 10 kg" in texte and "<dt>Corrigée le</dt><dd>24/11/2026</dd>" in texte
    assert LigneJournal.objects.filter(acte="visites.corriger").count() == 1
    assert "alert-danger" not in texte


def test_correction_keeps_the_former_version_and_says_why(medecin, visite):
    avant = visite.signee_le
    assert medecin.post(page(visite), correction(visite)).status_code == 302
    visite.refresh_from_db()
    assert visite.signee_le == avant and visite.corrigee_le is not None
    ancienne = ConclusionCorrigee.objects.get()
    assert (ancienne.numero, ancienne.raison, ancienne.corrigee_par) == (
        1,
        "Poids mal noté.",
        "Anne Le Goff",
    )
    assert ancienne.signee_le == avant and ancienne.mesures[0][:2] == [MESURE, "10 kg"]
    texte = medecin.get(reverse("visites:visite", args=[visite.pk])).content.decode()
    assert "Version 1</b>, signée le" in texte and "Poids mal noté." in texte
    assert "Port de charges limité, 10 kg" in texte and "Port de charges limité, 5 kg" in texte
    assert LigneJournal.objects.filter(acte="visites.correct_avis").count() == 1


def test_restrictions_follow_and_what_stays_keeps_its_acknowledgement(medecin, visite):
    chariot = Engagement.objects.get(restriction__precision="chariot")
    Engagement.objects.filter(pk=chariot.pk).update(accuse_le=datetime.date(2026, 11, 24), accuse_par="Paul")
    medecin.post(page(visite), correction(visite))
    assert {r.precision for r in Restriction.objects.all()} == {"5 kg", "chariot"}
    retiree = Restriction.toutes.get(precision="10 kg")
    assert retiree.retiree_le == datetime.date(2026, 11, 24)
    assert "retiré" in retiree.engagement.clos_parce_que
    chariot.refresh_from_db()
    assert chariot.accuse_par == "Paul" and chariot.clos_le is None
    nouvelle = Engagement.objects.get(restriction__precision="5 kg")
    assert nouvelle.accuse_le is None and nouvelle.clos_le is None


def test_second_correction_has_the_next_number(medecin, visite):
    medecin.post(page(visite), correction(visite))
    visite.refresh_from_db()
    medecin.post(page(visite), correction(visite, measure(precision="7 kg"), raison="Chariot reçu."))
    assert list(ConclusionCorrigee.objects.values_list("numero", "raison")) == [
        (2, "Chariot reçu."),
        (1, "Poids mal noté."),
    ]
    texte = medecin.get(reverse("visites:visite", args=[visite.pk])).content.decode()
    assert "version 3" in texte


@pytest.mark.parametrize(
    "champs, mots",
    [
        ({"raison": ""}, "Dites pourquoi vous corrigez"),
        ({"raison": "Son diabète était oublié."}, "Mot à relire"),
        ({"message_employeur": "Son diabète le gêne."}, "Mot à relire"),
        ({"conclusion": "apte"}, "Avec une mesure"),
        ({"prochaine_visite": "23/11/2026", "validite_mois": ""}, "La prochaine visite suit"),
    ],
)
def test_refusals_stand_beside_their_field_and_keep_what_was_typed(medecin, visite, champs, mots):
    envoi = correction(visite) | champs
    texte = medecin.post(page(visite), envoi).content.decode()
    assert mots in texte and 'value="5 kg"' in texte
    assert not ConclusionCorrigee.objects.exists() and Restriction.objects.filter(precision="10 kg").exists()


def test_correction_without_a_change_is_refused(medecin, visite):
    meme = correction(visite, measure(), measure("Aménagement matériel", precision="chariot", date_fin=""))
    texte = medecin.post(page(visite), meme).content.decode()
    assert "Rien n’a changé" in texte and "Poids mal noté." in texte
    assert not ConclusionCorrigee.objects.exists()


def test_of_two_corrections_the_second_is_told_and_keeps_its_text(medecin, visite):
    medecin.post(page(visite), correction(visite))
    tard = correction(visite, measure(precision="7 kg"), message_employeur="Sans chariot.")
    texte = medecin.post(page(visite), tard).content.decode()
    assert "Quelqu’un d’autre a enregistré" in texte
    assert 'value="7 kg"' in texte and "Sans chariot." in texte and "Poids mal noté." in texte
    assert ConclusionCorrigee.objects.count() == 1


def test_manager_reads_the_day_of_the_correction_and_never_why(medecin, visite, client_de):
    medecin.post(page(visite), correction(visite))
    client = client_de("encadrant")
    ResponsabiliteFactory(compte=client.compte, structure=visite.agent.structure)
    jour = f"{timezone.localtime(Visite.objects.get().corrigee_le):%d/%m/%Y}"
    lue = client.get(reverse("visites:visite", args=[visite.pk])).content.decode()
    assert f"<dt>Corrigée le</dt><dd>{jour}</dd>" in lue and "5 kg" in lue
    mesures = client.get(reverse("visites:restrictions_agent", args=[visite.agent_id])).content.decode()
    assert "corrigée le" in mesures
    for texte in (lue, mesures):
        assert "Poids mal noté." not in texte and "10 kg" not in texte


@pytest.mark.parametrize("role", ["coordinateur", "chef", "rh"])
def test_section_reads_the_versions(medecin, visite, client_de, role):
    medecin.post(page(visite), correction(visite))
    texte = client_de(role).get(reverse("visites:visite", args=[visite.pk])).content.decode()
    assert "Version 1</b>, signée le" in texte and "Poids mal noté." in texte


def test_agent_reads_the_versions(medecin, visite, client_de):
    medecin.post(page(visite), correction(visite))
    client = client_de("agent")
    type(visite.agent).objects.filter(pk=visite.agent_id).update(compte=client.compte)
    texte = client.get(reverse("visites:visite", args=[visite.pk])).content.decode()
    assert "Version 1</b>, signée le" in texte and "Poids mal noté." in texte


def test_only_who_signed_corrects_then_any_doctor_once_he_left(medecin, visite, client_de):
    autre = client_de("medecin")
    assert autre.get(page(visite)).status_code == 403
    assert autre.post(page(visite), correction(visite)).status_code == 403
    type(medecin.compte).objects.filter(pk=medecin.compte.pk).update(
        is_active=False, ferme_le=timezone.now(), motif_fermeture="depart"
    )
    assert client_de("infirmier").get(page(visite)).status_code == 403
    assert autre.post(page(visite), correction(visite)).status_code == 302
    assert Visite.objects.get().nom_professionnel == str(autre.compte)


@pytest.mark.parametrize("faits", [{"etat": "placee"}, {"reprise": True}])
def test_what_was_not_signed_here_is_not_corrected(medecin, faits):
    if faits.get("reprise"):
        visite = held(professionnel=medecin.compte, signee_le=None, cle_import="12")
    else:
        visite = VisiteFactory(professionnel=medecin.compte)
    assert medecin.get(page(visite)).status_code == 403


def test_preview_of_a_correction_says_its_day_to_the_manager(medecin, visite):
    adresse = reverse("visites:apercu", args=[visite.pk])
    texte = medecin.post(adresse, correction(visite) | {"lecteur": "encadrant"}).content.decode()
    assert "<dt>Corrigée le</dt><dd>24/11/2026</dd>" in texte and "5 kg" in texte


def test_words_confirmed_before_stay_confirmed_once(medecin, visite):
    envoi = correction(visite) | {"message_employeur": "Son diabète le gêne.", "confirmes": ["diabete"]}
    assert medecin.post(page(visite), envoi).status_code == 302
    visite.refresh_from_db()
    ouverte = medecin.get(page(visite)).content.decode()
    assert 'value="diabete"' in ouverte and "checked" in ouverte.partition('value="diabete"')[2][:120]
    suite = correction(visite, measure(precision="6 kg"))
    medecin.post(
        page(visite), suite | {"message_employeur": "Son diabète le gêne.", "confirmes": ["diabete"]}
    )
    assert MotConfirme.objects.count() == 1


def test_document_of_a_corrected_conclusion_is_another_one(medecin, visite):
    premiere = _key("certificat", visite)
    medecin.post(page(visite), correction(visite))
    corrigee = Visite.objects.get()
    assert corrigee.certificat_id is None and _key("certificat", corrigee) != premiere
    assert "annule et remplace" in visit_values(visite=corrigee)["visite.avis"]
    assert "5 kg" in visit_values(visite=corrigee)["visite.propositions"]


def test_orientation_is_for_care_staff_and_the_agent_alone(medecin, visite, client_de):
    care = Orientation.objects.create(libelle="Cellule de retour")
    assert medecin.post(page(visite), correction(visite, orientation=care.pk)).status_code == 302
    fiche = reverse("visites:visite", args=[visite.pk])
    agent = client_de("agent")
    type(visite.agent).objects.filter(pk=visite.agent_id).update(compte=agent.compte)
    encadrant = client_de("encadrant")
    ResponsabiliteFactory(compte=encadrant.compte, structure=visite.agent.structure)
    lisent = {"medecin": medecin, "infirmier": client_de("infirmier"), "agent": agent}
    taisent = {role: client_de(role) for role in ("coordinateur", "chef", "rh")} | {"encadrant": encadrant}
    for role, client in lisent.items():
        assert "Cellule de retour" in client.get(fiche).content.decode(), role
    for role, client in taisent.items():
        assert "Cellule de retour" not in client.get(fiche).content.decode(), role
    histoire = reverse("visites:historique", args=[visite.pk])
    assert "Cellule de retour" in medecin.get(histoire).content.decode()
    assert "Cellule de retour" not in taisent["coordinateur"].get(histoire).content.decode()
    apercu = reverse("visites:apercu", args=[visite.pk])
    for lecteur, lit in (("agent", True), ("section", False), ("encadrant", False)):
        envoi = correction(visite, orientation=care.pk) | {"lecteur": lecteur}
        assert ("Cellule de retour" in medecin.post(apercu, envoi).content.decode()) is lit, lecteur
    assert "Cellule de retour" not in str(visit_values(visite=Visite.objects.get()))


def test_orientation_put_aside_stays_offered_to_the_visit_that_has_it(medecin, visite):
    care = Orientation.objects.create(libelle="Cellule de retour")
    medecin.post(page(visite), correction(visite, orientation=care.pk))
    Orientation.objects.update(actif=False)
    assert "Cellule de retour" in medecin.get(page(visite)).content.decode()
    suite = correction(Visite.objects.get(), measure(precision="7 kg"), orientation=care.pk)
    assert medecin.post(page(visite), suite).status_code == 302
    assert ConclusionCorrigee.objects.first().orientation == "Cellule de retour"


def test_reason_that_looks_clinical_is_confirmed_in_its_box(medecin, visite):
    envoi = correction(visite, raison="Oubli du chantier du Médipôle.")
    texte = medecin.post(page(visite), envoi).content.decode()
    cle = texte.partition('name="confirmes"')[2].partition('value="')[2].partition('"')[0]
    assert "Mot à relire" in texte and cle
    assert medecin.post(page(visite), envoi | {"confirmes": [cle]}).status_code == 302
    assert MotConfirme.objects.get().champ == "raison_correction"


def test_orientation_alone_is_corrected_without_telling_others(medecin, visite, client_de):
    care = Orientation.objects.create(libelle="Cellule de retour")
    mesures = measure(), measure("Aménagement matériel", precision="chariot", date_fin="")
    envoi = correction(visite, *mesures, orientation=care.pk, raison="Oubliée.")
    encadrant, agent = client_de("encadrant"), client_de("agent")
    ResponsabiliteFactory(compte=encadrant.compte, structure=visite.agent.structure)
    type(visite.agent).objects.filter(pk=visite.agent_id).update(compte=agent.compte)
    apercu = medecin.post(reverse("visites:apercu", args=[visite.pk]), envoi | {"lecteur": "encadrant"})
    assert "Corrigée le" not in apercu.content.decode()
    assert medecin.post(page(visite), envoi).status_code == 302
    assert Visite.objects.get().corrigee_le is None
    fiche = reverse("visites:visite", args=[visite.pk])
    lues = {"medecin": medecin, "infirmier": client_de("infirmier"), "agent": agent}
    taisent = {role: client_de(role) for role in ("coordinateur", "chef", "rh")} | {"encadrant": encadrant}
    for role, client in lues.items():
        assert "Oubliée." in client.get(fiche).content.decode(), role
    for role, client in taisent.items():
        texte = client.get(fiche).content.decode()
        assert "Oubliée." not in texte and "orrigée le" not in texte and "Version 1" not in texte, role
    suite = correction(Visite.objects.get(), measure(precision="7 kg"), orientation=care.pk)
    assert medecin.post(page(visite), suite).status_code == 302
    assert "Version 2</b>" in medecin.get(fiche).content.decode()
    section = taisent["chef"].get(fiche).content.decode()
    assert "Version 1</b>" in section and "Version 2</b>" not in section and "version 2" in section
