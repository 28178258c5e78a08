"""A report made without a name leads back to nobody: not by journal, history, session or what was kept."""

import datetime
import uuid

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.actions import keep_saisie
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import LigneJournal, SaisieGardee
from nouvea_sst.comptes.sessions import VUE
from signalements.actions import declare_signalement
from signalements.models import Signalement
from tests.architecture.verifs_urls import routes
from tests.fabriques import compte, log_in
from tests.signalements.factories import SignalementFactory, delai

pytestmark = pytest.mark.django_db
SIGNALER = reverse("signalements:signaler")
# What names an account by its business: the account itself, its rights, its open session.
PORTEURS = {"comptes_utilisateur", "comptes_utilisateur_groups", "comptes_sessioncompte"}


def saisie(**autres):
    return {
        "jeton": str(uuid.uuid4()),
        "categorie": "situation",
        "recit": "Le sol est glissant.",
        "gravite": "3",
        "danger_immediat": "non",
        "survenu_le": timezone.localdate().isoformat(),
        "survenu_a": "07:50",
        "lieu": "Halle 2",
        "nom": "sans",
    } | autres


def declare(client, **autres):
    """Send a report without a name and read what became of it."""
    delai()
    reponse = client.post(SIGNALER, saisie(**autres), follow=True)
    assert reponse.status_code == 200
    return Signalement.objects.get()


def rows_naming(mots):
    """Every row of the database, history included, that holds one of these words."""
    trouvees = []
    with connection.cursor() as curseur:
        for table in sorted(connection.introspection.table_names(curseur)):
            curseur.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")  # noqa: S608
            trouvees += [(table, t) for (t,) in curseur.fetchall() if any(mot in t for mot in mots)]
    return trouvees


@pytest.mark.parametrize("role", ["agent", "encadrant"])
def test_no_row_names_the_declarer(role):
    declarant = compte(role, username="zz-declarant", last_name="Wabealo")
    client = log_in(declarant)
    avant = set(rows_naming(["zz-declarant", "Wabealo"]))
    signalement = declare(client)
    for nom in ("signalement", "qualifier", "historique", "commencer"):
        adresse = reverse(f"signalements:{nom}", args=[signalement.pk])
        assert {client.get(adresse).status_code, client.post(adresse).status_code} <= {403, 404, 405}
    neuves = set(rows_naming(["zz-declarant", "Wabealo"])) - avant
    assert {table for table, _ in neuves} <= PORTEURS | {"comptes_lignejournal"}
    siennes = LigneJournal.objects.filter(acteur_cle="zz-declarant")
    assert siennes.exists()
    assert set(siennes.values_list("objet_cle", flat=True)) == {""}


def test_its_request_is_that_of_no_line_with_a_name():
    signalement = declare(log_in(compte("agent")))
    requete = LigneJournal.objects.get(acte="signalements.declare_signalement").requete
    assert requete
    assert {ligne.acteur_cle for ligne in LigneJournal.objects.filter(requete=requete)} == {"systeme"}
    trace = signalement.histoire.get()
    assert trace.pgh_context == {"acteur": "systeme", "role": "", "requete": requete}


def test_what_else_the_request_writes_is_under_another_number():
    delai()
    declarant = compte("agent")
    faits = {
        "recit": "Le sol est glissant.",
        "lieu": "Halle 2",
        "gravite": 3,
        "survenu_le": timezone.localdate(),
        "categorie": "situation",
    }
    with acting(declarant, "00000000-requete-nommee"):
        declare_signalement(
            acteur=declarant, jour=timezone.localdate(), jeton=uuid.uuid4(), anonyme=True, faits=faits
        )
        apres = record_act(acteur=declarant, acte="comptes.logout", objet=declarant)
    assert apres.requete == "00000000-requete-nommee"
    sienne = LigneJournal.objects.get(acte="signalements.declare_signalement")
    assert sienne.requete not in ("", apres.requete)
    assert apres.requete not in str(Signalement.objects.get().histoire.get().pgh_context)


def test_what_was_kept_of_it_goes_without_a_line():
    declarant = compte("agent")
    client = log_in(declarant)
    gardee = keep_saisie(compte=declarant, adresse=SIGNALER, champs={"recit": ["Le sol"]}, fichiers=[])
    declare(client, saisie_gardee=str(gardee.pk))
    assert not SaisieGardee.objects.exists()
    assert not LigneJournal.objects.filter(acte="comptes.drop_saisie").exists()


def test_session_does_not_tell_its_hour():
    client = log_in(compte("agent"))
    session = client.session
    session[VUE] = avant = (timezone.now() - datetime.timedelta(minutes=20)).timestamp()
    session.save()
    declare(client)
    assert client.session[VUE] == avant
    client.get(SIGNALER)
    assert client.session[VUE] > avant


def test_every_page_of_a_report_leaves_its_cle_out_of_a_refusal():
    """Whoever declared without a name and tries cles would tell which is his."""
    fiches = [
        route
        for route in routes()
        if route.nom.startswith("signalements:") and route.motif.startswith("signalements/<int:pk>/")
    ]
    assert len(fiches) >= 9
    assert [route.nom for route in fiches if not getattr(route.vue, "refus_sans_numero", False)] == []
    cle = SignalementFactory().pk
    client = log_in(compte("agent"))
    client.get(f"/signalements/{cle}/")
    client.post(f"/signalements/{cle}/qualifier/")
    lignes = LigneJournal.objects.filter(acte__startswith="acces.").order_by("pk")
    assert list(lignes.values_list("acte", "objet_libelle", "objet_cle")) == [
        ("acces.introuvable", "signalements:signalement", ""),
        ("acces.refuse", "signalements:qualifier", ""),
    ]
