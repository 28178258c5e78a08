"""Follow-ups and exchanges: who keeps, who reads, what stays; nobody opens his own."""

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.enums import NatureJournal, Role
from nouvea_sst.comptes.models import LigneJournal, SaisieGardee
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import AgentFactory, CollectiviteFactory, ResponsabiliteFactory
from tests.fabriques import compte, log_in
from tests.visites.echanges import (
    SECRET,
    close,
    exchanged,
    faits,
    name,
    opened,
    page_of,
    restrict,
    shown,
    typed,
)
from tests.visites.notes import PDF
from visites.actions import (
    amend_echange,
    attach_piece,
    end_etape,
    open_accompagnement,
    release_membre,
    withdraw_share,
)
from visites.enums import FinEtape
from visites.models import Accompagnement, Echange, EtapeEchange, VersionEchange
from visites.rules.echanges import ETAPE_MAX
from visites.rules.notes import TEXTE_MAX

pytestmark = pytest.mark.django_db
UN = datetime.timedelta(days=1)
LECTEURS = [Role.COORDINATEUR, Role.CHEF, Role.MEDECIN, Role.PSYCHOLOGUE]
AUTRES = [role for role in Role if role not in LECTEURS]


@pytest.fixture
def coordinateur():
    return compte("coordinateur")


@pytest.fixture
def suivi(coordinateur):
    return opened(coordinateur, AgentFactory())


def test_coordinator_opens_writes_reads_and_says_what_comes_next(client_de):
    client, agent = client_de("coordinateur"), AgentFactory()
    onglet = reverse("visites:accompagnements_agent", args=[agent.pk])
    assert "Ouvrir un accompagnement" in client.get(onglet).content.decode()
    client.post(reverse("visites:accompagnement_ouvrir", args=[agent.pk]))
    suivi = Accompagnement.objects.get()
    ecrire = reverse("visites:echange_ecrire", args=[suivi.cle])
    demain = timezone.localdate() + UN
    saisie = typed(etape="Rappeler lundi.", prevue_le=f"{demain:%d/%m/%Y}")
    assert client.post(ecrire, saisie).url == page_of(suivi)
    echange, etape = Echange.objects.get(), EtapeEchange.objects.get()
    assert SECRET in client.get(page_of(echange)).content.decode()
    lue = client.get(page_of(suivi)).content.decode()
    assert "Rappeler lundi." in lue and SECRET not in lue
    client.post(reverse("visites:etape_finir", args=[etape.cle]), {"fin": "faite"})
    etape.refresh_from_db()
    assert etape.fin == "faite" and etape.finie_par == str(client.compte)
    assert "Rappeler lundi." not in client.get(page_of(suivi)).content.decode()
    assert "Faite le" in client.get(page_of(echange)).content.decode()


@pytest.mark.parametrize("role", AUTRES)
def test_other_roles_open_nothing(client_de, role, coordinateur, suivi):
    echange, client = exchanged(coordinateur, suivi, SECRET), client_de(role)
    for page in (page_of(suivi), page_of(echange), reverse("visites:accompagnements")):
        assert client.get(page).status_code == 403
    assert not Echange.objects.visible_to(client.compte).exists()


def test_only_assigned_coordinators_read_and_the_one_taken_off_no_more(coordinateur, suivi):
    echange, autre = exchanged(coordinateur, suivi, SECRET), compte("coordinateur")
    client = log_in(autre)
    assert [client.get(page_of(un)).status_code for un in (suivi, echange)] == [404, 404]
    assert client.get(reverse("visites:echange_ecrire", args=[suivi.cle])).status_code == 404
    with pytest.raises(PermissionDenied):
        exchanged(autre, suivi)
    membre = name(coordinateur, suivi, autre)
    assert SECRET in client.get(page_of(echange)).content.decode()
    exchanged(autre, suivi)
    release_membre(**faits(coordinateur, membre=membre))
    assert [client.get(page_of(un)).status_code for un in (suivi, echange)] == [404, 404]


