"""A letter is drafted, published, withdrawn; what went keeps its text. A logo is drawn again, or refused."""

import datetime
import io
import socket
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from PIL import Image

from documents.actions import find_modele, load_entete, load_modeles, publish_version, save_version
from documents.actions.entetes import check_logo
from documents.actions.lettres import SANS_MODELE
from documents.enums import DomaineLettre, EtatVersion, GenreLettre
from documents.models import LettreType, VersionLettre
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import AgentFactory
from tests.documents.factories import LettreTypeFactory, VersionFactory, published
from tests.fabriques import compte

pytestmark = pytest.mark.django_db
TEXTE = "{agent.appel},\n\n{courrier.texte}"


@pytest.fixture
def maison():
    """The letters that come with the house."""
    load_entete(acteur=None)
    return load_modeles(acteur=None, maintenant=timezone.now())


def test_every_kind_of_letter_comes_published_and_once(maison):
    assert maison == LettreType.objects.count()
    assert set(LettreType.objects.values_list("genre", flat=True)) == set(GenreLettre.values)
    assert VersionLettre.objects.filter(etat=EtatVersion.PUBLIEE).count() == maison
    assert load_modeles(acteur=None, maintenant=timezone.now()) == 0


def test_status_has_its_convocation_and_only_one_names_who_receives(maison):
    textes = {s: find_modele(genre=GenreLettre.CONVOCATION, statut=s).texte for s in ("F", "C", "CC", "")}
    assert "{rendez_vous.professionnel}" in textes["F"]
    assert textes["C"] == textes["CC"] == textes[""]
    assert "professionnel" not in textes["C"]


def test_letter_of_a_psychologist_is_not_that_of_the_section(maison):
    section = find_modele(genre=GenreLettre.CONVOCATION, statut="F")
    sien = find_modele(genre=GenreLettre.CONVOCATION, statut="F", domaine=DomaineLettre.PSYCHOLOGUE)
    assert section.type != sien.type


def test_without_a_published_version_a_letter_is_not_made():
    VersionFactory()
    with pytest.raises(ValidationError, match="Aucune lettre publiée"):
        find_modele(genre=GenreLettre.COURRIER)
    assert "publiez-la" in SANS_MODELE


def test_publishing_takes_the_place_of_what_was_published():
    ancienne = published()
    neuve = VersionFactory(type=ancienne.type)
    publish_version(acteur=compte("chef"), maintenant=timezone.now(), pk=neuve.pk, version=1)
    ancienne.refresh_from_db()
    assert (ancienne.etat, ancienne.texte) == (EtatVersion.RETIREE, TEXTE)
    assert find_modele(genre=GenreLettre.COURRIER) == neuve
    with pytest.raises(ValidationError, match="plus un brouillon"):
        publish_version(acteur=compte("chef"), maintenant=timezone.now(), pk=neuve.pk, version=2)


def test_draft_is_begun_by_its_first_saving_and_numbered():
    lettre = published().type
    brouillon = save_version(acteur=compte("chef"), lettre=lettre, version=0, objet="Essai", texte=TEXTE)
    assert (brouillon.etat, brouillon.numero) == (EtatVersion.BROUILLON, 1 + published().numero)
    with pytest.raises(VersionPerimee):
        save_version(acteur=compte("chef"), lettre=lettre, version=0, objet="Autre", texte=TEXTE)


@pytest.mark.parametrize(
    "objet, texte, champ",
    [
        ("Essai", "{{ settings.SECRET_KEY }}", "texte"),
        ("{courrier.text}", TEXTE, "objet"),
        ("{courrier.texte}", TEXTE, "objet"),
        ("Essai", "   ", "texte"),
        ("Essai", "{visite.avis}", "texte"),
    ],
)
def test_refused_text_is_not_kept(objet, texte, champ):
    lettre = LettreTypeFactory()
    with pytest.raises(ValidationError) as refus:
        save_version(acteur=compte("chef"), lettre=lettre, version=0, objet=objet, texte=texte)
    assert list(refus.value.message_dict) == [champ]
    assert not lettre.versions.exists()


def test_refused_text_comes_back_whole_with_its_sentence(client_de):
    lettre = published().type
    client = client_de("coordinateur")
    saisie = {"version": 0, "objet": "Essai", "texte": "Bonjour {agent.nmo}"}
    page = client.post(reverse("documents:rediger", args=[lettre.pk]), saisie).content.decode()
    assert "« agent.nmo » n’est pas un champ de cette lettre. Le plus proche est {agent.nom}." in page
    assert "Bonjour {agent.nmo}" in page


def test_typed_text_stays_out_of_the_journal():
    save_version(
        acteur=compte("chef"), lettre=LettreTypeFactory(), version=0, objet="Confidence", texte="Confidence"
    )
    ligne = LigneJournal.objects.get(acte="documents.save_version")
    assert "Confidence" not in f"{ligne.objet_libelle}{ligne.champs}"


