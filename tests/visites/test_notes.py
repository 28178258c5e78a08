"""Confidential notes: who writes, who reads, what stays; nobody reads those of another profession."""

import datetime
import io
import re
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from nouvea_sst.comptes.enums import NatureJournal, Role
from nouvea_sst.comptes.models import LigneJournal, SaisieGardee
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.lib.classes import Classe
from nouvea_sst.lib.pdf import is_pdf_possible
from nouvea_sst.lib.trousseau import file_of
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import AgentFactory, CollectiviteFactory, ResponsabiliteFactory
from tests.fabriques import compte, log_in
from tests.referentiel.factories import valeur
from tests.visites.notes import JPEG, PDF, joined, noted
from visites.actions import amend_note, share_note, withdraw_share, write_note
from visites.models import NotePsychologue, NoteSoignant, VersionNoteSoignant, notes_for
from visites.rules.notes import TEXTE_MAX

pytestmark = pytest.mark.django_db
UN = datetime.timedelta(days=1)
SECRET = "Phrase que personne d’autre ne lit."
LECTEURS = [role for role in Role if role not in {Role.MEDECIN, Role.INFIRMIER, Role.PSYCHOLOGUE}]


def share(note, avec, jours=30):
    jour = timezone.localdate()
    faits = {"jour": jour, "note": note, "destinataire": avec, "jusqu_au": jour + jours * UN}
    return share_note(acteur=note.auteur, **faits)


def addresses_of(note):
    """Every page of a note."""
    noms = ("note", "note_amender", "note_partager", "note_joindre")
    return [reverse(f"visites:{nom}", args=[note.cle]) for nom in noms]


@pytest.mark.parametrize("role", ["medecin", "infirmier"])
def test_author_writes_reads_and_amends_his_note(client_de, role):
    client, agent = client_de(role), AgentFactory()
    saisie = {"date": f"{timezone.localdate():%d/%m/%Y}", "texte": SECRET}
    page = client.post(reverse("visites:note_ecrire", args=[agent.pk]), saisie)
    note = NoteSoignant.objects.get()
    assert page.url == reverse("visites:note", args=[note.cle])
    assert SECRET in client.get(page.url).content.decode()
    amender = reverse("visites:note_amender", args=[note.cle])
    assert SECRET in client.get(amender).content.decode()
    client.post(amender, {"texte": f"{SECRET} Suite.", "version": 1})
    assert [unseal(v, "texte") for v in note.versions.all()] == [f"{SECRET} Suite.", SECRET]
    lue = client.get(page.url).content.decode()
    assert "Version 2" in lue and "Version 1" in lue


@pytest.mark.parametrize("role", LECTEURS)
def test_section_agent_and_administrator_open_no_note(client_de, role):
    note = noted(compte("medecin"), AgentFactory(), SECRET)
    client = client_de(role)
    for adresse in addresses_of(note):
        assert client.get(adresse).status_code == 403
    assert not notes_for(client.compte).exists()


@pytest.mark.parametrize(
    "auteur, lecteur",
    [
        ("medecin", "infirmier"),
        ("medecin", "medecin"),
        ("infirmier", "medecin"),
        ("psychologue", "psychologue"),
    ],
)
def test_colleague_reads_only_what_its_author_shows_him(auteur, lecteur):
    note, confrere = noted(compte(auteur), AgentFactory(), SECRET), compte(lecteur)
    client = log_in(confrere)
    page = reverse("visites:note", args=[note.cle])
    assert client.get(page).status_code == 404
    partage = share(note, confrere)
    assert SECRET in client.get(page).content.decode()
    assert [client.get(a).status_code for a in addresses_of(note)[1:]] == [403, 403, 403]
    with pytest.raises(PermissionDenied):
        amend_note(acteur=confrere, jour=timezone.localdate(), note=note, version=1, texte="Autre.")
    withdraw_share(acteur=note.auteur, partage=partage)
    assert client.get(page).status_code == 404


def test_share_ends_after_its_last_day():
    note, confrere = noted(compte("medecin"), AgentFactory()), compte("infirmier")
    partage = share(note, confrere, jours=0)
    assert note in notes_for(confrere)
    type(partage).objects.update(jusqu_au=timezone.localdate() - UN)
    assert note not in notes_for(confrere)


