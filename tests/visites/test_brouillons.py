"""What a doctor types is kept sealed until he signs: a closed tab, two windows, two professionals."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.scelles import is_sealed
from tests.agents.factories import AgentFactory, PosteFactory
from tests.visites.factories import VisiteFactory
from tests.visites.test_views_conclusion import measure, page, typed
from visites.actions import forget_brouillons
from visites.models import BrouillonConclusion, Restriction, Visite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
TEXTE = "Prévoir un chariot réglable."


@pytest.fixture
def medecin(client_de):
    return client_de("medecin")


@pytest.fixture
def visite(medecin):
    agent = AgentFactory(statut="C", poste=PosteFactory(categorie_suivi="adapte"))
    return VisiteFactory(agent=agent, professionnel=medecin.compte)


def keep(client, visite, *mesures, brouillon=0, **champs):
    adresse = reverse("visites:brouillon", args=[visite.pk])
    return client.post(adresse, typed(*mesures, brouillon=brouillon, **champs), HTTP_HX_REQUEST="true")


def test_what_was_typed_comes_back_without_a_fault_and_is_sealed(medecin, visite):
    garde = keep(
        medecin,
        visite,
        measure(date_fin="6m"),
        measure("Télétravail", precision="", date_fin="31/0"),
        conclusion="amenagement",
        prochaine_visite="2",
        message_employeur=TEXTE,
    )
    assert "Brouillon gardé à" in garde.content.decode()
    contenu = BrouillonConclusion.objects.get().contenu
    assert is_sealed(contenu) and "chariot" not in contenu
    reponse = medecin.get(page(visite))
    texte = reponse.content.decode()
    assert "repris." in texte and TEXTE in texte and 'value="31/0"' in texte and 'value="6m"' in texte
    assert "is-invalid" not in texte and "invalid-feedback" not in texte
    assert reponse.context["brouillon_version"] == 1
    lue = reponse.context["lecture"]
    assert [m for m in lue.mesures if "24/05/2027" in m] and lue.message == TEXTE
    assert Visite.objects.get().etat == "placee" and not Restriction.objects.exists()


def test_nobody_else_reads_it(medecin, visite, client_de):
    keep(medecin, visite, message_employeur=TEXTE)
    Visite.objects.update(professionnel=None)
    confrere = client_de("medecin")
    assert TEXTE not in confrere.get(page(visite)).content.decode()
    assert TEXTE in medecin.get(page(visite)).content.decode()
    keep(confrere, visite, message_employeur="Autre texte.")
    assert BrouillonConclusion.objects.count() == 2


def test_signing_erases_it_and_beginning_again_too(medecin, visite):
    keep(medecin, visite, message_employeur=TEXTE)
    medecin.post(reverse("visites:brouillon", args=[visite.pk]), {"effacer": "1"})
    assert not BrouillonConclusion.objects.exists()
    assert TEXTE not in medecin.get(page(visite)).content.decode()
    keep(medecin, visite, message_employeur=TEXTE)
    medecin.post(page(visite), typed(message_employeur=TEXTE))
    assert Visite.objects.get().etat == "realisee" and not BrouillonConclusion.objects.exists()
    actes = [ligne.acte for ligne in LigneJournal.objects.all()]
    assert actes.count("visites.keep_brouillon") == 2 and actes.count("visites.drop_brouillon") == 1


def test_later_window_says_so_and_overwrites_only_when_asked(medecin, visite):
    keep(medecin, visite, message_employeur="Première fenêtre.")
    seconde = keep(medecin, visite, message_employeur="Seconde fenêtre.")
    texte = seconde.content.decode()
    assert "Une autre fenêtre a gardé un brouillon" in texte and "Garder ce qui est ici" in texte
    assert 'name="brouillon" value="0"' in texte
    assert "Première fenêtre." in medecin.get(page(visite)).content.decode()
    assert seconde.context["autre_version"] == 1
    keep(medecin, visite, brouillon=1, message_employeur="Seconde fenêtre.")
    assert "Seconde fenêtre." in medecin.get(page(visite)).content.decode()


def test_second_professional_is_told_and_keeps_what_he_typed(medecin, visite, client_de):
    Visite.objects.update(professionnel=None)
    confrere = client_de("medecin")
    keep(confrere, visite, message_employeur=TEXTE)
    medecin.post(page(visite), typed())
    refus = confrere.post(page(visite), typed(message_employeur=TEXTE, conclusion="inapte_poste"))
    texte = refus.content.decode()
    assert refus.status_code == 409 and TEXTE in texte and f"par {medecin.compte}" in texte
    assert Visite.objects.get().conclusion == "apte"
    sans_brouillon = client_de("medecin").post(page(visite), typed(message_employeur=TEXTE))
    assert sans_brouillon.status_code == 403


def test_missing_key_costs_the_draft_and_not_the_page(medecin, visite):
    keep(medecin, visite, message_employeur=TEXTE)
    BrouillonConclusion.objects.update(contenu="v1.00000000." + "A" * 16 + "." + "A" * 24)
    reponse = medecin.get(page(visite))
    assert reponse.status_code == 200 and "ne s’ouvre pas" in reponse.content.decode()
    assert "Une autre fenêtre" in keep(medecin, visite, message_employeur="x").content.decode()
    assert medecin.post(page(visite), typed()).status_code == 302


def test_drafts_of_long_ago_are_forgotten(medecin, visite):
    keep(medecin, visite, message_employeur=TEXTE)
    maintenant = timezone.now()
    assert forget_brouillons(maintenant=maintenant + datetime.timedelta(days=6)) == 0
    assert forget_brouillons(maintenant=maintenant + datetime.timedelta(days=8)) == 1


def test_text_too_long_is_refused_in_a_sentence(medecin, visite):
    reponse = keep(medecin, visite, message_employeur="x" * 60_001)
    assert "trop long" in reponse.content.decode() and not BrouillonConclusion.objects.exists()


def correct(medecin, visite):
    """Sign a conclusion, then leave its correction half typed."""
    medecin.post(page(visite), typed(measure(), conclusion="amenagement"))
    signee = Visite.objects.get()
    garde = keep(
        medecin,
        signee,
        measure(precision="5 kg", au_poste="on"),
        conclusion="amenagement",
        message_employeur=TEXTE,
        raison="Poids mal noté.",
    )
    return signee, garde.content.decode(), reverse("visites:corriger", args=[signee.pk])


def test_a_correction_left_half_typed_comes_back_and_goes_once_signed(medecin, visite):
    signee, garde, corriger = correct(medecin, visite)
    assert "la correction n’est pas signée" in garde
    assert "Poids" not in BrouillonConclusion.objects.get().contenu
    reponse = medecin.get(corriger)
    texte = reponse.content.decode()
    assert "repris." in texte and TEXTE in texte and 'value="5 kg"' in texte and "Poids mal noté." in texte
    assert "checked" in str(reponse.context["mesures"].forms[0]["au_poste"])
    assert "invalid-feedback" not in texte and Restriction.objects.get().precision == "10 kg"
    envoi = typed(measure(precision="5 kg"), conclusion="amenagement", raison="Poids mal noté.")
    assert medecin.post(corriger, envoi | {"version": signee.version}).status_code == 302
    assert not BrouillonConclusion.objects.exists()


def test_a_correction_begins_anew_from_what_was_signed(medecin, visite):
    signee, _, corriger = correct(medecin, visite)
    effacer = reverse("visites:brouillon", args=[signee.pk])
    assert medecin.post(effacer, {"effacer": "1"}).url == corriger
    texte = medecin.get(corriger).content.decode()
    assert 'value="10 kg"' in texte and "Poids mal noté." not in texte and "repris." not in texte


def test_what_was_typed_before_the_signature_is_no_draft_of_a_correction(medecin, visite):
    signee, _, corriger = correct(medecin, visite)
    BrouillonConclusion.objects.update(garde_le=signee.signee_le - datetime.timedelta(minutes=1))
    assert 'value="10 kg"' in medecin.get(corriger).content.decode()


def test_nobody_keeps_a_draft_of_a_correction_that_is_not_his(medecin, visite, client_de):
    signee, _, _ = correct(medecin, visite)
    assert keep(client_de("medecin"), signee).status_code == 403
    assert keep(client_de("infirmier"), signee).status_code == 403
    assert BrouillonConclusion.objects.count() == 1
