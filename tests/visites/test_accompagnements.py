"""The list of follow-ups, its counts and workbook; the copy that an agent asks for."""

import datetime
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.pdf import is_pdf_possible
from nouvea_sst.mesures import Compteur
from tests.agents.factories import AgentFactory
from tests.fabriques import compte, log_in
from tests.visites.echanges import SECRET, close, exchanged, faits, name, opened, restrict, shown
from tests.visites.notes import PDF
from visites.actions import attach_piece
from visites.models import EtapeEchange

pytestmark = pytest.mark.django_db
UN = datetime.timedelta(days=1)


@pytest.fixture
def coordinateur():
    return compte("coordinateur")


@pytest.fixture
def suivi(coordinateur):
    return opened(coordinateur, AgentFactory())


@pytest.mark.skipif(not is_pdf_possible(), reason="no PDF here")
def test_copy_for_the_agent_holds_what_one_keeps_and_no_other(coordinateur, suivi):
    echange = exchanged(coordinateur, suivi, SECRET, etape="Rappeler lundi.", dans=1)
    attach_piece(**faits(coordinateur, note=echange, nom="lettre.pdf", octets=PDF))
    autre = compte("coordinateur")
    exchanged(autre, opened(autre, suivi.agent), "Phrase d’un autre accompagnement.")
    client, page = log_in(coordinateur), reverse("visites:echanges_remettre", args=[suivi.agent_id])
    assert "Cochez cette case" in client.post(page, {"mains": "on"}).content.decode()
    reponse = client.post(page, {"demande": "on", "mains": "on"})
    assert reponse["Content-Disposition"] == 'attachment; filename="copie.zip"'
    archive = zipfile.ZipFile(io.BytesIO(reponse.content))
    assert [n.partition("-")[0] for n in archive.namelist()] == ["echanges.pdf", "piece"]
    lu = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(archive.read("echanges.pdf"))).pages)
    assert "Phrase que personne" in lu and "Rappeler lundi" in lu and "autre accompagnement" not in lu
    assert LigneJournal.objects.filter(acte="visites.hand_over_echanges").count() == 1
    vide = log_in(compte("coordinateur")).get(page).content.decode()
    assert "Aucun échange à remettre" in vide


def test_list_counts_each_state_and_links_to_its_rows(client_de):
    client = client_de("coordinateur")
    attendus = {"retard": -1, "jour": 0, "a_venir": 5, "sans_etape": None}
    for dans in attendus.values():
        etape = "" if dans is None else "Rappeler."
        exchanged(
            client.compte,
            opened(client.compte, AgentFactory()),
            etape=etape,
            dans=max(dans, 0) if dans is not None else None,
        )
    EtapeEchange.objects.filter(pk=EtapeEchange.objects.order_by("pk").first().pk).update(
        prevue_le=timezone.localdate() - UN
    )
    close(client.compte, opened(client.compte, AgentFactory()))
    liste = reverse("visites:accompagnements")
    tous = client.get(liste)
    assert [v["compte"] for v in tous.context["vues"]] == [1, 1, 1, 1, 1, 5]
    for etat in (*attendus, "ferme"):
        assert client.get(liste, {"etat": etat}).context["total"] == 1
    ordre = [ligne.record.etat for ligne in tous.context["table"].page]
    assert ordre == ["retard", "jour", "a_venir", "sans_etape", "ferme"]


def test_workbook_of_the_list_holds_no_word(coordinateur, suivi):
    exchanged(coordinateur, suivi, SECRET, etape="Rappeler lundi.", dans=1)
    client = log_in(coordinateur)
    reponse = client.get(reverse("visites:accompagnements"), {"format": "xlsx"})
    contenu = zipfile.ZipFile(io.BytesIO(reponse.content))
    clair = "".join(contenu.read(nom).decode("utf-8", "ignore") for nom in contenu.namelist())
    assert suivi.agent.nom.upper() in clair.upper()
    assert SECRET not in clair and "Rappeler" not in clair