def test_chief_reads_and_does_not_write(client_de, coordinateur, suivi):
    client, echange = client_de("chef"), exchanged(coordinateur, suivi, SECRET)
    assert SECRET in client.get(page_of(echange)).content.decode()
    assert "Écrire un échange" not in client.get(page_of(suivi)).content.decode()
    for nom, cle in (("echange_ecrire", suivi.cle), ("echange_amender", echange.cle)):
        assert client.get(reverse(f"visites:{nom}", args=[cle])).status_code == 403
    with pytest.raises(PermissionDenied):
        amend_echange(**faits(client.compte, note=echange, version=1, texte="Autre.", raison="Ainsi."))


def test_restricted_one_exists_for_the_people_named_alone(client_de, coordinateur, suivi):
    client, echange = client_de("chef"), exchanged(coordinateur, suivi, SECRET)
    nommee = compte("chef")
    name(coordinateur, suivi, nommee)
    restrict(coordinateur, suivi)
    assert [client.get(page_of(un)).status_code for un in (suivi, echange)] == [404, 404]
    onglet = reverse("visites:accompagnements_agent", args=[suivi.agent_id])
    for page in (onglet, reverse("visites:accompagnements")):
        assert str(suivi.cle) not in client.get(page).content.decode()
    with pytest.raises(PermissionDenied):
        restrict(client.compte, suivi, False)
    assert SECRET in log_in(nommee).get(page_of(echange)).content.decode()
    restrict(coordinateur, suivi, False)
    assert SECRET in client.get(page_of(echange)).content.decode()


def test_chief_who_restricts_stays_named(client_de, suivi):
    client = client_de("chef")
    client.post(reverse("visites:accompagnement_reserver", args=[suivi.cle]), {"version": suivi.version})
    suivi.refresh_from_db()
    assert suivi.restreint and client.get(page_of(suivi)).status_code == 200


@pytest.mark.parametrize("role", ["medecin", "psychologue"])
def test_care_staff_reads_only_the_exchange_that_is_shown(role, coordinateur, suivi):
    montre, tu = exchanged(coordinateur, suivi, SECRET), exchanged(coordinateur, suivi)
    lecteur, confrere = compte(role), compte(role)
    client = log_in(lecteur)
    assert client.get(page_of(montre)).status_code == 404
    partage = shown(coordinateur, montre, lecteur)
    assert SECRET in client.get(page_of(montre)).content.decode()
    assert str(montre.cle) in client.get(reverse("visites:echanges_montres")).content.decode()
    assert client.get(page_of(tu)).status_code == 404 and client.get(page_of(suivi)).status_code == 403
    assert log_in(confrere).get(page_of(montre)).status_code == 404
    for nom in ("echange_amender", "echange_montrer", "echange_joindre"):
        assert client.get(reverse(f"visites:{nom}", args=[montre.cle])).status_code == 403
    withdraw_share(acteur=coordinateur, partage=partage)
    assert client.get(page_of(montre)).status_code == 404


def test_share_ends_after_its_day_and_nurse_is_never_shown(coordinateur, suivi):
    echange, medecin = exchanged(coordinateur, suivi), compte("medecin")
    partage = shown(coordinateur, echange, medecin, jours=0)
    assert echange in Echange.objects.visible_to(medecin)
    type(partage).objects.update(jusqu_au=timezone.localdate() - UN)
    assert echange not in Echange.objects.visible_to(medecin)
    for refuse in (compte("infirmier"), compte("chef"), compte("coordinateur")):
        with pytest.raises(ValidationError):
            shown(coordinateur, echange, refuse)


def test_share_is_withdrawn_from_a_closed_one_too(coordinateur, suivi):
    echange, medecin = exchanged(coordinateur, suivi), compte("medecin")
    partage = shown(coordinateur, echange, medecin)
    close(coordinateur, suivi)
    retirer = reverse("visites:echange_partage_retirer", args=[echange.cle, partage.pk])
    assert log_in(coordinateur).post(retirer).status_code == 302
    assert echange not in Echange.objects.visible_to(medecin)


