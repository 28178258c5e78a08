"""The certificate and the attestation: what they print, made once, read by whom."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from documents.actions import load_entete, load_modeles, publish_version, save_version
from documents.mise_en_page import write_page
from documents.models import Document, LettreEmise, LettreType
from documents.rules.champs import fields_for
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.pdf import PdfImpossible, is_pdf_possible
from nouvea_sst.travaux.actions import open_travail
from tests.agents.factories import AffectationFactory, AgentFactory, PosteFactory, StructureFactory
from tests.fabriques import compte
from tests.visites.factories import JOUR, RestrictionFactory, VisiteFactory, held
from visites.actions import issue_certificat, request_certificat
from visites.actions.certificats import visit_values, write_certificat
from visites.tasks import make_certificat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour")]
sans_pango = pytest.mark.skipif(not is_pdf_possible(), reason="pango is missing: no PDF can be made")


@pytest.fixture(autouse=True)
def maison():
    load_entete(acteur=None)
    load_modeles(acteur=None, maintenant=timezone.now())


@pytest.fixture
def visite():
    direction = StructureFactory(sigle="DASP", niveau="direction")
    agent = AgentFactory(
        civilite="mme",
        nom="Kartodiwirjo",
        prenom="Katia",
        structure=StructureFactory(sigle="ECOLES", parent=direction),
        poste=PosteFactory(intitule="Agent de service des écoles"),
    )
    signee = held(agent=agent, conclusion="amenagement", validite_mois=12)
    RestrictionFactory(visite=signee)
    return signee


def text_of(document):
    pages = PdfReader(io.BytesIO(bytes(document.contenu))).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@sans_pango
def test_certificate_prints_the_fields_of_the_city(visite):
    texte = text_of(issue_certificat(acteur=compte("medecin"), visite_id=visite.pk, jour=JOUR))
    for mots in (
        "Certificat d’aptitude de Mme Katia KARTODIWIRJO Matricule",
        "Motif à la demande",
        "Médecin Anne Le Goff",
        "Date de la visite 24 novembre 2026",
        "Poste DASP / ECOLES / Agent de service des écoles",
        "Avis médical Apte avec aménagement ou restriction",
        "Recommandations éventuelles Port de charges limité, 10 kg, jusqu’au 24/05/2027",
        "dans 12 mois",
        "Nouméa, le 24 novembre 2026",
        "Médecin du travail Anne Le Goff Signature et cachet",
    ):
        assert mots in texte
    assert "de l’agent" not in texte and texte.count("Ville de Nouméa") == 2
    assert f"{visite.agent.date_naissance:%d/%m/%Y}" not in texte


@sans_pango
def test_vip_gives_an_attestation_without_opinion():
    vip = held(nature="vip", conclusion="attestation")
    document = issue_certificat(acteur=compte("infirmier"), visite_id=vip.pk, jour=JOUR)
    texte = text_of(document)
    assert document.categorie == "attestation" and "Attestation de suivi d" in texte
    assert "aptitude" not in texte.lower() and "Avis médical" not in texte and "Apte" not in texte


@sans_pango
def test_second_request_returns_the_same_bytes(visite):
    un = issue_certificat(acteur=compte("medecin"), visite_id=visite.pk, jour=JOUR)
    visite.agent.nom = "Autre"
    visite.agent.save()
    deux = issue_certificat(acteur=compte("coordinateur"), visite_id=visite.pk, jour=JOUR)
    assert un.pk == deux.pk and Document.objects.count() == 1
    assert LigneJournal.objects.filter(acte="documents.issue_document").count() == 1
    assert (un.nom_fichier, len(un.sha256)) == (f"document-{un.pk}.pdf", 64)


def test_post_is_the_one_held_on_the_day_of_the_visit(visite):
    ancienne = StructureFactory(sigle="AVANT")
    AffectationFactory(agent=visite.agent, structure=ancienne, poste=PosteFactory(intitule="Garde"))
    assert visit_values(visite=visite)["visite.poste"] == "AVANT / Garde"


def test_nothing_is_issued_before_the_signature():
    with pytest.raises(ValidationError):
        request_certificat(acteur=compte("medecin"), visite=VisiteFactory())


@sans_pango
def test_worker_makes_it_and_leaves_its_address(visite):
    travail = open_travail(acteur=compte("medecin"), intitule="Établissement d’un document")
    make_certificat(travail_id=travail.pk, visite_id=visite.pk)
    travail.refresh_from_db()
    document = Document.objects.get()
    assert (travail.etat, travail.adresse_resultat) == ("termine", f"/documents/{document.pk}/")


@pytest.mark.parametrize(
    "panne, mot", [(PdfImpossible("Il manque pango"), "pango"), (OSError("x"), "Réessayez")]
)
def test_failure_of_the_worker_is_said_in_french(visite, monkeypatch, panne, mot, caplog):
    def fail(**arguments):
        raise panne

    monkeypatch.setattr("visites.tasks.issue_certificat", fail)
    travail = open_travail(acteur=compte("medecin"), intitule="Établissement d’un document")
    make_certificat(travail_id=travail.pk, visite_id=visite.pk)
    travail.refresh_from_db()
    assert travail.etat == "echec" and mot in travail.message


@pytest.mark.parametrize("role", ["coordinateur", "chef", "medecin", "infirmier"])
def test_request_queues_one_job(client_de, visite, role):
    reponse = client_de(role).post(reverse("visites:certificat", args=[visite.pk]))
    assert reponse.status_code == 302 and reponse.url.startswith("/travaux/")


@pytest.mark.parametrize("role", ["rh", "encadrant", "psychologue", "preventeur", "auditeur"])
def test_others_may_not_ask(client_de, visite, role):
    assert client_de(role).post(reverse("visites:certificat", args=[visite.pk])).status_code == 403


def test_existing_document_is_opened_at_once(client_de, visite):
    document = Document.objects.create(categorie="certificat", agent=visite.agent, contenu=b"%PDF", sha256="")
    visite.certificat = document
    visite.save()
    reponse = client_de().post(reverse("visites:certificat", args=[visite.pk]))
    assert reponse.url == reverse("documents:ouvrir", args=[document.pk])


def test_address_alone_issues_nothing(client_de, visite):
    assert client_de().get(reverse("visites:certificat", args=[visite.pk])).status_code == 405


@sans_pango
def test_document_is_a_letter_of_the_register_and_keeps_the_version_of_its_text(visite, client_de):
    document = issue_certificat(acteur=compte("medecin"), visite_id=visite.pk, jour=JOUR)
    lettre = LettreEmise.objects.get(document=document)
    assert (lettre.cle, lettre.modele.numero, lettre.mode) == (f"certificat:{visite.pk}", 1, "main")
    medecin, type_lettre = compte("medecin"), LettreType.objects.get(genre="certificat")
    neuve = save_version(
        acteur=medecin, lettre=type_lettre, version=0, objet="Autre titre", texte="| Avis | {visite.avis} |"
    )
    publish_version(acteur=medecin, maintenant=timezone.now(), pk=neuve.pk, version=neuve.version)
    lettre.refresh_from_db()
    assert lettre.modele.numero == 1
    page = client_de().get(reverse("documents:ouvrir", args=[document.pk]))
    assert b"".join(page) == bytes(document.contenu)
    assert "Autre titre" in write_page(*write_certificat(visite=visite, jour=JOUR))


def test_attestation_cannot_even_name_an_opinion_and_the_section_names_nothing_of_health():
    type_lettre = LettreType.objects.get(genre="attestation")
    with pytest.raises(ValidationError) as refus:
        save_version(
            acteur=compte("medecin"),
            lettre=type_lettre,
            version=0,
            objet="x",
            texte="| Avis | {visite.avis} |",
        )
    assert "n’est pas un champ de cette lettre" in refus.value.messages[0]
    for genre in ("attestation", "certificat"):
        noms = {champ.nom for champ in fields_for(genre, "section")}
        assert not noms & {
            "visite.avis",
            "visite.motif",
            "visite.propositions",
            "visite.suite",
            "visite.constat",
        }
        assert not any("diagnostic" in nom or "pathologie" in nom for nom in noms)


def test_values_given_to_a_letter_are_its_own_fields_only(visite):
    for nature in ("examen", "vip"):
        visite.nature = nature
        page, _ = write_certificat(visite=visite, jour=JOUR)
        assert set(page.valeurs) <= {champ.nom for champ in page.modele.type.champs}
        assert ("visite.avis" in page.valeurs) == (nature == "examen")
    noms = {champ.nom for champ in fields_for("attestation", "medical")}
    assert "visite.avis" not in noms


def test_without_a_published_text_the_job_says_so(visite):
    LettreType.objects.get(genre="certificat").versions.update(etat="retiree", retiree_le=timezone.now())
    travail = open_travail(acteur=compte("medecin"), intitule="Établissement d’un document")
    make_certificat(travail_id=travail.pk, visite_id=visite.pk)
    travail.refresh_from_db()
    assert travail.etat == "echec" and "Aucune lettre publiée" in travail.message