@pytest.mark.parametrize("jours", [-1, 400])
def test_share_ends_neither_in_the_past_nor_too_late(jours):
    with pytest.raises(ValidationError, match="jour est passé|12|au plus"):
        share(noted(compte("medecin"), AgentFactory()), compte("infirmier"), jours=jours)


def test_share_takes_the_place_of_the_one_before_and_is_withdrawn_once():
    note, confrere = noted(compte("medecin"), AgentFactory()), compte("infirmier")
    premier, second = share(note, confrere, jours=9), share(note, confrere, jours=3)
    assert [p.pk for p in note.partages.in_force()] == [second.pk] != [premier.pk]
    for _ in range(2):
        withdraw_share(acteur=note.auteur, partage=second)
    assert LigneJournal.objects.filter(acte="visites.withdraw_share").count() == 1


def test_same_file_is_not_joined_twice():
    note = noted(compte("medecin"), AgentFactory())
    joined(note)
    with pytest.raises(ValidationError, match="déjà joint"):
        joined(note, "autre.pdf")
    assert note.pieces.count() == 1


def test_note_is_never_shared_across_professions_nor_with_the_agent():
    medecin, psychologue = compte("medecin"), compte("psychologue")
    infirmier = compte("infirmier")
    agent = AgentFactory(compte=infirmier)
    with pytest.raises(ValidationError):
        share(noted(medecin, agent), infirmier)
    with pytest.raises(ValidationError):
        share(noted(medecin, agent), psychologue)
    with pytest.raises(ValidationError):
        share(noted(psychologue, agent), medecin)


@pytest.mark.parametrize("role", ["medecin", "infirmier"])
def test_psychologist_notes_never_reach_care_staff(client_de, role):
    note = noted(compte("psychologue"), AgentFactory(), SECRET)
    client = client_de(role)
    assert [client.get(a).status_code for a in addresses_of(note)] == [404] * 4
    assert SECRET not in client.get(reverse("visites:notes", args=[note.agent_id])).content.decode()
    assert client.get(reverse("visites:mes_notes")).status_code == 403


def test_author_who_changed_profession_reads_his_notes_no_more():
    infirmier = compte("infirmier")
    note = noted(infirmier, AgentFactory())
    infirmier.role = Role.MEDECIN
    assert note not in notes_for(infirmier)


