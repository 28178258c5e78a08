"""Small lists: added, corrected, ordered, put aside; nothing is deleted, old records keep what they hold."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from agents.forms.absences import AbsenceForm
from agents.models import Site, TypeAbsence
from nouvea_sst.referentiel.actions import move_entree, set_actif
from nouvea_sst.referentiel.catalogue import catalogue, uses_of, with_uses
from nouvea_sst.referentiel.rules.codes import make_code
from tests.agents.factories import AbsenceFactory, AgentFactory, TypeAbsenceFactory
from tests.fabriques import compte, log_in
from tests.signalements.factories import SignalementFactory
from tests.visites.factories import MotifFactory, VisiteFactory
from visites.forms import PlacerForm
from visites.models import Motif, TypeRestriction
from visites.rules.placement import Plage

pytestmark = pytest.mark.django_db


def address(vue, *args):
    return reverse(f"referentiel:{vue}", args=args)


def listed(cle):
    return catalogue().listes[cle]


def test_nothing_deletes_an_entry():
    routes = get_resolver().url_patterns
    noms = str(
        [m.name for r in routes if getattr(r, "namespace", "") == "referentiel" for m in r.url_patterns]
    )
    assert "supprimer" not in noms


def test_entry_put_aside_is_no_longer_offered_and_old_records_keep_it(client_de):
    chef = client_de("chef")
    garde, ecarte = TypeAbsenceFactory(), TypeAbsenceFactory()
    absence = AbsenceFactory(type=ecarte)
    page = chef.get(address("mettre_de_cote", "types-absence", ecarte.pk)).content.decode()
    assert "1 fiche qui la porte la garde" in page
    chef.post(address("mettre_de_cote", "types-absence", ecarte.pk), {"version": "1"})
    offerts = list(AbsenceForm(agent=absence.agent).fields["type"].queryset)
    assert ecarte not in offerts and garde in offerts
    assert ecarte in AbsenceForm(agent=absence.agent, absence=absence).fields["type"].queryset
    absence.refresh_from_db()
    assert absence.type == ecarte
    chef.post(address("proposer", "types-absence", ecarte.pk), {"version": "2"})
    assert ecarte in AbsenceForm(agent=absence.agent).fields["type"].queryset


def test_motive_put_aside_leaves_the_form():
    motif = MotifFactory()
    medecin = compte("medecin")
    set_actif(acteur=medecin, liste=listed("motifs"), pk=motif.pk, version=1, actif=False)
    plage = Plage(*(VisiteFactory.heure,) * 2, 15)
    assert motif not in PlacerForm(user=medecin, plage=plage).fields["motif"].queryset


def test_entry_is_added_once_at_the_end_and_corrected_with_its_version(client_de):
    medecin = client_de("medecin")
    saisie = {"libelle": "Pas de travail en chambre froide", "precision_attendue": "", "code_ancien": "R7"}
    for _ in range(2):
        medecin.post(address("ajouter_entree", "types-restriction"), saisie)
    entree = TypeRestriction.objects.get(code_ancien="R7")
    assert entree.ordre == 10
    corriger = address("corriger_entree", "types-restriction", entree.pk)
    medecin.post(corriger, saisie | {"libelle": "Pas de chambre froide", "version": "1"})
    autre = log_in(compte("chef")).post(
        corriger, saisie | {"libelle": "Chambre froide exclue", "version": "1"}
    )
    assert "Pas de chambre froide" in autre.content.decode()
    entree.refresh_from_db()
    assert (entree.libelle, entree.version) == ("Pas de chambre froide", 2)
    page = medecin.get(address("entree", "types-restriction", entree.pk)).content.decode()
    assert "libellé : Pas de travail en chambre froide → Pas de chambre froide" in page


def test_code_is_typed_once(client_de):
    chef = client_de("chef")
    type_absence = TypeAbsenceFactory(code=81)
    corriger = address("corriger_entree", "types-absence", type_absence.pk)
    assert 'name="code"' not in chef.get(corriger).content.decode()
    chef.post(corriger, {"code": "99", "libelle": "Nouveau", "famille": type_absence.famille, "version": "1"})
    type_absence.refresh_from_db()
    assert (type_absence.code, type_absence.libelle) == (81, "Nouveau")


def test_order_changes_by_button_and_twice_is_once(client_de):
    chef = client_de("chef")
    noms = ["un", "deux", "trois"]
    entrees = [TypeRestriction.objects.create(libelle=nom, ordre=0) for nom in noms]
    premier = TypeRestriction.objects.first()
    adresse = address("deplacer_entree", "types-restriction", premier.pk, 3)
    for _ in range(2):
        reponse = chef.post(adresse)
    assert reponse.url.endswith(f"#entree-{premier.pk}")
    assert TypeRestriction.objects.last() == premier
    assert sorted(TypeRestriction.objects.values_list("ordre", flat=True)) == [10, 20, 30]
    page = chef.get(address("entrees", "types-restriction")).content.decode()
    assert page.count('form="deplacer"') == 2 * len(entrees)
    assert (
        'form="deplacer"' not in chef.get(address("entrees", "types-restriction") + "?q=u").content.decode()
    )
    assert chef.post(address("deplacer_entree", "sites", 1, 1)).status_code == 404
    with pytest.raises(ValueError):
        move_entree(acteur=chef.compte, liste=listed("types-restriction"), pk=0, rang=1)


def test_uses_are_counted_and_lead_to_exactly_their_rows(client_de):
    site = Site.objects.create(libelle="Mairie")
    AgentFactory(site=site)
    SignalementFactory(site=site)
    SignalementFactory()
    [entree] = with_uses(listed("sites"), Site.objects.filter(pk=site.pk))
    nombres = {
        emploi.lien.modele: emploi.nombre for emploi in uses_of(listed("sites"), entree) if emploi.lien
    }
    assert nombres == {"agents.agent": 1, "signalements.signalement": 1}
    chef = client_de("chef")
    for emploi in chef.get(address("entree", "sites", site.pk)).context["emplois"]:
        if emploi["url"]:
            assert chef.get(emploi["url"]).context["total"] == emploi["nombre"] == 1


def test_without_the_right_one_reads_only_whether_it_is_used(client_de):
    type_absence = TypeAbsenceFactory()
    AbsenceFactory.create_batch(7, type=type_absence)
    auditeur = client_de("auditeur")
    page = auditeur.get(address("entree", "types-absence", type_absence.pk)).content.decode()
    assert "votre rôle ne compte pas ces fiches" in page
    assert ">oui<" in auditeur.get(address("entrees", "types-absence")).content.decode()
    assert ">7<" in client_de("chef").get(address("entrees", "types-absence")).content.decode()


@pytest.mark.parametrize(
    "role, cle, statut",
    [
        ("chef", "motifs", 200),
        ("medecin", "motifs", 200),
        ("medecin", "sites", 403),
        ("preventeur", "motifs", 403),
        ("administrateur", "collectivites", 200),
        ("chef", "collectivites", 403),
        ("auditeur", "motifs", 403),
        ("coordinateur", "motifs", 403),
    ],
)
def test_each_role_changes_its_lists(client_de, role, cle, statut):
    assert client_de(role).get(address("ajouter_entree", cle)).status_code == statut


def test_unknown_list_and_entry_are_not_found(client_de):
    chef = client_de("chef")
    assert chef.get(address("entrees", "nulle-part")).status_code == 404
    assert chef.get(address("entree", "motifs", 0)).status_code == 404
    assert chef.get(address("corriger_entree", "motifs", 0)).status_code == 404


def test_search_by_former_code(client_de):
    Motif.objects.create(code="a", libelle="Un", libelle_public="Un", code_ancien=4)
    Motif.objects.create(code="b", libelle="Deux", libelle_public="Deux", code_ancien=5, actif=False)
    chef = client_de("chef")
    assert chef.get(address("entrees", "motifs") + "?q=4").context["total"] == 1
    assert chef.get(address("entrees", "motifs") + "?actif=non").context["total"] == 1
    assert TypeAbsence.objects.count() == 0


def test_a_code_left_empty_is_made_from_the_label_once(client_de):
    medecin = client_de("medecin")
    page = medecin.get(address("ajouter_entree", "motifs")).content.decode()
    assert "Laissez vide" in page and "laisse deviner" in page
    saisie = {"libelle": "Reprise après grève", "libelle_public": "Visite de reprise"}
    for _ in range(2):
        medecin.post(address("ajouter_entree", "motifs"), saisie)
    assert [m.code for m in Motif.objects.all()] == ["reprise_apres_greve"]
    medecin.post(address("ajouter_entree", "motifs"), saisie | {"libelle_public": "À la demande"})
    medecin.post(address("ajouter_entree", "motifs"), saisie | {"libelle": "Autre", "code": "A7"})
    assert set(Motif.objects.values_list("code", flat=True)) == {
        "reprise_apres_greve",
        "reprise_apres_greve_2",
        "A7",
    }


@pytest.mark.parametrize(
    "libelle, longueur, pris, code",
    [
        ("À la demande de l’agent", 30, set(), "a_la_demande_de_l_agent"),
        ("Reprise après congé", 8, {"reprise"}, "repris_2"),
        ("Œuvre", 30, {"oeuvre", "oeuvre_2"}, "oeuvre_3"),
        ("!!!", 30, set(), "entree"),
    ],
)
def test_codes_are_short_plain_and_free(libelle, longueur, pris, code):
    assert make_code(libelle, longueur, pris) == code


def test_first_page_counts_all_the_lists_at_once(client_de):
    Motif.objects.create(code="a", libelle="Un", libelle_public="Un", code_ancien=4)
    Motif.objects.create(code="b", libelle="Deux", libelle_public="Deux", code_ancien=5, actif=False)
    tables = {f'"{liste.modele._meta.db_table}"' for liste in catalogue().listes.values()}
    chef = client_de("chef")
    with CaptureQueriesContext(connection) as sql:
        page = chef.get(reverse("referentiel:accueil"))
    assert sum(any(f"FROM {t}" in q["sql"] for t in tables) for q in sql) == 1
    lignes = {ligne["liste"].cle: (ligne["actives"], ligne["cote"]) for ligne in page.context["listes"]}
    assert lignes["motifs"] == (1, 1)
    assert lignes["sites"] == (0, 0)
