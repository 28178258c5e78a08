"""The screens of the rules of visits: list, versions, form, preview, trial; who may, and two at once."""

import datetime
import re
from html import unescape

import pytest
from django.urls import reverse

from tests.fabriques import compte, log_in
from tests.surete.formulaires import open_form, pick_form
from tests.visites.ecrans_regles import SOURCE, address, adopt_tried, send, text
from tests.visites.factories import JOUR, DemandeVisiteFactory
from visites.actions import refresh_suivis
from visites.models import EssaiRegle, Motif, RegleVisite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles", "jour")]
D = datetime.date


def test_the_list_has_one_row_a_rule_in_words_with_its_next_version(chef):
    send(chef, bouton="adopter", seuil="15")
    page = chef.get(address("regles"))
    assert page.context["total"] == 18
    for mots in (
        "plus de 30 et moins de 90 jours",
        "2 jours après le dernier jour du fait",
        "au moins 1 rendez-vous manqué",
        "01/12/2026",
        "Hypothèse à confirmer",
        reverse("referentiel:parametre", args=["visites.periodicite.adapte"]),
    ):
        assert mots in text(page)
    classeur = chef.get(address("regles"), {"format": "xlsx"})
    assert classeur["Content-Disposition"] == 'attachment; filename="regles-de-visite.xlsx"'


def test_the_reference_data_leads_to_the_rules(chef):
    assert address("regles") in chef.get(reverse("referentiel:accueil")).content.decode()


def test_the_page_of_a_rule_shows_versions_differences_and_visits_due(chef, malade):
    send(chef, "sans_visite", bouton="adopter", priorite="5")
    page = text(chef.get(address("regle", "sans_visite")))
    for mots in ("À venir", "En vigueur", "Priorité : 25 → 5", "Version d’une règle de visite adoptée"):
        assert mots in page
    lien = re.search(r'data-label="Visites dues"><a href="([^"]+)">1</a>', page)
    assert chef.get(unescape(lien[1])).context["total"] == 1
    assert chef.get(address("regle", "inconnue")).status_code == 404


@pytest.mark.parametrize("role", ["chef", "medecin"])
def test_every_number_of_visits_due_is_a_link_to_exactly_them(client_de, malade, role):
    for _ in range(2):
        DemandeVisiteFactory(origine="agent")
    DemandeVisiteFactory(origine="service")
    refresh_suivis(acteur=None, jour=JOUR)
    client, comptes = client_de(role), {}
    page = client.get(address("regles")).content.decode()
    for adresse, nombre in re.findall(r'<a href="(/visites/[?]regle=[^"]+)">(\d+)</a>', page):
        lignes = client.get(unescape(adresse)).context
        assert lignes["total"] == int(nombre), adresse
        comptes[adresse.partition("=")[2]] = int(nombre)
    assert comptes["sans_visite"] == 4
    # Of requests the number would say who asked.
    assert ("demande_agent" in comptes) is (role != "chef")
    demandees = client.get(reverse("visites:liste"), {"regle": "demande_agent"}).context
    assert demandees["filtre"].form.is_valid() is (role != "chef")


def test_numbers_of_visits_due_are_for_who_reads_due_dates(client_de, malade):
    for role, voit in (("medecin", True), ("preventeur", False), ("administrateur", False)):
        client = client_de(role)
        assert ("Visites dues" in text(client.get(address("regles")))) is voit
        assert ("Visites dues" in text(client.get(address("regle", "sans_visite")))) is voit


def test_the_form_offers_what_the_calculation_reads(chef):
    def fields(code):
        return set(chef.get(address("nouvelle_regle", code)).context["form"].fields)

    assert not fields("periodique") & {"seuil", "decalage", "types_absence", "recul_mois"}
    assert fields("maladie") >= {"seuil", "seuil_fin", "decalage", "depart", "types_absence"}
    assert "motif" not in fields("relance")
    assert chef.get(address("nouvelle_regle", "fin_cld")).status_code == 200
    for code in RegleVisite.objects.values_list("declencheur", flat=True):
        reponse = send(chef, code, bouton="adopter", priorite="9")
        assert reponse.status_code == 302, (code, reponse.context["form"].errors)
    assert RegleVisite.objects.filter(priorite=9).count() == 18