def test_nobody_writes_or_reads_about_himself(client_de):
    medecin = client_de("medecin")
    agent = AgentFactory()
    note = noted(medecin.compte, agent)
    agent.compte = medecin.compte
    agent.save()
    assert medecin.get(reverse("visites:note", args=[note.cle])).status_code == 404
    assert medecin.get(reverse("visites:note_ecrire", args=[agent.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        noted(medecin.compte, agent)


@pytest.mark.parametrize("role", ["medecin", "psychologue"])
def test_notes_of_an_employer_out_of_reach_are_not_read(role):
    professionnel, agent = compte(role), AgentFactory(collectivite=CollectiviteFactory())
    note = noted(professionnel, agent)
    ResponsabiliteFactory(compte=professionnel, structure=None, collectivite=CollectiviteFactory())
    assert note not in notes_for(type(professionnel).objects.get(pk=professionnel.pk))


def test_psychologist_begins_with_number_and_name_only(client_de):
    client, agent = client_de("psychologue"), AgentFactory(nom="Kaloï", matricule="4521")
    adresse = reverse("visites:premiere_note")
    saisie = {"matricule": "4521", "nom": "Wamo", "date": f"{timezone.localdate():%d/%m/%Y}", "texte": SECRET}
    refus = client.post(adresse, saisie).content.decode()
    assert "Aucun agent n’a ce matricule et ce nom" in refus and SECRET in refus
    assert client.get(reverse("visites:notes", args=[agent.pk])).status_code == 404
    client.post(adresse, saisie | {"nom": "KALOI"})
    note = NotePsychologue.objects.get()
    assert unseal(note.versions.get(), "texte") == SECRET
    assert "KALOÏ" in client.get(reverse("visites:mes_notes")).content.decode()
    assert client.get(reverse("visites:notes", args=[agent.pk])).status_code == 200


def test_note_too_long_is_refused_in_a_sentence_and_comes_back_whole(client_de):
    client, agent = client_de("medecin"), AgentFactory()
    texte = "a" * (TEXTE_MAX + 1)
    saisie = {"date": f"{timezone.localdate():%d/%m/%Y}", "texte": texte}
    page = client.post(reverse("visites:note_ecrire", args=[agent.pk]), saisie)
    lue = page.content.decode()
    assert "100\u202f001 signes" in lue and texte in lue
    assert not NoteSoignant.objects.exists() and not VersionNoteSoignant.objects.exists()
    noted(client.compte, agent, "a" * TEXTE_MAX)


def test_notes_stand_latest_first(client_de):
    client, agent, jour = client_de("medecin"), AgentFactory(), timezone.localdate()
    for recul in (3, 9, 1):
        noted(client.compte, agent, date=jour - recul * UN)
    page = client.get(reverse("visites:notes", args=[agent.pk]))
    assert [(jour - lue.date).days for lue in page.context["notes"]] == [1, 3, 9]


def test_note_of_tomorrow_is_refused():
    with pytest.raises(ValidationError, match="jour à venir"):
        noted(compte("medecin"), AgentFactory(), date=timezone.localdate() + UN)


def test_second_window_sees_both_texts_and_overwrites_none(client_de):
    client = client_de("medecin")
    note = noted(client.compte, AgentFactory(), "Premier texte.")
    faits = {"acteur": client.compte, "jour": timezone.localdate(), "note": note, "version": 1}
    amend_note(**faits, texte="Deuxième texte.")
    with pytest.raises(VersionPerimee):
        amend_note(**faits, texte="Troisième texte.")
    envoi = {"texte": "Troisième texte.", "version": 1}
    page = client.post(reverse("visites:note_amender", args=[note.cle]), envoi).content.decode()
    assert "Deuxième texte." in page and "Troisième texte." in page
    assert note.versions.count() == 2


@pytest.mark.parametrize(
    "ordre", ["UPDATE {} SET rang = 9", "UPDATE {} SET texte = texte || 'x'", "DELETE FROM {}"]
)
def test_database_refuses_to_rewrite_what_was_signed(ordre):
    note = noted(compte("medecin"), AgentFactory())
    joined(note)
    for table in ("visites_versionnotesoignant", "visites_piecenotesoignant"):
        ecrit = ordre.format(table).replace("rang", "taille" if "piece" in table else "rang")
        ecrit = ecrit.replace("texte", "nom" if "piece" in table else "texte")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(ecrit)


def test_attachment_is_saved_never_shown_and_its_name_stays_on_the_page(client_de):
    client = client_de("medecin")
    note = noted(client.compte, AgentFactory())
    piece = joined(note, "Compte rendu.jpg", JPEG)
    assert b"Compte rendu" not in bytes(piece.contenu) and "Compte rendu" not in piece.nom
    assert "Compte rendu.jpg" in client.get(reverse("visites:note", args=[note.cle])).content.decode()
    reponse = client.get(reverse("visites:note_piece", args=[note.cle, piece.pk]))
    assert reponse.content == JPEG
    assert reponse["Content-Disposition"] == f'attachment; filename="piece-{piece.pk}.jpg"'
    assert reponse["X-Content-Type-Options"] == "nosniff" and "sandbox" in reponse["Content-Security-Policy"]
    autre = noted(client.compte, AgentFactory())
    assert client.get(reverse("visites:note_piece", args=[autre.cle, piece.pk])).status_code == 404


def test_every_reading_leaves_its_line_without_content(client_de):
    client = client_de("medecin")
    note = noted(client.compte, AgentFactory(), SECRET)
    piece = joined(note)
    avant = LigneJournal.objects.count()
    client.get(reverse("visites:note", args=[note.cle]))
    client.get(reverse("visites:note_piece", args=[note.cle, piece.pk]))
    lignes = LigneJournal.objects.filter(nature=NatureJournal.CONSULTATION).order_by("pk")
    assert [(ligne.acte, ligne.agent_cle) for ligne in lignes] == [
        ("visites.note", str(note.agent_id)),
        ("visites.note_piece", str(note.agent_id)),
    ]
    assert LigneJournal.objects.count() == avant + 2
    assert SECRET not in str(list(LigneJournal.objects.values_list()))
    log_in(autre := compte("infirmier")).get(reverse("visites:note", args=[note.cle]))
    refus = LigneJournal.objects.get(nature=NatureJournal.REFUS)
    assert refus.acteur_cle == autre.username and refus.agent_cle == ""


@pytest.mark.parametrize("nom", ["note_ecrire", "premiere_note", "note_amender", "note_joindre"])
def test_form_that_comes_too_late_leaves_nothing_on_the_server(client_de, nom):
    role = "psychologue" if nom == "premiere_note" else "medecin"
    client = client_de(role)
    note = noted(client.compte, AgentFactory())
    arguments = {"note_ecrire": [note.agent_id], "premiere_note": []}.get(nom, [note.cle])
    adresse = reverse(f"visites:{nom}", args=arguments)
    marque = re.search(r'name="saisie_de" value="([^"]+)"', client.get(adresse).content.decode())[1]
    client.logout()
    page = client.post(adresse, {"texte": SECRET, "saisie_de": marque})
    assert page.status_code == 409 and SECRET in page.content.decode()
    assert not SaisieGardee.objects.exists()


def test_copy_holds_all_versions_and_files_of_its_author_alone(client_de):
    if not is_pdf_possible():
        pytest.skip("pango is missing: no PDF can be made")
    client, agent = client_de("medecin"), AgentFactory()
    note = noted(client.compte, agent, "Premier texte.")
    amend_note(acteur=client.compte, jour=timezone.localdate(), note=note, version=1, texte="Suite du texte.")
    joined(note, octets=PDF)
    confrere = noted(compte("infirmier"), agent, "Texte d’un confrère.")
    share(confrere, client.compte)
    adresse = reverse("visites:notes_remettre", args=[agent.pk])
    assert "Cochez cette case" in client.post(adresse, {"demande": "on"}).content.decode()
    assert not LigneJournal.objects.filter(acte="visites.hand_over_notes").exists()
    reponse = client.post(adresse, {"demande": "on", "mains": "on"})
    assert reponse["Content-Disposition"] == 'attachment; filename="copie.zip"'
    with zipfile.ZipFile(io.BytesIO(reponse.content)) as archive:
        assert sorted(archive.namelist()) == ["notes.pdf", f"piece-{note.pieces.get().pk}.pdf"]
        pages = PdfReader(io.BytesIO(archive.read("notes.pdf"))).pages
        texte = " ".join(page.extract_text() for page in pages)
    assert "Premier texte." in texte and "Suite du texte." in texte and "confrère" not in texte
    assert LigneJournal.objects.filter(acte="visites.hand_over_notes", agent_cle=str(agent.pk)).count() == 1


def test_setting_turns_the_notes_off_and_leaves_the_copy(client_de):
    client, agent = client_de("medecin"), AgentFactory()
    note = noted(client.compte, agent, SECRET)
    piece = joined(note)
    valeur("visites.notes_ouvertes", 0, "2021-01-01")
    onglet = reverse("visites:notes", args=[agent.pk])
    page = client.get(onglet).content.decode()
    assert "ne se tiennent plus" in page and "Remettre une copie" in page
    assert reverse("visites:note", args=[note.cle]) not in page
    fermees = [*addresses_of(note), reverse("visites:note_piece", args=[note.cle, piece.pk])]
    for adresse in (*fermees, reverse("visites:note_ecrire", args=[agent.pk])):
        assert client.get(adresse).url == onglet
    with pytest.raises(ValidationError, match="ne se tiennent plus"):
        write_note(acteur=client.compte, jour=timezone.localdate(), agent=agent, date=note.date, texte=SECRET)
    assert client.get(reverse("visites:notes_remettre", args=[agent.pk])).status_code == 200


def test_missing_key_is_a_sentence_and_leaves_the_sealed_value(client_de, settings, tmp_path):
    client = client_de("medecin")
    note = noted(client.compte, AgentFactory(), SECRET)
    avant = note.versions.get().texte
    juste = settings.CLES
    settings.CLES = tmp_path / "autres"
    page = client.get(reverse("visites:note", args=[note.cle]))
    assert page.status_code == 503 and SECRET not in page.content.decode()
    assert file_of(Classe.M1).exists()
    assert note.versions.get().texte == avant
    assert client.get(reverse("visites:notes", args=[note.agent_id])).status_code == 200
    settings.CLES = juste
    assert SECRET in client.get(reverse("visites:note", args=[note.cle])).content.decode()
