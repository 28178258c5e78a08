"""What a file holds is told by its headers and its name, and can be put right."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import deposit_import
from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.models import Import
from nouvea_sst.ville.fichiers import COLONNES
from tests.fabriques import compte, log_in
from tests.imports.chargement import JOUR

pytestmark = pytest.mark.django_db
# Headings that any list may have: the name of the file tells which one it is.
SANS_NOM_PROPRE = {"CODE;LIBELLE"}
SITES = b"CDLIEU;LILIEU\n12;SERRES\n"


@pytest.mark.parametrize("code", [code for code, cible in targets().items() if cible.fichier in COLONNES])
def test_each_file_of_the_former_software_is_known(code):
    cible = targets()[code]
    entete = COLONNES[cible.fichier]
    contenu = f"{entete}\n{';'.join('1' for _ in entete.split(';'))}\n".encode()
    nom = cible.fichier if entete in SANS_NOM_PROPRE else "export.csv"
    depot = deposit_import(acteur=None, jour=JOUR, nom_fichier=nom, contenu=contenu)
    assert depot.cible == code


def test_the_page_takes_a_file_without_being_told_and_lets_one_say_otherwise():
    client = log_in(compte(Role.CHEF))
    page = client.get(reverse("imports:deposer")).content.decode()
    assert "Le reconnaître" in page and "<b>Sigle</b>" in page
    jeton = page.partition('name="jeton" value="')[2].partition('"')[0]
    client.post(reverse("imports:deposer"), {"fichier": SimpleUploadedFile("x.csv", SITES), "jeton": jeton})
    depot = Import.objects.get()
    assert (depot.cible, depot.profil) == ("liste_sites", "SIRH – sites.csv")
    adresse = reverse("imports:colonnes", args=[depot.pk])
    assert "Liste : Sites" in client.get(adresse).content.decode()
    suite = client.post(adresse, {"contenu": "entites", "version": depot.version})
    assert suite["Location"] == adresse
    depot.refresh_from_db()
    assert depot.cible == "entites" and "Numéro de la structure" in depot.apercu["manque"]
