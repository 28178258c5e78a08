"""A letter goes once, whatever starts again; a lot is bound in mailing order and hands over each letter."""

from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.actions import (
    Pli,
    issue_lettres,
    load_entete,
    mailing_order,
    make_lot,
    open_lot,
    read_cadre,
    request_courrier,
)
from documents.actions import lots as atelier
from documents.mise_en_page import Page
from documents.models import Document, LettreEmise, LotLettres
from documents.tasks import make_courrier
from documents.valeurs import address_of, agent_values
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.pdf import is_pdf_possible
from nouvea_sst.travaux.models import Travail
from tests.agents.factories import AgentFactory, StructureFactory
from tests.documents.factories import SignataireFactory, published
from tests.fabriques import compte

pytestmark = pytest.mark.django_db
avec_pango = pytest.mark.skipif(not is_pdf_possible(), reason="pango is not there")
TACHE = "documents.make_courrier"


@pytest.fixture
def chef():
    load_entete(acteur=None)
    published()
    return compte("chef")


def pli_for(agent, cle=""):
    valeurs = agent_values(agent) | {"courrier.objet": "Essai", "courrier.texte": "Bonjour."}
    return Pli(agent, cle or f"essai:{agent.pk}", Page(published(), valeurs, address_of(agent)))


def lot_of(acteur, agents):
    lot = open_lot(acteur=acteur, intitule="Essai", saisie={}, tache=TACHE)
    return fill(acteur, lot, agents)


def fill(acteur, lot, agents):
    cadre = read_cadre(signataire=None, jour=timezone.localdate())
    plis = [pli_for(a) for a in sorted(agents, key=lambda a: mailing_order(agent=a))]
    return make_lot(acteur=acteur, lot=lot, plis=plis, cadre=cadre, maintenant=timezone.now())


def test_same_key_gives_the_same_letter(chef):
    agent = AgentFactory()
    plis = [(pli_for(agent), b"%PDF")]
    faites = [issue_lettres(acteur=chef, maintenant=timezone.now(), plis=plis) for _ in range(3)]
    assert [len(lettres) for lettres in faites] == [1, 0, 0]
    assert LettreEmise.objects.count() == Document.objects.count() == 1
    assert LigneJournal.objects.filter(acte="documents.issue_lettre").count() == 1


@avec_pango
def test_lot_stopped_in_the_middle_goes_on_and_sends_nothing_twice(chef):
    agents = AgentFactory.create_batch(4)
    lot = open_lot(acteur=chef, intitule="Essai", saisie={"a": 1}, tache=TACHE)
    vraie, faites = atelier.issue_lettres, []

    def stop_after_two(**choses):
        if faites:
            raise RuntimeError("panne plantée")
        faites.append(vraie(**choses))
        return faites[0]

    coupure = mock.patch.object(atelier, "issue_lettres", stop_after_two)
    with coupure, mock.patch.object(atelier, "PAR_LOT", 2), pytest.raises(RuntimeError):
        fill(chef, lot, agents)
    assert (LettreEmise.objects.count(), bytes(LotLettres.objects.get().contenu)) == (2, b"")
    fini = fill(chef, lot, agents)
    assert (LettreEmise.objects.count(), fini.nombre, fini.saisie) == (4, 4, {})
    assert bytes(fini.contenu).startswith(b"%PDF")
    assert {bytes(d.contenu)[:4] for d in Document.objects.all()} == {b"%PDF"}


@avec_pango
def test_letter_of_an_earlier_lot_is_left_out_and_named(chef):
    deja, neuf = AgentFactory.create_batch(2)
    lot_of(chef, [deja])
    second = lot_of(chef, [deja, neuf])
    assert (second.nombre, LettreEmise.objects.count()) == (1, 2)
    assert second.ecartees == [f"{deja} : courrier libre déjà établie."]


def test_mailing_order_is_direction_service_name():
    directions = [StructureFactory(sigle=s, niveau="direction") for s in ("ZED", "ABC")]
    agents = [
        AgentFactory(
            nom=nom,
            nom_cle=nom,
            structure=StructureFactory(sigle=sigle, parent=direction, direction=direction),
        )
        for nom, sigle, direction in [
            ("b", "S3", directions[0]),
            ("z", "S1", directions[1]),
            ("a", "S2", directions[1]),
        ]
    ]
    sans = AgentFactory(nom_cle="sans", structure=None)
    rangs = sorted([*agents, sans], key=lambda a: mailing_order(agent=a))
    assert [a.nom_cle for a in rangs] == ["sans", "z", "a", "b"]


@avec_pango
def test_letter_of_ones_own_words_is_made_by_the_worker_once(chef):
    agent = AgentFactory()
    SignataireFactory()
    lot = request_courrier(
        acteur=chef,
        agent=agent,
        objet="Équipement",
        texte="Il est {agent.nom}.",
        mode="papier",
        signataire=None,
    )
    for _ in range(2):
        make_courrier(travail_id=lot.travail_id, lot_id=lot.pk)
    lettre = LettreEmise.objects.get()
    assert (lettre.agent, lettre.lot) == (agent, lot)
    assert LotLettres.objects.get().saisie == {}
    assert Travail.objects.get(pk=lot.travail_id).adresse_resultat == reverse("documents:lot", args=[lot.pk])


def test_what_one_types_stands_neither_in_the_queue_nor_in_the_journal(chef):
    request_courrier(
        acteur=chef,
        agent=AgentFactory(),
        objet="Confidence",
        texte="Confidence",
        mode="papier",
        signataire=None,
    )
    lignes = LigneJournal.objects.values_list("objet_libelle", flat=True)
    assert not any("Confidence" in ligne for ligne in lignes)


def test_a_delegation_that_is_over_signs_nothing(chef):
    jour = timezone.localdate()
    SignataireFactory(date_fin=jour.replace(year=jour.year - 1))
    assert read_cadre(signataire=None, jour=jour).signataire is None
    valide = SignataireFactory(date_fin=jour)
    assert read_cadre(signataire=None, jour=jour).signataire == valide


def test_register_shows_a_letter_with_its_file_and_filters(client_de, chef):
    agent = AgentFactory(nom="Kaloi", nom_cle="kaloi ana")
    autre = AgentFactory(nom="Wamo", nom_cle="wamo bea")
    plis = [(pli_for(a), b"%PDF") for a in (agent, autre)]
    issue_lettres(acteur=chef, maintenant=timezone.now(), plis=plis)
    page = client_de("coordinateur").get(reverse("documents:lettres"), {"q": "kaloi"}).content.decode()
    assert str(agent) in page and str(autre) not in page
    lettre = LettreEmise.objects.get(agent=agent)
    assert reverse("documents:ouvrir", args=[lettre.document_id]) in page
