"""What an import leaves behind: one's own row refused, a journal line for each agent, no column unread."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from agents.actions.registre import load_registre
from agents.models import Agent, Structure
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import apply_import, deposit_import, erase_files
from nouvea_sst.imports.cibles import target
from nouvea_sst.imports.models import Import, LigneImport
from nouvea_sst.imports.moteur.analyse import Reglages
from nouvea_sst.imports.moteur.plan import build_plan
from nouvea_sst.travaux.actions import open_travail
from tests.agents.factories import JOUR
from tests.fabriques import compte
from tests.imports.fichiers import BOULA, ENTETE, GONY, SAO, make_csv

pytestmark = pytest.mark.django_db
NIR, ADRESSE = "2800398818001", "12 rue des Flamboyants"


def deposit(lignes, acteur=None, entete=ENTETE):
    contenu = make_csv(lignes, entete=entete)
    return deposit_import(acteur=acteur, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=contenu)


def load(lignes, acteur=None, entete=ENTETE):
    depot = deposit(lignes, acteur, entete)
    return apply_import(acteur=acteur, jour=JOUR, import_id=depot.pk)


@pytest.fixture
def rh():
    """An account of personnel whose agent is Mrs Boula, as the register knows her."""
    load([BOULA, GONY])
    rh = compte("rh")
    Agent.objects.filter(matricule="3120").update(compte=rh)
    return rh


def test_ones_own_row_is_refused_in_the_preview_and_at_application(rh):
    promue = [*BOULA[:-1], "CAB – Cabinet"]
    depot = deposit([promue, [*GONY[:6], "F", GONY[7]]], rh)
    (refus,) = depot.lignes.filter(effet="refuse")
    assert refus.motif == "C’est votre propre fiche : une autre personne doit la corriger."
    assert (refus.numero, depot.apercu["nombres"]["modifies"]) == (2, 1)
    applique = apply_import(acteur=rh, jour=JOUR, import_id=depot.pk)
    assert (applique.bilan["modifies"], applique.bilan["refuses"]) == (1, 1)
    assert Agent.objects.get(matricule="3120").structure.sigle == "DEPEV"
    assert not Structure.objects.filter(sigle="CAB").exists()


def test_ones_own_row_that_changes_nothing_is_left_alone(rh):
    assert load([BOULA], rh).bilan["inchanges"] == 1


def test_somebody_else_corrects_it(rh):
    assert load([[*BOULA[:-1], "SEFP"]], compte("rh")).bilan["modifies"] == 1


def test_the_act_itself_refuses_ones_own_row(rh):
    contenu = make_csv([[*BOULA[:-1], "SEFP"]])
    plan = build_plan(target("agents"), contenu, Reglages(), JOUR)
    modifies = [ligne for ligne in plan.lignes if ligne.effet == "modifie"]
    assert len(modifies) == 1
    with pytest.raises(PermissionDenied):
        load_registre(
            acteur=rh,
            jour=JOUR,
            crees=[],
            modifies=modifies,
            contexte=plan.contexte,
            progress=lambda fait: None,
        )


def test_the_journal_says_of_each_agent_what_changed():
    load([BOULA, GONY])
    acteur = compte("rh")
    boula = [*BOULA]
    boula[1], boula[3] = "BOULA-IXEKO", "M"
    load([boula, GONY, SAO], acteur)
    lignes = LigneJournal.objects.filter(acte="agents.load_registre", acteur_cle=acteur.username)
    par_agent = {n.agent_cle: (n.objet_libelle, n.champs) for n in lignes}
    cles = {matricule: str(pk) for matricule, pk in Agent.objects.values_list("matricule", "pk")}
    assert par_agent == {
        cles["3120"]: ("BOULA-IXEKO Nathalie", ["nom", "sexe"]),
        cles["1877"]: ("SAO Thérèse", []),
        "": ("1 créés, 1 modifiés", ["nom", "sexe"]),
    }


def test_unread_columns_are_dropped_once_applied_and_the_file_once_its_time_is_over(client_de):
    entete = ["NIR", *ENTETE, "Adresse"]
    mauvais = [NIR, *GONY[:5], "31/02/2024", *GONY[6:], ADRESSE]
    client = client_de("rh")
    applique = load([[NIR, *BOULA, ADRESSE], mauvais], client.compte, entete)
    erase_files(instant=applique.applique_le + datetime.timedelta(days=91))
    garde = Import.objects.filter(pk=applique.pk).values().get()
    assert bytes(garde["contenu"]) == b"" and len(garde["sha256"]) == 64 and garde["nom_fichier"] == "r.csv"
    partout = str(garde) + str(list(LigneImport.objects.values())) + str(list(LigneJournal.objects.values()))
    assert NIR not in partout and "Flamboyants" not in partout
    reponse = client.get(reverse("imports:refus", args=[applique.pk]))
    titres, ligne = load_workbook(io.BytesIO(reponse.content)).active.iter_rows(values_only=True)
    assert list(titres[4:]) == ENTETE and "NIR" not in titres and "Adresse" not in titres
    assert list(ligne[4:]) == [*GONY[:5], "31/02/2024", *GONY[6:]]
    bilan = client.get(reverse("imports:bilan", args=[applique.pk])).content.decode()
    assert "Le fichier a été effacé le" in bilan and "au bout de son délai de garde" in bilan


def test_a_job_begun_again_after_it_wrote_writes_no_more():
    depot = deposit([BOULA])
    applique = apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    avant = LigneJournal.objects.count()
    travail = applique.travail = open_travail(acteur=None, intitule="Import")
    applique.save()
    encore = apply_import(acteur=None, jour=JOUR, import_id=depot.pk, travail_id=travail.pk)
    assert encore.bilan == applique.bilan and LigneJournal.objects.count() == avant


def test_names_that_differ_by_capitals_alone_are_no_change(rh):
    autrement = [[x[0], x[1].title(), x[2].upper(), *x[3:]] for x in (BOULA, GONY)]
    assert deposit(autrement).apercu["nombres"]["inchanges"] == 2
    accent = [BOULA[0], BOULA[1], "Nathalié", *BOULA[3:]]
    assert deposit([accent]).apercu["nombres"]["modifies"] == 1


def test_a_leaver_of_the_register_loses_his_account(rh):
    """Last column of the file: a departure. The account closes in the same transaction."""
    personne = compte("agent")
    Agent.objects.filter(pk=Agent.objects.exclude(compte=rh).get().pk).update(compte=personne)
    depot = deposit([[*GONY, "01/01/2026"]], rh, entete=[*ENTETE, "Date de départ"])
    bilan = apply_import(acteur=rh, jour=JOUR, import_id=depot.pk).bilan
    personne.refresh_from_db()
    assert bilan["modifies"] == 1
    assert (personne.is_active, personne.motif_fermeture) == (False, "depart")
    assert LigneJournal.objects.filter(acte="comptes.disable_compte").count() == 1