def test_preview_on_an_agent_shows_him_and_says_so(client_de, maison):
    agent = AgentFactory(nom="Kaloi", matricule="904777")
    version = VersionLettre.objects.get(type__genre=GenreLettre.COURRIER)
    client = client_de("coordinateur")
    page = client.get(reverse("documents:apercu", args=[version.pk]), {"agent": "904777"}).content.decode()
    assert "KALOI" in page
    assert LigneJournal.objects.get(acte="documents.apercu").agent_cle == str(agent.pk)
    page = client.get(reverse("documents:apercu", args=[version.pk]), {"agent": "1"}).content.decode()
    assert "Aucun agent de ce matricule." in page


def picture(forme, cote=40):
    sortie = io.BytesIO()
    Image.new("RGB", (cote, cote), "navy").save(sortie, forme)
    return sortie.getvalue()


@pytest.mark.parametrize("forme", ["PNG", "JPEG"])
def test_logo_is_drawn_again(forme):
    caches = picture(forme) + b"<script>alert(1)</script>"
    logo = check_logo(contenu=caches)
    assert logo.startswith(b"\x89PNG") and b"script" not in logo
    with Image.open(io.BytesIO(check_logo(contenu=picture(forme, 1900)))) as image:
        assert max(image.size) <= 600


@pytest.mark.parametrize(
    "contenu",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n rien",
        picture("GIF"),
        picture("TIFF"),
        picture("PNG", 2100),
        b"x" * (1024 * 1024 + 1),
    ],
)
def test_what_is_no_small_picture_is_refused(contenu):
    with pytest.raises(ValidationError):
        check_logo(contenu=contenu)


@pytest.mark.parametrize(
    "change",
    [
        {"texte": "Autre"},
        {"objet": "Autre"},
        {"numero": 99},
        {"publiee_le": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
        {"etat": EtatVersion.BROUILLON, "publiee_le": None},
    ],
)
@pytest.mark.parametrize("etat", [EtatVersion.PUBLIEE, EtatVersion.RETIREE])
def test_database_itself_refuses_to_change_a_version_that_went(etat, change):
    version = published()
    if etat == EtatVersion.RETIREE:
        VersionLettre.objects.filter(pk=version.pk).update(etat=etat, retiree_le=timezone.now())
    with pytest.raises(DatabaseError, match="ne change plus"), transaction.atomic():
        VersionLettre.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(DatabaseError, match="ne s’efface pas"), transaction.atomic():
        VersionLettre.objects.filter(pk=version.pk).delete()
    version.refresh_from_db()
    assert (version.texte, version.objet) == (TEXTE, "{courrier.objet}")


def test_withdrawn_version_is_not_published_again_and_a_draft_stays_free():
    version = published()
    VersionLettre.objects.update(etat=EtatVersion.RETIREE, retiree_le=timezone.now())
    with pytest.raises(DatabaseError, match="ne change plus"), transaction.atomic():
        VersionLettre.objects.update(etat=EtatVersion.PUBLIEE, retiree_le=None)
    brouillon = VersionFactory(type=version.type)
    VersionLettre.objects.filter(pk=brouillon.pk).update(texte="Autre")
    assert VersionLettre.objects.filter(pk=brouillon.pk).delete()[0]


HOSTILES = {
    "image du réseau": ("<img src='http://exemple.nc/a.png'>", "balise"),
    "image d’un fichier": ("<img src='file:///etc/passwd'>", "balise"),
    "réglage secret": ("{{ settings.SECRET_KEY }}", "settings.SECRET_KEY"),
    "champ inconnu": ("{agent.salaire}", "n’est pas un champ de cette lettre"),
    "champ de santé": ("{visite.avis}", "n’est pas un champ de cette lettre"),
    "accolade seule": ("{agent.nom", "n’a pas sa pareille"),
}


@pytest.mark.parametrize("nom", HOSTILES)
@pytest.mark.parametrize("champ", ["objet", "texte"])
def test_hostile_text_is_refused_beside_its_field_and_comes_back_as_typed(client_de, nom, champ):
    lettre = published().type
    charge, phrase = HOSTILES[nom]
    saisie = {"version": 0, "objet": "Essai", "texte": "Bonjour,\n\nmerci."} | {champ: f"Avant {charge}"}
    with mock.patch.object(socket, "create_connection", side_effect=AssertionError("fetched")):
        reponse = client_de("chef").post(reverse("documents:rediger", args=[lettre.pk]), saisie)
    form = reponse.context["form"]
    assert list(form.errors) == [champ] and phrase in " ".join(form.errors[champ])
    page = reponse.content.decode()
    assert page.count(f'id="id_{champ}_error"') == 1
    assert form[champ].value() == f"Avant {charge}" and escape(f"Avant {charge}") in page
    assert not lettre.versions.filter(etat=EtatVersion.BROUILLON).exists()


def test_hostile_texts_of_the_form_are_counted(decompte):
    decompte.update({"textes hostiles refusés au formulaire": 2 * len(HOSTILES)})
    assert len(HOSTILES) >= 6
