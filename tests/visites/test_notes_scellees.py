"""Notes on disk: a dump holds none in clear, a change of key killed twenty times loses none."""

import base64
import functools
import io
import os
import random
import subprocess

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.binaires import find_binaries, wheel_folder
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.lib.classes import Classe
from nouvea_sst.lib.scelles import sealed_columns
from nouvea_sst.lib.trousseau import add_key, read_ring, refuse_without_keys
from tests.agents.factories import AgentFactory
from tests.fabriques import compte
from tests.imports.test_coupures import run_apart
from tests.visites.echanges import exchanged, faits, opened
from tests.visites.notes import note_of, piece_of
from visites.actions import amend_echange
from visites.models import NotePsychologue, NoteSoignant

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sans_n_plus_1]
NOTES, COUPURES = 300, 20
CANARIS = {
    Role.MEDECIN: ("Zqxmedecintexte", "Zqxmedecinnom", b"Zqxmedecinoctets"),
    Role.INFIRMIER: ("Zqxinfirmiertexte", "Zqxinfirmiernom", b"Zqxinfirmieroctets"),
    Role.PSYCHOLOGUE: ("Zqxpsychologuetexte", "Zqxpsychologuenom", b"Zqxpsychologueoctets"),
}


@pytest.fixture(autouse=True)
def cles(settings, tmp_path):
    """Keys of their own."""
    settings.CLES = tmp_path / "cles"


def dump():
    """What a backup of the database holds, as pg_dump writes it."""
    base = connection.settings_dict
    connection.ensure_connection()
    ou = connection.get_connection_params()
    ordre = [find_binaries(wheel_folder()).bin / "pg_dump", "--dbname", base["NAME"]]
    noms = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    milieu = os.environ | {noms[nom]: str(ou[nom]) for nom in noms if ou.get(nom)}
    return subprocess.run(ordre, env=milieu, check=True, capture_output=True).stdout  # noqa: S603


def forms_of(mot):
    """A word in clear, in hexadecimal as bytes are dumped, and in base64 at each of its three places."""
    octets = mot if isinstance(mot, bytes) else mot.encode()
    codes = [base64.b64encode(b"\0" * rang + octets)[4:-4] for rang in range(3)]
    return [octets, octets.hex().encode(), *codes]


def count_in(contenu):
    """How many canaries a dump holds, in any form."""
    return sum(forme in contenu for mots in CANARIS.values() for mot in mots for forme in forms_of(mot))


def test_dump_holds_no_note_no_file_and_no_file_name(decompte):
    for role, (texte, nom, octets) in CANARIS.items():
        note = note_of(compte(role), AgentFactory(), texte)
        piece_of(note, f"{nom}.pdf", b"%PDF-1.4 " + octets)
    contenu = dump()
    assert b"visites_versionnotepsychologue" in contenu and b"v1." in contenu
    assert count_in(contenu) == 0
    decompte["canaries of notes found in a dump"] = 0
    decompte["canaries of notes looked for in a dump"] = sum(len(mots) for mots in CANARIS.values())
    AgentFactory(nom=CANARIS[Role.PSYCHOLOGUE][0])
    assert count_in(dump()) == 1, "a planted one is found: the search sees"


def test_dump_holds_no_exchange_no_reason_no_step_and_no_file(decompte):
    mots = {nom: f"Zqxechange{nom}" for nom in ("texte", "amende", "raison", "etape", "fichier", "octets")}
    qui = compte(Role.COORDINATEUR)
    echange = exchanged(qui, opened(qui, AgentFactory()), mots["texte"], etape=mots["etape"], dans=1)
    acte = faits(qui, note=echange, version=1)
    amend_echange(**acte, texte=mots["amende"], raison=mots["raison"])
    piece_of(echange, f"{mots['fichier']}.pdf", b"%PDF-1.4 " + mots["octets"].encode())
    contenu = dump()
    assert b"visites_versionechange" in contenu
    assert [mot for mot in mots.values() if any(forme in contenu for forme in forms_of(mot))] == []
    decompte["canaries of exchanges looked for in a dump"] = len(mots)


