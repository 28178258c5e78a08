"""Who brings in what: some targets ask for a right of their own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nouvea_sst.imports.actions.valeurs import keep_values
from nouvea_sst.imports.models import CorrespondanceValeur, Import
from tests.imports.chargement import load
from tests.imports.test_absences import ENTETE as ABSENCES
from tests.imports.test_visites import ENTETE as VISITES

pytestmark = pytest.mark.django_db
# Absences, and positions that tell of them, are written by coordinateur and RH, visits by the coordinateur
# alone of those who import.
REGISTRES = {"agents", "affectations", "carrieres", "contrats"}
OUVERTES = {
    "coordinateur": REGISTRES | {"positions", "absences_maladies", "medecins", "visites", "restrictions"},
    "rh": REGISTRES | {"positions", "absences_maladies"},
    "chef": REGISTRES,
}


@pytest.fixture
def depots(db):
    """An import of each of the two targets, its one row refused, and a value matched for it."""
    faits = {"absences_maladies": ABSENCES, "visites": VISITES}
    for champ, cible in (("type", "absences_maladies"), ("motif", "visites")):
        keep_values(acteur=None, cible=cible, choix={(champ, "X"): "Y"})
    return {cible: load(cible, entete, "1;9004127;31/02/2024") for cible, entete in faits.items()}


@pytest.mark.parametrize("role", OUVERTES)
def test_form_offers_the_targets_of_the_account(client_de, role):
    formulaire = client_de(role).get(reverse("imports:deposer")).context["form"]
    assert {code for code, _ in formulaire.fields["cible"].choices} >= OUVERTES[role]
    fermees = OUVERTES["coordinateur"] - OUVERTES[role]
    assert not fermees & {code for code, _ in formulaire.fields["cible"].choices}


@pytest.mark.parametrize("role", OUVERTES)
def test_imports_of_other_targets_are_not_there(client_de, depots, role):
    client = client_de(role)
    for cible, depot in depots.items():
        attendu = 200 if cible in OUVERTES[role] else 404
        for page in ("bilan", "refus"):
            assert client.get(reverse(f"imports:{page}", args=[depot.pk])).status_code == attendu
        retenue = CorrespondanceValeur.objects.get(cible=cible)
        assert client.get(reverse("imports:correspondance", args=[retenue.pk])).status_code == attendu
    vus = set(Import.objects.visible_to(client.compte).values_list("cible", flat=True))
    assert vus == set(depots) & OUVERTES[role]


@pytest.mark.parametrize(("role", "deposes"), [("coordinateur", 1), ("rh", 0)])
def test_a_target_that_is_not_offered_is_refused(client_de, role, deposes):
    fichier = SimpleUploadedFile("visites.csv", f"{VISITES}\n1;9004127;2024-03-12\n".encode())
    saisie = {"cible": "visites", "fichier": fichier, "profil": ""}
    client_de(role).post(reverse("imports:deposer"), saisie)
    assert Import.objects.count() == deposes