@pytest.mark.parametrize("role", LECTEURS)
def test_nobody_opens_his_own(role, coordinateur, suivi):
    echange, moi = exchanged(coordinateur, suivi, SECRET), compte(role)
    if role in {Role.COORDINATEUR, Role.CHEF}:
        name(coordinateur, suivi, moi)
    else:
        shown(coordinateur, echange, moi)
    client = log_in(moi)
    assert SECRET in client.get(page_of(echange)).content.decode()
    suivi.agent.compte = moi
    suivi.agent.save()
    assert client.get(page_of(echange)).status_code == 404
    assert not Accompagnement.objects.visible_to(moi).exists()
    assert not Echange.objects.visible_to(moi).exists()


def test_coordinator_neither_opens_his_own_nor_is_named_on_it(client_de, coordinateur, suivi):
    client = client_de("coordinateur")
    agent = AgentFactory(compte=client.compte)
    onglet = client.get(reverse("visites:accompagnements_agent", args=[agent.pk]))
    assert "Votre propre fiche" in onglet.content.decode()
    assert client.post(reverse("visites:accompagnement_ouvrir", args=[agent.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        open_accompagnement(**faits(client.compte, agent=agent))
    sien = opened(coordinateur, agent)
    with pytest.raises(ValidationError):
        name(coordinateur, sien, client.compte)


def test_agents_of_an_employer_out_of_reach_are_not_read(coordinateur, suivi):
    echange, medecin = exchanged(coordinateur, suivi), compte("medecin")
    shown(coordinateur, echange, medecin)
    ResponsabiliteFactory(compte=medecin, structure=None, collectivite=CollectiviteFactory())
    assert echange not in Echange.objects.visible_to(type(medecin).objects.get(pk=medecin.pk))


@pytest.mark.parametrize(
    "champs, phrase",
    [
        ({"texte": " "}, "un texte vide ne se signe pas"),
        ({"texte": "a" * (TEXTE_MAX + 1)}, "100\u202f001 signes"),
        ({"date": "31/12/2999"}, "jour à venir"),
        ({"etape": "Rappeler."}, "Donnez le jour de la prochaine étape"),
        ({"prevue_le": "31/12/2999"}, "Dites ce qui est à faire"),
        ({"etape": "Rappeler.", "prevue_le": "01/01/2020"}, "Ce jour est passé"),
        ({"etape": "a" * (ETAPE_MAX + 1), "prevue_le": "31/12/2999"}, "300 signes au plus"),
        ({"nature": "rêve"}, "rêve"),
    ],
)
def test_refusal_stands_beside_its_field_and_nothing_is_lost(coordinateur, suivi, champs, phrase):
    saisie = typed(**champs)
    page = log_in(coordinateur).post(reverse("visites:echange_ecrire", args=[suivi.cle]), saisie)
    lue = page.content.decode()
    assert page.status_code == 200 and phrase in lue and saisie["texte"] in lue
    assert not Echange.objects.exists() and not EtapeEchange.objects.exists()


def test_same_form_sent_twice_signs_one_exchange(coordinateur, suivi):
    client, ecrire = log_in(coordinateur), reverse("visites:echange_ecrire", args=[suivi.cle])
    jeton = re.search(r'name="jeton" value="([^"]+)"', client.get(ecrire).content.decode())[1]
    for _ in range(2):
        assert client.post(ecrire, typed(jeton=jeton)).url == page_of(suivi)
    assert Echange.objects.count() == VersionEchange.objects.count() == 1


def test_second_follow_up_of_the_same_agent_is_not_opened_by_a_double_click(coordinateur, suivi):
    client, agent = log_in(coordinateur), suivi.agent
    page = client.post(reverse("visites:accompagnement_ouvrir", args=[agent.pk]), follow=True)
    assert "Vous accompagnez déjà cet agent" in page.content.decode()
    assert Accompagnement.objects.count() == 1


def test_amending_keeps_what_was_signed_and_says_why(coordinateur, suivi):
    echange, client = exchanged(coordinateur, suivi, SECRET), log_in(coordinateur)
    amender = reverse("visites:echange_amender", args=[echange.cle])
    saisie = {"texte": f"{SECRET} Suite.", "version": 1}
    refus = client.post(amender, saisie | {"raison": " "}).content.decode()
    assert "Dites pourquoi" in refus and f"{SECRET} Suite." in refus
    client.post(amender, saisie | {"raison": "Date mal dite."})
    assert [unseal(v, "texte") for v in echange.versions.all()] == [f"{SECRET} Suite.", SECRET]
    lue = client.get(page_of(echange)).content.decode()
    assert "Version 1" in lue and "Date mal dite." in lue
    with pytest.raises(VersionPerimee):
        amend_echange(**faits(coordinateur, note=echange, version=1, texte="Autre.", raison="Ainsi."))
    deux = client.post(amender, {"texte": "Autre fenêtre.", "version": 1, "raison": "Ainsi."})
    assert "Autre fenêtre." in deux.content.decode() and echange.versions.count() == 2


def test_step_ends_once_and_what_is_still_to_do_keeps_the_follow_up_open(coordinateur, suivi):
    exchanged(coordinateur, suivi, etape="Rappeler.", dans=2)
    etape = EtapeEchange.objects.get()
    with pytest.raises(ValidationError, match="Encore une étape"):
        close(coordinateur, suivi)
    for fin in (FinEtape.ABANDONNEE, FinEtape.FAITE):
        end_etape(**faits(coordinateur, etape=etape, fin=fin))
    etape.refresh_from_db()
    assert etape.fin == FinEtape.ABANDONNEE
    assert LigneJournal.objects.filter(acte="visites.end_etape").count() == 1
    assert close(coordinateur, suivi).ferme_le == timezone.localdate()
    with pytest.raises(PermissionDenied):
        end_etape(**faits(compte("chef"), etape=etape, fin=FinEtape.FAITE))


def test_closed_one_is_read_and_gives_back_what_was_typed(coordinateur, suivi):
    echange, client = exchanged(coordinateur, suivi, "Signé."), log_in(coordinateur)
    close(coordinateur, suivi)
    assert "Signé." in client.get(page_of(echange)).content.decode()
    page = client.post(reverse("visites:echange_ecrire", args=[suivi.cle]), typed()).content.decode()
    assert "Cet accompagnement est fermé" in page and SECRET in page
    saisie = {"texte": SECRET, "version": 1, "raison": "Ainsi."}
    page = client.post(reverse("visites:echange_amender", args=[echange.cle]), saisie).content.decode()
    assert "Cet accompagnement est fermé" in page and SECRET in page
    close(coordinateur, suivi, ferme=False)
    exchanged(coordinateur, suivi)


def test_closing_from_an_old_page_changes_nothing(coordinateur, suivi):
    restrict(coordinateur, suivi)
    client, fermer = log_in(coordinateur), reverse("visites:accompagnement_fermer", args=[suivi.cle])
    assert "Fermer cet accompagnement" in client.get(fermer).content.decode()
    assert "a changé entre-temps" in client.post(fermer, {"version": 1}).content.decode()
    suivi.refresh_from_db()
    assert suivi.ferme_le is None
    assert client.post(fermer, {"version": suivi.version}).status_code == 302


def test_follow_up_keeps_a_coordinator(coordinateur, suivi):
    membre, autre = suivi.membres.get(), compte("coordinateur")
    retirer = reverse("visites:accompagnement_retirer", args=[suivi.cle, membre.pk])
    client = log_in(coordinateur)
    assert "garde un coordinateur" in client.post(retirer, follow=True).content.decode()
    name(coordinateur, suivi, autre)
    with pytest.raises(ValidationError):
        name(coordinateur, suivi, autre)
    assert client.post(retirer).url == reverse("visites:accompagnements")
    assert [m.compte for m in suivi.membres.in_force()] == [autre]


def test_exchanges_stand_latest_first(coordinateur, suivi):
    jour = timezone.localdate()
    for recul in (3, 9, 1):
        exchanged(coordinateur, suivi, date=jour - recul * UN)
    page = log_in(coordinateur).get(page_of(suivi))
    assert [(jour - lu.date).days for lu in page.context["echanges"]] == [1, 3, 9]


def test_naming_by_its_page(coordinateur, suivi):
    client, chef = log_in(coordinateur), compte("chef")
    page = reverse("visites:accompagnement_nommer", args=[suivi.cle])
    assert str(chef) in client.get(page).content.decode()
    assert "obligatoire" in client.post(page, {"compte": ""}).content.decode()
    client.post(page, {"compte": chef.pk})
    assert suivi.membres.in_force().filter(compte=chef).exists()


def test_attachment_is_sealed_and_saved_under_a_name_that_tells_nothing(coordinateur, suivi):
    echange, client = exchanged(coordinateur, suivi), log_in(coordinateur)
    acte = faits(coordinateur, note=echange, nom="courrier-2026.pdf", octets=PDF)
    piece = attach_piece(**acte)
    with pytest.raises(ValidationError, match="déjà joint"):
        attach_piece(**acte)
    assert b"courrier" not in bytes(piece.contenu) and "courrier" not in piece.nom
    reponse = client.get(reverse("visites:echange_piece", args=[echange.cle, piece.pk]))
    assert reponse.content == PDF and f"piece-{piece.pk}.pdf" in reponse["Content-Disposition"]
    assert reponse["X-Content-Type-Options"] == "nosniff"


def test_nothing_of_it_stands_in_the_clear(coordinateur, suivi):
    echange = exchanged(coordinateur, suivi, SECRET, etape=f"{SECRET} Demain.", dans=1)
    amend_echange(**faits(coordinateur, note=echange, version=1, texte="Autre.", raison=SECRET))
    with connection.cursor() as curseur:
        for table in ("visites_versionechange", "visites_etapeechange", "comptes_lignejournal"):
            curseur.execute(f"SELECT t::text FROM {table} t")  # noqa: S608
            assert SECRET[:12] not in str(curseur.fetchall())


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE visites_versionechange SET rang = 9",
        "UPDATE visites_versionechange SET texte = texte || 'x'",
        "UPDATE visites_versionechange SET raison = raison || 'x'",
        "DELETE FROM visites_versionechange",
        "DELETE FROM visites_etapeechange",
    ],
)
def test_database_refuses_to_rewrite_what_was_signed(ordre, coordinateur, suivi):
    exchanged(coordinateur, suivi, etape="Rappeler.", dans=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)


def test_every_reading_leaves_its_line_without_content(coordinateur, suivi):
    echange, client = exchanged(coordinateur, suivi, SECRET), log_in(coordinateur)
    avant = LigneJournal.objects.filter(nature=NatureJournal.CONSULTATION).count()
    client.get(page_of(suivi))
    client.get(page_of(echange))
    lignes = LigneJournal.objects.filter(nature=NatureJournal.CONSULTATION).order_by("pk")[avant:]
    assert [(ligne.acte, ligne.agent_cle) for ligne in lignes] == [
        ("visites.accompagnement", str(suivi.agent_id)),
        ("visites.echange", str(suivi.agent_id)),
    ]
    assert SECRET not in str(list(LigneJournal.objects.values_list()))


@pytest.mark.parametrize("nom", ["echange_ecrire", "echange_amender", "echange_montrer", "echange_joindre"])
def test_form_that_comes_too_late_leaves_nothing_on_the_server(nom, coordinateur, suivi):
    echange, client = exchanged(coordinateur, suivi), log_in(coordinateur)
    adresse = reverse(f"visites:{nom}", args=[suivi.cle if nom == "echange_ecrire" else echange.cle])
    marque = re.search(r'name="saisie_de" value="([^"]+)"', client.get(adresse).content.decode())[1]
    client.logout()
    page = client.post(adresse, {"texte": SECRET, "saisie_de": marque})
    assert page.status_code == 409 and SECRET in page.content.decode()
    assert not SaisieGardee.objects.exists()