def change(*mots):
    call_command("changer_cle", *mots, stdout=io.StringIO(), stderr=io.StringIO())


def behind(classe):
    """How many sealed values of notes an older key still opens."""
    courante = read_ring(classe).courante
    colonnes = sealed_columns(classe=classe)
    return sum(n for c in colonnes for nom, n in c.keys_in_use().items() if nom != courante)


def contents(modele):
    """Everything that the notes of a family say, opened."""
    notes = modele.objects.order_by("pk").prefetch_related("versions", "pieces")
    return [
        (
            [unseal(v, "texte") for v in note.versions.all()],
            [(unseal(p, "nom"), unseal(p, "contenu")) for p in note.pieces.all()],
        )
        for note in notes
    ]


def test_change_of_key_of_notes_killed_twenty_times_finishes(decompte):
    auteur, agent = compte(Role.MEDECIN), AgentFactory()
    for rang in range(NOTES):
        piece_of(note_of(auteur, agent, f"Texte {rang}"), f"{rang}.pdf", b"%%PDF %d" % rang)
    note_of(compte(Role.PSYCHOLOGUE), agent, "Texte du psychologue")
    attendu, autre = contents(NoteSoignant), contents(NotePsychologue)
    duree = run_apart(functools.partial(change, "M1", "--nouvelle"))
    assert behind(Classe.M1) == 0
    hasard, tues = random.Random(11), 0
    while tues < COUPURES:
        add_key(Classe.M1)
        reste = behind(Classe.M1)
        assert reste == 3 * NOTES
        while reste and tues < COUPURES:
            run_apart(functools.partial(change, "M1"), tue_apres=hasard.uniform(0.1, 0.8) * duree)
            avant, reste = reste, behind(Classe.M1)
            assert reste <= avant, "a kill undid what stood"
            tues += bool(reste)
            assert contents(NoteSoignant) == attendu
    change("M1")
    assert behind(Classe.M1) == 0 and contents(NoteSoignant) == attendu
    change("M1", "--retirer")
    assert len(read_ring(Classe.M1).cles) == 1
    assert contents(NoteSoignant) == attendu and contents(NotePsychologue) == autre
    decompte["kills of a change of key of notes"] = tues
    decompte["sealed values of notes that opened after them"] = 3 * NOTES


def test_key_of_the_psychologist_changes_by_itself():
    note = note_of(compte(Role.PSYCHOLOGUE), AgentFactory(), "Texte")
    avant = note.versions.get().texte
    add_key(Classe.Y1)
    change("Y1")
    apres = note.versions.get().texte
    assert apres != avant and unseal(note.versions.get(), "texte") == "Texte"


def test_key_of_exchanges_changes_by_itself():
    qui = compte(Role.COORDINATEUR)
    echange = exchanged(qui, opened(qui, AgentFactory()), "Texte", etape="Rappeler.", dans=1)
    piece_of(echange, "lettre.pdf", b"%PDF")
    add_key(Classe.H2)
    assert behind(Classe.H2) == 5
    change("H2")
    assert behind(Classe.H2) == 0
    version, piece, etape = echange.versions.get(), echange.pieces.get(), echange.etapes.get()
    ouverts = (unseal(version, "texte"), unseal(version, "raison"), unseal(etape, "texte"))
    assert ouverts == ("Texte", "", "Rappeler.")
    assert (unseal(piece, "nom"), unseal(piece, "contenu")) == ("lettre.pdf", b"%PDF")


def test_production_does_not_start_without_the_keys_of_notes(tmp_path):
    with override_settings(MODE="production", CLES=tmp_path / "vide"):
        with pytest.raises(ImproperlyConfigured, match="classe M1 manquent.*classe Y1 manquent"):
            refuse_without_keys()
