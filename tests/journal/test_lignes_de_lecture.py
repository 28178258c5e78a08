"""Every page that shows somebody's absence, visit, restriction, report, accident or document leaves its line.

The table is written by hand: each address that answers GET stands in one set; a new one fails until it does.
"""

import re

import pytest
from django.db import DatabaseError
from django.http import HttpResponse

from nouvea_sst.comptes.enums import NatureJournal
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.comptes.querysets import JournalQuerySet
from tests.architecture.verifs_urls import routes
from tests.permissions.conftest import monde  # noqa: F401
from tests.permissions.essais import open_as
from tests.permissions.monde import taken_back
from tests.permissions.tableau import read_all

pytestmark = pytest.mark.django_db
# Names the agent whose file it is.
AGENT = {
    "signalements:signalement",
    "agents:absence_ajouter",
    "agents:absence_corriger",
    "agents:absence_supprimer",
    "agents:position_ajouter",
    "agents:position_corriger",
    "agents:position_supprimer",
    "agents:absences",
    "agents:absences_historique",
    "agents:alerte",
    "agents:alerte_ecarter",
    "agents:affectation_ajouter",
    "agents:affectation_corriger",
    "agents:agent",
    "agents:carriere",
    "agents:consultations",
    "agents:corriger",
    "agents:fusion",
    "agents:fusion_choisir",
    "agents:fusion_defaire",
    "agents:historique",
    "documents:agent",
    "documents:ecrire",
    "documents:ouvrir",
    "qualite:ecarter",
    "qualite:reprendre",
    "signalements:accident",
    "soi:dossier",
    "signalements:accident_historique",
    "signalements:accidents_agent",
    "signalements:ajouter_accident",
    "signalements:modifier_accident",
    "visites:absence",
    "visites:agent",
    "visites:annuler",
    "visites:conclure",
    "visites:corriger",
    "visites:accompagnement",
    "visites:accompagnement_fermer",
    "visites:accompagnement_nommer",
    "visites:accompagnement_reserver",
    "visites:accompagnements_agent",
    "visites:echange",
    "visites:echange_amender",
    "visites:echange_ecrire",
    "visites:echange_joindre",
    "visites:echange_montrer",
    "visites:echange_piece",
    "visites:echanges_remettre",
    "visites:engagement",
    "visites:engagement_clore",
    "visites:engagement_suite",
    "visites:engagement_suivre",
    "visites:demande",
    "visites:demande_historique",
    "visites:demande_refuser",
    "visites:demande_retenir",
    "visites:demande_retirer",
    "visites:demander",
    "visites:deplacer",
    "visites:due",
    "visites:due_date",
    "visites:due_ecarter",
    "visites:due_regle",
    "visites:due_reprendre",
    "visites:historique",
    "visites:note",
    "visites:note_amender",
    "visites:note_ecrire",
    "visites:note_joindre",
    "visites:note_partager",
    "visites:note_piece",
    "visites:notes",
    "visites:notes_remettre",
    "visites:placer",
    "visites:postes_compatibles",
    "visites:restrictions_agent",
    "visites:visite",
}
# Shows two files: a line for each agent.
DEUX = {"agents:fusion": "jumelle"}
# Names the record: a report, a pack, a file of the personnel.
OBJET = {
    "documents:lot",
    "documents:lot_fichier",
    "comptes:retablir",
    "signalements:action_historique",
    "signalements:action",
    "commissions:seance",
    "commissions:historique",
    "agents:portee",
    "comptes:compte",
    "comptes:corriger",
    "comptes:desactiver",
    "comptes:historique",
    "comptes:role",
    "comptes:sessions",
    "imports:annuler",
    "imports:bilan",
    "imports:colonnes",
    "imports:correspondance",
    "imports:fichier",
    "reporting:edition",
    "reporting:pdf",
    "signalements:historique",
    "journal:ligne",
    "journal:examen",
    "journal:consultation",
    "visites:demi_journee",
    "visites:lettres_demi_journee",
    "visites:essai",
    "visites:remplir",
    "visites:presence",
}
# Counts its rows.
LISTE = {
    "visites:essai_visites",
    "documents:courriels",
    "documents:lettres",
    "signalements:actions",
    "commissions:seances",
    "comptes:demandes",
    "comptes:liste",
    "agents:alertes",
    "agents:liste",
    "comptes:corbeille",
    "imports:a_corriger",
    "imports:apercu",
    "imports:attentes",
    "imports:correspondances",
    "imports:fiches",
    "imports:partants",
    "imports:refus",
    "equipe:liste",
    "journal:liste",
    "qualite:lignes",
    "signalements:accidents",
    "signalements:liste",
    "visites:absences_professionnels",
    "visites:restrictions",
    "visites:demandes",
    "visites:journee",
    "visites:liste",
    "visites:mes_notes",
    "visites:accompagnements",
    "visites:echanges_montres",
    "visites:lectures_notes",
    "journal:examens",
    "visites:planning",
}
# Shows nobody's health or file: empty forms, reference data, figures. The page that confirms a report must
# leave none: it would give away who declared without a name. Home leaves one when it names people
# (tests/reporting), and so does a search once something is typed, that of the agent of an accident included.
RIEN = {
    "journal:clore_examen",
    "documents:apercu",
    "documents:entete",
    "documents:modele",
    "documents:modeles",
    "documents:publier",
    "documents:rediger",
    "documents:retirer_modele",
    "documents:signataire_ajouter",
    "documents:signataire_corriger",
    "comptes:ajouter",
    "comptes:lien",
    "comptes:mes_sessions",
    "reporting:resume",
    "comptes:refuser",
    "comptes:saisies",
    "visites:absence_ajouter",
    "visites:absence_corriger",
    "visites:ouvrir_demi_journee",
    "visites:premiere_note",
    "account_change_password",
    "account_login",
    "account_logout",
    "accueil",
    "agents:ajouter",
    "aide:droits",
    "aide:guide",
    "aide:page",
    "aide:sommaire",
    "agents:exposition_ajouter",
    "agents:exposition_corriger",
    "agents:exposition_supprimer",
    "agents:poste_corriger",
    "agents:poste_exigences",
    "agents:poste_historique",
    "agents:postes",
    "agents:structure_ajouter",
    "agents:structure_corriger",
    "agents:structure_historique",
    "agents:structures",
    "commissions:ajouter",
    "commissions:annuler",
    "commissions:modifier",
    "commissions:modifier_point",
    "comptes:connexion",
    "recherche:resultats",
    "recherche:suggestions",
    "comptes:deconnexion",
    "comptes:mot_de_passe",
    "imports:deposer",
    "imports:abandonner",
    "imports:renoncer",
    "imports:historique",
    "imports:releves",
    "qualite:accueil",
    "referentiel:accueil",
    "referentiel:ajouter_annee",
    "referentiel:ajouter_entree",
    "referentiel:ajouter_jour",
    "referentiel:ajouter_texte",
    "referentiel:changer",
    "referentiel:corriger",
    "referentiel:corriger_entree",
    "referentiel:corriger_texte",
    "referentiel:entree",
    "referentiel:entrees",
    "referentiel:jours",
    "referentiel:mettre_de_cote",
    "referentiel:parametre",
    "referentiel:parametres",
    "referentiel:retirer",
    "referentiel:retirer_jour",
    "referentiel:texte",
    "referentiel:textes",
    "reporting:editions",
    "reporting:preparer",
    "reporting:tableau",
    "reporting:vues",
    "signalements:abandonner_action",
    "signalements:ajouter_action",
    "signalements:choisir_agent",
    "signalements:clore",
    "signalements:envoye",
    "signalements:mesures",
    "signalements:modifier_action",
    "signalements:rejeter",
    "signalements:signaler",
    "signalements:terminer_action",
    "travaux:abandonner",
    "travaux:liste",
    "travaux:relancer",
    "travaux:temoin",
    "rendez_vous:repondre",
    "visites:demander_qui",
    "visites:lettres",
    "visites:corriger_regle",
    "visites:nouvelle_regle",
    "visites:regle",
    "visites:regles",
    "visites:retirer_regle",
    "visites:charge",
}
# Names the agent of what was taken away.
RETIRES = {"comptes:retablir": lambda fichier: fichier.retrait.agent_cle}
BLOCS = read_all()


