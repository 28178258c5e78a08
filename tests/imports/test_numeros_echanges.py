"""agents.csv: two agents who exchange a number within one file are both refused, with the bearer's name."""

import pytest

from agents.models import Agent
from tests.imports.chargement import by_name, load

pytestmark = pytest.mark.django_db
ENTETE = "NOM;PRENOM;DATE_NAISSANCE;NOMATR;NUM_CAFAT;NUM_RUAMM"
CHAMPS = ("matricule", "num_cafat", "num_ruamm")
GONY, SAO = ("GONY", "Paul", "1980-01-02"), ("SAO", "Anne", "1990-03-04")
SIENS = {GONY: ("4127", "11", "21"), SAO: ("5200", "12", "22")}
PHRASES = {
    "matricule": "le même matricule.",
    "num_cafat": "le même numéro CAFAT.",
    "num_ruamm": "le même numéro RUAMM.",
}


def rows(echange=None):
    """The two rows, one number exchanged."""
    autre = {GONY: SAO, SAO: GONY}
    for qui, numeros in SIENS.items():
        dits = [
            SIENS[autre[qui]][rang] if champ == echange else numeros[rang]
            for rang, champ in enumerate(CHAMPS)
        ]
        yield ";".join((*qui, *dits))


def numbers():
    return list(Agent.objects.order_by("nom").values_list(*CHAMPS))


@pytest.mark.parametrize("inverse", [False, True])
@pytest.mark.parametrize("echange", CHAMPS)
@pytest.mark.parametrize("profil", ["", "Par nom"], ids=["by matricule", "by name"])
def test_an_exchange_is_refused_on_both_rows(echange, profil, inverse):
    by_name()
    load("agents", ENTETE, *rows(), profil=profil)
    avant = numbers()
    lignes = list(rows(echange))
    depot = load("agents", ENTETE, *(reversed(lignes) if inverse else lignes), profil=profil)
    assert depot.bilan["refuses"] == 2 and numbers() == avant
    motifs = list(depot.lignes.order_by("numero").values_list("motif", flat=True))
    assert all(motif.endswith(PHRASES[echange]) for motif in motifs)
    assert {motif.partition(". ")[0] for motif in motifs} == {
        "Déjà celui de Paul GONY",
        "Déjà celui de Anne SAO",
    }
