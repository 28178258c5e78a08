"""Nobody reads, on any page nor by any other way, a field that the table written by hand keeps from him."""

import datetime
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from nouvea_sst.lib.classes import Classe, class_by_field, is_historique
from tests.architecture.verifs_urls import routes
from tests.fuites.attendus import GROUPES, LIGNES, SIGLES
from tests.fuites.canaris import PLACES, SAISIE, models_of
from tests.fuites.juge import describe, judge
from tests.fuites.jumeaux import JUMEAUX, SANS_OBJET
from tests.fuites.marche import COMPTES, REPONSES, Marche
from tests.fuites.parcours import addresses
from visites.actions.liens import open_lien
from visites.enums import EtatVisite
from visites.models import Visite

ECART = datetime.timedelta(days=1)
VUS: dict[str | None, set[str]] = {}
# Some might read them, on no page yet.
JAMAIS_MONTRES = {
    "agents.Responsabilite.date_fin",
    "comptes.Utilisateur.email",
    "comptes.Utilisateur.fonction",
    "comptes.Utilisateur.username",
    "documents.Document.emis_par",
    # A lot is its author's alone: nobody walks as the author of these.
    *(f"documents.LotLettres.{c}" for c in ("intitule", "saisie", "ecartees", "contenu")),
    "imports.Import.bilan",
    "imports.Import.contenu",
    # Of a visit due only its day stands on a page, that of the request that it came of.
    *(f"visites.VisiteDue.{c}" for c in ("fait_le", "calculee", "choisie", "raison_choix", "choisie_par")),
    *(f"visites.VisiteDue.{c}" for c in ("preuve", "proposee", "ecartee_parce_que", "close_le")),
    # Links and sessions are shown while they last; those of the city ended in 1971.
    *(f"comptes.LienCompte.{champ}" for champ in ("cree_le", "expire_le")),
    *(f"comptes.SessionCompte.{c}" for c in ("adresse", "expire_date", "navigateur", "ouverte_le", "vue_le")),
}
# Addresses of which the city has no record: a day off, what a post exposes to, of nobody.
SANS_FICHE = {"agents:exposition_corriger", "agents:exposition_supprimer", "referentiel:retirer_jour"}
# Pages that nobody of the city opens: a lot is its author's alone, the links of the city ended in 1971. That
# of an appointment opens to its token alone: a test of its own below.
JAMAIS_OUVERTES = {"documents:lot", "documents:lot_fichier", "comptes:lien", "rendez_vous:repondre"}
# What a link of a message shows: whoever holds it reads when and where, of nobody.
SUR_LE_LIEN = {"visites.Visite.date"}


def secret_fields():
    """Every field of a class other than T0, history left out: it holds what it copies."""
    return {
        f"{nom}.{champ}"
        for nom, modele in models_of().items()
        if not is_historique(modele)
        for champ, classe in class_by_field(modele).items()
        if classe is not Classe.T0
    }


def test_every_secret_field_has_a_canary_or_a_twin(ville):
    canaris = {canari.champ for canari in ville.voliere.tous}
    couverts = canaris | set(JUMEAUX) | set(SANS_OBJET)
    assert sorted(secret_fields() - couverts) == [], "give it a canary (ville.py) or a twin (jumeaux.py)"
    assert sorted((set(JUMEAUX) | set(SANS_OBJET)) - secret_fields()) == []
    assert len(ville.voliere.tous) >= 60
    COMPTES["canaris"] = len(ville.voliere.tous)
    COMPTES["champs à canari"] = len(canaris)


def test_table_names_each_field_that_has_a_canary(ville):
    canaris = {canari.champ for canari in ville.voliere.tous}
    assert sorted(canaris - set(GROUPES)) == [], "say in attendus.py who may read it"
    assert sorted(set(GROUPES) - canaris) == []
    assert set(LIGNES) == set(GROUPES.values())


def test_each_address_has_a_record_to_show(ville):
    marchees = {resolve(adresse).view_name for adresse in addresses(ville)}
    vides = {route.nom for route in routes() if route.parametres} - marchees
    assert not vides - SANS_FICHE, " ".join(sorted(vides))


@pytest.mark.parametrize("role", [*SIGLES, None])
def test_role_reads_only_what_is_its_business(ville, traces, role):
    marche = Marche(ville, role, traces)
    marche.read_all()
    marche.look_behind("all pages read")
    marche.send_all()
    assert not marche.fuites, describe(marche.fuites)
    assert marche.statuts[500] == 0
    assert len(marche.statuts) > 2
    VUS[role] = {canari.champ for canari in marche.vus} - {SAISIE}


@pytest.mark.parametrize("place", PLACES)
def test_the_link_of_a_message_shows_when_and_where_and_nothing_else(ville, place):
    """Also to whoever found it: no name, no motive, no professional, no word of the visit."""
    agent = ville.dossiers[place].agent
    visite = Visite.objects.filter(agent=agent, etat=EtatVisite.PLACEE, date__isnull=False)[0]
    veille = timezone.make_aware(datetime.datetime.combine(visite.date, datetime.time())) - ECART
    adresse = open_lien(visite=visite, maintenant=veille)
    with mock.patch("visites.views.liens.timezone.now", return_value=veille):
        reponse = Client().get(adresse.removeprefix(settings.ADRESSE_SITE))
    assert reponse.status_code == 200
    lus = {canari.champ for canari in judge(None, adresse, reponse, ville.voliere)[1]}
    assert lus == SUR_LE_LIEN


def test_net_was_cast_where_there_is_something_to_read():
    """Whoever may read reads: a walk of closed doors would prove nothing. Needs the walks before it."""
    if len(VUS) < len(SIGLES) + 1:
        pytest.skip("the twelve walks were not all done")
    jamais = {champ for champ, groupe in GROUPES.items() if groupe == "jamais"}
    assert sorted(set(GROUPES) - set.union(*VUS.values()) - jamais - JAMAIS_MONTRES) == []
    assert {role: len(vus) for role, vus in VUS.items() if not vus} == {None: 0}


def test_each_address_was_read_with_a_record_of_its_own():
    """An address that answers 404 to everybody was asked for a record of another model. Needs the walks."""
    if len(VUS) < len(SIGLES) + 1:
        pytest.skip("the twelve walks were not all done")
    vides = {nom for nom, statuts in REPONSES.items() if 404 in statuts and not statuts - {403, 404}}
    assert sorted(vides - JAMAIS_OUVERTES) == []