def test_list_is_filtered_by_agent_person_and_restriction(client_de, coordinateur, suivi):
    client = client_de("chef")
    autre = opened(compte("coordinateur"), AgentFactory(nom="Wamytan"))
    name(client.compte, autre, client.compte)
    restrict(client.compte, autre)
    liste = reverse("visites:accompagnements")
    trouves = {
        cle: [ligne.record for ligne in client.get(liste, requete).context["table"].page]
        for cle, requete in {
            "q": {"q": "wamytan"},
            "moi": {"personne": client.compte.pk},
            "lui": {"personne": coordinateur.pk},
            "reserve": {"reserve": "oui"},
            "non": {"reserve": "non"},
        }.items()
    }
    assert trouves == {"q": [autre], "moi": [autre], "lui": [suivi], "reserve": [autre], "non": [suivi]}


def test_first_page_holds_the_late_ones_and_those_of_the_day_as_the_list_counts_them(client_de):
    client, chef = client_de("coordinateur"), client_de("chef")
    for _ in range(7):
        exchanged(client.compte, opened(client.compte, AgentFactory()), etape=SECRET, dans=0)
    premiers = EtapeEchange.objects.order_by("pk").values_list("pk", flat=True)[:6]
    EtapeEchange.objects.filter(pk__in=list(premiers)).update(prevue_le=timezone.localdate() - UN)
    page = client.get(reverse("accueil")).content.decode()
    liste = reverse("visites:accompagnements")
    assert page.count("Prochaine étape prévue") == 6 and "1 autre accompagnement" in page
    assert f"{liste}?etat=retard" in page and SECRET not in page
    assert client.get(liste, {"etat": "retard"}).context["total"] == 6
    assert client.get(liste, {"etat": "jour"}).context["total"] == 1
    assert "Prochaine étape prévue" not in chef.get(reverse("accueil")).content.decode()


def test_pages_ask_as_much_of_few_rows_as_of_many(coordinateur, suivi):
    client, medecin = log_in(coordinateur), compte("medecin")
    lecteur = log_in(medecin)
    premier = exchanged(coordinateur, suivi, etape="Rappeler.", dans=1)
    pages = (
        (client, reverse("visites:accompagnement", args=[suivi.cle])),
        (client, reverse("visites:accompagnements_agent", args=[suivi.agent_id])),
        (client, reverse("visites:echange", args=[premier.cle])),
        (lecteur, reverse("visites:echanges_montres")),
    )
    couts = []
    for _ in range(2):
        for _ in range(8):
            echange = exchanged(coordinateur, suivi, etape="Rappeler.", dans=1)
            octets = PDF.replace(b"trailer", f"% {echange.pk}\ntrailer".encode())
            attach_piece(**faits(coordinateur, note=premier, nom="lettre.pdf", octets=octets))
            shown(coordinateur, echange, medecin)
        couts.append([count_sql(qui, page) for qui, page in pages])
        autre = compte("coordinateur")
        name(autre, opened(autre, suivi.agent), coordinateur)
    assert couts[0] == couts[1] and max(couts[0]) <= 15, couts


def count_sql(client, page):
    with Compteur() as sql:
        assert client.get(page).status_code == 200
    return len(sql)


def test_restricted_one_goes_back_to_the_chief_once_nobody_named_has_an_account(coordinateur, suivi):
    exchanged(coordinateur, suivi)
    restrict(coordinateur, suivi)
    chef, autre = log_in(compte("chef")), log_in(compte("coordinateur"))
    page = reverse("visites:accompagnement", args=[suivi.cle])
    assert chef.get(page).status_code == autre.get(page).status_code == 404
    ferme = {"is_active": False, "ferme_le": timezone.now(), "motif_fermeture": "depart"}
    type(coordinateur).objects.filter(pk=coordinateur.pk).update(**ferme)
    assert chef.get(page).status_code == 200 and autre.get(page).status_code == 404
    suivante = compte("coordinateur")
    nommer = reverse("visites:accompagnement_nommer", args=[suivi.cle])
    assert chef.post(nommer, {"compte": suivante.pk}).status_code == 302
    assert chef.get(page).status_code == 404 and log_in(suivante).get(page).status_code == 200
