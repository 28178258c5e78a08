"""Every view that takes POST says what it does to a record, and is tried for what that asks of it.

Creates: it is marked @send_once, its form holds {% jeton %}, tests/surete/creations.py tries it.
Edits: its form carries the version, tests/surete/editions.py has two people send it.
Acts on a state: it reads version and state under lock, tests/surete/actes.py sends it late and twice.
Takes away: it calls put_aside() and offers the way back, tests/surete/retraits.py compares the row.
"""

import pytest

from tests.architecture.verifs_urls import methods_of, routes
from tests.surete.actes import ACTES
from tests.surete.creations import CREATIONS
from tests.surete.editions import EDITIONS
from tests.surete.retraits import RETRAITS

SANS_FICHE = "it writes no record of the house"
JOB = "a job's state is checked under lock: tests/travaux"
SIEN = "a view kept for oneself: nobody else edits it"
COMPTE = "the account's state is read under lock, and twice changes nothing: tests/comptes"
AUTRES = {
    "comptes:approuver": "only what waits is decided, under lock: tests/comptes",
    "comptes:refuser": "only what waits is decided, under lock: tests/comptes",
    "comptes:desactiver": COMPTE,
    "comptes:reactiver": COMPTE,
    "comptes:creer_lien": "a new link takes the place of the one before",
    "comptes:retirer_lien": COMPTE,
    "comptes:demander_mot_de_passe": "the question that waits is not asked again",
    "comptes:fermer_session": "a session is closed once",
    "comptes:opposer": "what is refused waits no more: tests/comptes/test_prises_de_compte.py",
    "comptes:fermer_mienne": "a session is closed once",
    "comptes:lien": "a link opens once",
    "journal:consultation": "its chief alone writes it, and says it again until it is closed: tests/journal",
    "journal:clore_examen": "what is closed is closed once, under lock: tests/journal/test_examens.py",
    "visites:creneau_occupe": "a slot is taken once and freed once: tests/visites/test_entretiens.py",
    "reporting:resume": "one's own choice, said twice changes nothing: tests/reporting/test_resumes.py",
    "rendez_vous:repondre": "a link answers once: tests/visites/test_liens.py",
    "visites:envoyer_lien": "a new link takes the place of the one before: tests/visites/test_liens.py",
    "comptes:saisie_abandonner": SANS_FICHE,
    "agents:poste_exigences": "the version is read under lock, from two windows in tests/agents",
    "agents:portee_finir": "what is over ends no more: tests/agents/test_portee_a_deux.py",
    "agents:portee_relier": "an account has one agent: the second is told so, and nothing is replaced",
    "comptes:connexion": SANS_FICHE,
    "comptes:deconnexion": SANS_FICHE,
    "account_login": SANS_FICHE,
    "account_logout": SANS_FICHE,
    "comptes:mot_de_passe": "it asks for the password that it replaces",
    "account_change_password": "it asks for the password that it replaces",
    "comptes:retablir": "putting back twice changes nothing: tests/surete/test_retraits.py",
    "referentiel:ajouter_annee": "days that are known are not added again: tests/referentiel/test_jours.py",
    "referentiel:corriger": "two steps, sent by two people in tests/referentiel/test_views_parametres.py",
    "referentiel:deplacer_entree": "to a rank, and twice changes nothing: tests/referentiel",
    "visites:apercu": SANS_FICHE,
    "visites:brouillon": "its version is read under lock: two windows in tests/visites/test_brouillons.py",
    "visites:note_amender": "the version is read under lock, from two windows in tests/visites/test_notes.py",
    "visites:note_partager": "a share takes the place of the one before: tests/visites/test_notes.py",
    "visites:note_partage_retirer": "what is withdrawn is withdrawn once: tests/visites/test_notes.py",
    "visites:note_joindre": "the same file is not joined twice: tests/visites/test_notes.py",
    "visites:notes_remettre": "it hands over a copy, and writes its line each time",
    "visites:accompagnement_nommer": "a person is named once, under lock: tests/visites/test_echanges.py",
    "visites:accompagnement_retirer": "who is taken off is taken off once: tests/visites/test_echanges.py",
    "visites:accompagnement_reserver": "the version is read under lock: tests/visites/test_echanges.py",
    "visites:accompagnement_fermer": "the version is read under lock: tests/visites/test_echanges.py",
    "visites:etape_finir": "a step ends once, under lock: tests/visites/test_echanges.py",
    "visites:echange_amender": "the version is read under lock: tests/visites/test_echanges.py",
    "visites:echange_montrer": "a share takes the place of the one before: tests/visites/test_notes.py",
    "visites:echange_partage_retirer": "what is withdrawn is withdrawn once: tests/visites/test_notes.py",
    "visites:echange_joindre": "the same file is not joined twice: tests/visites/test_echanges.py",
    "visites:echanges_remettre": "it hands over a copy, and writes its line each time",
    "visites:remplir": "a gesture writes nothing; placing reads the version under lock: tests/visites",
    "visites:tous_presents": "only what nobody said is said, under lock: tests/visites/test_presences.py",
    "visites:accuser": "what was received keeps its day: tests/visites/test_engagements.py",
    "visites:engagement_renouveler": "one request waits at a time: tests/visites/test_engagements.py",
    "visites:remplacer": "a slot is given once: tests/visites/test_presences.py",
    "visites:corriger_regle": "two steps, sent by two people in tests/visites/test_views_regles.py",
    "imports:interrompre": "only what is under way is stopped, and twice changes nothing",
    "imports:reprendre": "only what waits is taken back, and twice changes nothing",
    "signalements:ajouter_agent": "a link that is there already is not made again",
    "travaux:vu": "noted as seen, twice changes nothing",
    "travaux:relancer": JOB,
    "travaux:abandonner": JOB,
    "reporting:vue_enregistrer": SIEN,
    "reporting:vue_renommer": SIEN,
    "reporting:vue_defaut": SIEN,
    "reporting:vue_deplacer": SIEN,
    "reporting:vue_supprimer": "hidden, and put back by vue_retablir",
    "reporting:vue_retablir": SIEN,
}
GENRES = {"creates": CREATIONS, "edits": EDITIONS, "acts": ACTES, "takes away": RETRAITS, "else": AUTRES}