def first_reading(nom):
    """First position and role that the table of the permissions lets in; nothing for a page that moves on."""
    for (methode, position), reponses in BLOCS[nom].lignes.items() if nom in BLOCS else ():
        for role, reponse in reponses.items():
            if methode == "GET" and reponse == "200" and position != "soi":
                return position, role
    return None


LUES = sorted({r.nom for r in routes() if first_reading(r.nom)})
SENSIBLES = sorted((AGENT | OBJET | LISTE) & set(LUES))


def read(monde, nom):  # noqa: F811
    """Open the page as the first role of the table."""
    position, role = first_reading(nom)
    return open_as(monde, role, monde.adresse(nom, BLOCS[nom].cles, position, role))


def lines_of(monde, nom):  # noqa: F811
    """Consultation lines that reading the page leaves."""
    avant = set(LigneJournal.objects.order_by("pk").values_list("pk", flat=True))
    with taken_back():
        assert read(monde, nom).status_code == 200
        lignes = LigneJournal.objects.filter(nature=NatureJournal.CONSULTATION).exclude(pk__in=avant)
        return list(lignes.order_by("pk"))


def test_every_page_has_its_word():
    assert set(LUES) - (AGENT | OBJET | LISTE | RIEN) == set(), "say what a reading of it leaves"


