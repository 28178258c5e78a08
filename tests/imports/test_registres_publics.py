"""The two public registers, whole and in one database. Skipped without ../shared."""

import csv
import datetime

import pytest
from django.conf import settings

from agents.imports import CIBLE_AGENTS
from agents.models import Agent, Structure
from nouvea_sst.imports.actions import apply_import, deposit_import
from nouvea_sst.imports.moteur.analyse import Reglages
from nouvea_sst.imports.moteur.plan import build_plan

DONNEES = settings.BASE_DIR.parent / "shared" / "data"
JOUR = datetime.date(2026, 11, 24)
MONTGOMERY = "montgomery_md_2016_noms_permutes.csv"
MAIRES = "rne_maires_fr_noms_permutes_cp1252.csv"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DONNEES.is_dir(), reason="../shared/data is not on this machine"),
]


def load(nom):
    contenu = (DONNEES / "registers" / nom).read_bytes()
    depot = deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier=nom, contenu=contenu)
    bilan = apply_import(acteur=None, jour=JOUR, import_id=depot.pk).bilan
    return tuple(bilan[n] for n in ("lignes", "crees", "modifies", "inchanges", "refuses"))


@pytest.mark.parametrize(
    "nom, cle, reconnu",
    [
        (MONTGOMERY, "nom+prenom+date_embauche", ["UTF-8", "virgule", "dates mois/jour/année"]),
        (MAIRES, "nom+prenom+date_naissance", ["Windows-1252", "point-virgule", "dates jour/mois/année"]),
    ],
)
def test_register_is_recognised(nom, cle, reconnu):
    contenu = (DONNEES / "registers" / nom).read_bytes()
    plan = build_plan(CIBLE_AGENTS, contenu, Reglages(), JOUR)
    assert plan.analyse.cle.nom == cle
    assert plan.refusals() == []
    mots = [plan.analyse.fichier.encodage, plan.analyse.fichier.separateur]
    assert mots == reconnu[:2] and plan.analyse.ordre_prouve


def test_both_registers_load_whole_twice_without_meeting():
    assert load(MONTGOMERY) == (9228, 9228, 0, 0, 0)
    assert load(MAIRES) == (6949, 6949, 0, 0, 0)
    assert Agent.objects.count() == 9228 + 6949
    assert load(MONTGOMERY) == (9228, 0, 0, 9228, 0)
    assert load(MAIRES) == (6949, 0, 0, 6949, 0)
    _check_against_the_file()


def _check_against_the_file():
    """Every row of the county, field by field, read anew by the csv module."""
    with (DONNEES / "registers" / MONTGOMERY).open(encoding="utf-8-sig", newline="") as fichier:
        lignes = list(csv.DictReader(fichier))
    agents = {
        (a.nom, a.prenom, a.date_embauche): a
        for a in Agent.objects.filter(date_naissance=None).select_related("structure__direction", "poste")
    }
    for ligne in lignes:
        nom, prenom = (m.strip() for m in ligne["Full Name"].split(","))
        embauche = datetime.datetime.strptime(ligne["Date First Hired"], "%m/%d/%Y").date()  # noqa: DTZ007
        agent = agents[" ".join(nom.split()), " ".join(prenom.split()), embauche]
        assert agent.sexe == ligne["Gender"]
        assert agent.poste.intitule == ligne["Employee Position Title"]
        assert agent.structure.direction.sigle == ligne["Department"]
        division = " ".join(ligne["Division"].split())
        assert division in {agent.structure.libelle, f"{agent.structure.sigle} - {agent.structure.libelle}"}
    assert Structure.objects.filter(niveau="direction").count() == 37