def undeclared(chemins):
    """Views that take POST and say nothing, or say two things, of what they do."""
    fautes = []
    for route in chemins:
        if "POST" not in methods_of(route.vue):
            continue
        dits = [genre for genre, noms in GENRES.items() if route.nom in noms]
        if len(dits) != 1:
            fautes.append(f"{route.nom} takes POST and is declared {dits or 'nowhere'}: {__doc__}")
    return fautes


def unmarked(chemins):
    """Views that create without @send_once, or are marked without creating."""
    marquees = {route.nom for route in chemins if getattr(route.vue, "envoi_unique", False)}
    return sorted(marquees ^ set(CREATIONS))


def test_every_view_that_writes_says_how():
    fautes = undeclared(routes())
    assert not fautes, "\n".join(fautes)


def test_every_view_that_creates_is_sent_once():
    assert unmarked(list(routes())) == []


@pytest.mark.parametrize("genre", GENRES)
def test_no_view_is_declared_that_is_gone(genre):
    connues = {route.nom for route in routes() if "POST" in methods_of(route.vue)}
    assert sorted(set(GENRES[genre]) - connues) == []


def test_view_that_says_nothing_is_reported(monkeypatch):
    monkeypatch.delitem(EDITIONS, "agents:corriger")
    assert len(undeclared(routes())) == 1


def test_view_that_says_two_things_is_reported(monkeypatch):
    monkeypatch.setitem(ACTES, "agents:corriger", None)
    assert len(undeclared(routes())) == 1


def test_view_that_creates_unmarked_is_reported(monkeypatch):
    monkeypatch.setitem(CREATIONS, "agents:corriger", None)
    assert unmarked(list(routes())) == ["agents:corriger"]
