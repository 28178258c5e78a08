"""A report made without a name leads back to nobody: not by journal, history, session or what was kept."""

import datetime
import re
import uuid
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import LigneJournal
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


def test_no_line_of_the_journal_stands_beside_those_of_the_account():
    """A line without a name would still tell the instant, between two lines that name an account."""
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
        avant = record_act(acteur=declarant, acte="comptes.login", objet=declarant)
        declare_signalement(
            acteur=declarant, jour=timezone.localdate(), jeton=uuid.uuid4(), anonyme=True, faits=faits
        )
        apres = record_act(acteur=declarant, acte="comptes.logout", objet=declarant)
    assert apres.requete == "00000000-requete-nommee"
    assert LigneJournal.objects.filter(acte="signalements.declare_signalement").count() == 0
    assert apres.pk == avant.pk + 1
    contexte = Signalement.objects.get().histoire.get().pgh_context
    assert (contexte["acteur"], contexte["role"]) == ("systeme", "")
    assert contexte["requete"] not in ("", apres.requete)


def test_only_the_day_of_its_reception_is_kept_and_shown():
    """On the row, on its pages, in its history, in the workbook."""
    signalement = declare(log_in(compte("agent")))
    jour = timezone.localdate()
    assert timezone.localtime(signalement.recu_le).time() == datetime.time.min
    assert timezone.localtime(signalement.recu_le).date() == jour
    preventeur = log_in(compte("preventeur"))
    for page in (reverse("signalements:signalement", args=[signalement.pk]), envoye(signalement)):
        texte = preventeur.get(page).content.decode()
        assert f"eçu le {jour:%d/%m/%Y}" in texte and f"eçu le {jour:%d/%m/%Y} à" not in texte
    coordinateur = log_in(compte("coordinateur"))
    passe = coordinateur.get(reverse("signalements:historique", args=[signalement.pk])).content.decode()
    assert f'Ajout · signalement <span class="muted">le {jour:%d/%m/%Y}</span>' in passe
    classeur = load_workbook(BytesIO(exported(coordinateur))).active
    titres = [case.value for case in classeur[1]]
    recu = classeur.cell(2, titres.index("Reçu le") + 1).value
    assert recu == datetime.datetime.combine(jour, datetime.time.min)


def exported(client):
    """The reports as a workbook."""
    reponse = client.get(reverse("signalements:liste"), {"format": "xlsx", "vue": "tous"})
    return b"".join(reponse.streaming_content) if reponse.streaming else reponse.content


def envoye(signalement):
    """Address by which one follows it."""
    return reverse("signalements:envoye", args=[signalement.jeton])


def test_sent_with_a_session_that_is_over_it_is_kept_nowhere_under_the_account():
    declarant = compte("agent", username="zz-declarant", last_name="Wabealo")
    client = log_in(declarant)
    marque = re.search(r'name="saisie_de" value="([^"]+)"', client.get(SIGNALER).content.decode())[1]
    session = client.session
    session[VUE] = (timezone.now() - datetime.timedelta(hours=2)).timestamp()
    session.save()
    page = client.post(SIGNALER, saisie(recit="Zq-récit tapé trop tard.", saisie_de=marque))
    assert page.status_code == 409 and "Zq-récit tapé trop tard." in page.content.decode()
    assert rows_naming(["Zq-récit"]) == []
    # He logs in again in another tab: the token of the page is too old, the page comes back with a new one.
    actes = set(LigneJournal.objects.filter(acteur_cle="zz-declarant").values_list("acte", flat=True))
    assert actes == {"comptes.session_expired"}
    retour = Client(enforce_csrf_checks=True)
    retour.cookies = log_in(declarant).cookies
    seconde = re.search(r'name="saisie_de" value="([^"]+)"', page.content.decode())[1]
    page = retour.post(SIGNALER, saisie(recit="Zq-récit tapé trop tard.", saisie_de=seconde))
    assert page.status_code == 409 and "Renvoyer ma saisie" in page.content.decode()
    assert rows_naming(["Zq-récit"]) == []
    siennes = LigneJournal.objects.filter(acteur_cle="zz-declarant")
    assert set(siennes.values_list("acte", flat=True)) == {"comptes.session_expired"}


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


def test_a_form_of_it_that_is_refused_leaves_no_line():
    """« Accès refusé, Faire un signalement » would name who was about to send one."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = log_in(compte("agent", username="zz-declarant")).cookies
    assert client.post(SIGNALER, saisie()).status_code == 409
    assert not LigneJournal.objects.filter(acteur_cle="zz-declarant").exists()