def test_preview_writes_nothing_and_says_what_changes(chef):
    page = text(send(chef, seuil="15"))
    assert "plus de 30 et moins de 90 jours → <b>plus de 15 et moins de 90 jours</b>" in page
    assert "la phrase reste « Retour d’absences" in page
    assert RegleVisite.objects.count() == 18
    assert send(chef, seuil="15", bouton="revenir").context["form"]["seuil"].value() == "15"


def test_the_hole_of_the_former_software_at_ninety_days_is_said_before_adopting(chef):
    page = text(send(chef, "longue_maladie", operateur="gt"))
    assert "Les absences pour maladie de 90 jours exactement ne donneront aucune visite de reprise" in page
    send(chef, "longue_maladie", operateur="gt", bouton="adopter")
    assert "90 jours exactement" not in text(chef.get(address("regle", "longue_maladie")))


@pytest.mark.parametrize(
    "saisie, champ",
    [
        ({"seuil": "90", "seuil_fin": "30"}, "seuil_fin"),
        ({"seuil": ""}, "seuil"),
        ({"decalage": ""}, "decalage"),
        ({"decalage": "900"}, "decalage"),
        ({"date_effet": "23/11/2026"}, "date_effet"),
        ({"source": ""}, "source"),
        ({"fiabilite": ""}, "fiabilite"),
        ({"types_absence": ["999"]}, "types_absence"),
        ({"motif": "0"}, "motif"),
    ],
)
def test_refusals_stand_beside_their_field_and_write_nothing(chef, saisie, champ):
    for bouton in ("", "essayer"):
        assert set(send(chef, bouton=bouton, **saisie).context["form"].errors) == {champ}
    assert RegleVisite.objects.count() == 18 and not EssaiRegle.objects.exists()


def test_a_motive_put_aside_is_not_offered(chef):
    motif = Motif.objects.get(code="reprise_maladie")
    Motif.objects.filter(pk=motif.pk).update(actif=False)
    assert set(send(chef, motif=motif.pk).context["form"].errors) == {"motif"}


def test_the_second_of_two_editors_sees_both_texts_and_may_insist(chef):
    autre = log_in(compte("medecin"))
    page = address("nouvelle_regle", "maladie")
    vieux = open_form(autre, page, "visites:nouvelle_regle")
    send(chef, bouton="adopter", priorite="33")
    donnees = vieux.filled(date_effet="02/12/2026", priorite="44", essayer="1", **SOURCE)
    reponse = autre.post(page, donnees)
    conflit = text(reponse).split("Quelqu’un d’autre a enregistré", 1)[1].split("</table>", 1)[0]
    assert "33" in conflit and "44" in conflit
    repris = pick_form(reponse.content.decode(), page, "visites:nouvelle_regle")
    adopt_tried(autre, autre.post(page, repris.filled(essayer="1")).url)
    assert RegleVisite.objects.filter(declencheur="maladie").count() == 3


def test_a_version_to_come_is_corrected_and_withdrawn_on_screen_by_two_people(chef):
    send(chef, bouton="adopter", priorite="33")
    future = RegleVisite.objects.get(priorite=33)
    page = address("corriger_regle", future.pk)
    autre = log_in(compte("medecin"))
    vieux = open_form(autre, page, "visites:corriger_regle").filled(
        priorite="77", raison="Faute", confirmer="1"
    )
    mien = open_form(chef, page, "visites:corriger_regle").filled(priorite="66", raison="Faute")
    assert "33 → <b>66</b>" in text(chef.post(page, mien))
    assert chef.post(page, mien | {"confirmer": "1"}).status_code == 302
    reponse = text(autre.post(page, vieux))
    conflit = reponse.split("Quelqu’un d’autre a enregistré", 1)[1].split("</table>", 1)[0]
    assert "66" in conflit and "77" in conflit
    future.refresh_from_db()
    assert (future.priorite, future.version) == (66, 2)
    chef.post(address("retirer_regle", future.pk), {"version": "2", "raison": "Décision annulée"})
    assert "retirée : Décision annulée" in text(chef.get(address("regle", "maladie")))
    commencee = RegleVisite.objects.get(declencheur="maladie", date_effet=D(2000, 1, 1))
    for vue in ("corriger_regle", "retirer_regle"):
        assert chef.get(address(vue, commencee.pk)).status_code == 404