@pytest.mark.parametrize("nom", [n for n in LUES if n in AGENT | OBJET | LISTE | RIEN])
def test_reading_leaves_its_line(monde, nom):  # noqa: F811
    lignes = lines_of(monde, nom)
    if nom in RIEN:
        assert lignes == []
        return
    if nom in DEUX:
        assert lignes.pop().agent_cle == str(monde.fichier(first_reading(nom)[0], None).jumelle.pk)
    assert len(lignes) == 1
    position, role = first_reading(nom)
    ou = "soi" if position == "page" else position.partition(":")[0]
    fichier = monde.fichier(ou, role)
    agent = str(fichier.agent.pk) if nom in AGENT else RETIRES.get(nom, lambda f: "")(fichier)
    assert lignes[0].agent_cle == agent
    assert bool(re.search(r"\d", lignes[0].objet_libelle)) or nom not in LISTE
    assert "?" not in lignes[0].objet_libelle and "/" not in lignes[0].acte


@pytest.mark.parametrize("nom", SENSIBLES)
def test_page_is_not_shown_when_its_line_cannot_be_written(monde, nom, monkeypatch):  # noqa: F811
    """Fail closed: a failing journal gives no page, and no part of it."""

    def refuse(*args, **kwargs):
        raise DatabaseError("journal")

    monkeypatch.setattr(LigneJournal, "save", refuse)
    monkeypatch.setattr(JournalQuerySet, "bulk_create", refuse)
    with taken_back(), pytest.raises(DatabaseError, match="journal"):
        read(monde, nom)


@pytest.mark.parametrize("nom", SENSIBLES)
def test_page_that_breaks_while_it_is_made_leaves_no_line(monde, nom, monkeypatch):  # noqa: F811
    """The line and the page are one transaction: nobody is said to have read what was never shown."""
    faite = HttpResponse.__init__

    def break_once(*args, **kwargs):
        monkeypatch.setattr(HttpResponse, "__init__", faite)
        raise RuntimeError("panne plantée")

    monkeypatch.setattr(HttpResponse, "__init__", break_once)
    avant = LigneJournal.objects.count()
    with taken_back():
        with pytest.raises(RuntimeError, match="panne plantée"):
            read(monde, nom)
        assert LigneJournal.objects.count() == avant
