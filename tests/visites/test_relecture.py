"""What each reads is what the signer saw, and no clinical word leaves in it by mistake."""

import datetime
import html
import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from documents.actions import load_entete, load_modeles
from documents.mise_en_page import write_page
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory, PosteFactory, ResponsabiliteFactory, StructureFactory
from tests.fabriques import compte, log_in
from tests.visites.factories import JOUR, DemandeVisiteFactory, VisiteDueFactory, VisiteFactory
from visites.actions import (
    ask_visite,
    cancel_visite,
    choose_date,
    keep_demande,
    record_avis,
    refuse_visite,
    set_aside_due,
)
from visites.actions.certificats import write_certificat
from visites.models import DemandeVisite, MotClinique, MotConfirme, Restriction, TypeRestriction, Visite
from visites.rules.avis import Avis, Mesure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
FEUILLE = re.compile(r'<article class="sheet">.*?</article>', re.DOTALL)
MESSAGE = "Prévoir un chariot & un diable.\r\n<b>Merci</b> de l’installer avant la reprise."


@pytest.fixture
def medecin(client_de):
    return client_de("medecin", first_name="Anne", last_name="Le Goff")


@pytest.fixture
def encadrant(client_de):
    return client_de("encadrant")


@pytest.fixture
def visite(medecin, encadrant):
    structure = StructureFactory.create(sigle="DECV")
    poste = PosteFactory.create(intitule="Jardinier", categorie_suivi="adapte")
    agent = AgentFactory.create(
        statut="C", poste=poste, structure=structure, civilite="m", compte=compte("agent")
    )
    ResponsabiliteFactory.create(compte=encadrant.compte, structure=structure)
    return VisiteFactory.create(agent=agent, professionnel=medecin.compte)


def typed(*mesures, **champs):
    """What the browser posts: the second measure of a pair starts before the first."""
    lignes = {"mesures-TOTAL_FORMS": len(mesures), "mesures-INITIAL_FORMS": 0}
    for rang, mesure in enumerate(mesures):
        lignes |= {f"mesures-{rang}-{nom}": valeur for nom, valeur in mesure.items()}
    base = {
        "version": 1,
        "conclusion": "amenagement",
        "validite_mois": 12,
        "prochaine_visite": "24/11/2027",
        "message_employeur": MESSAGE,
    }
    return base | lignes | champs


def measure(libelle, precision, **champs):
    cle = TypeRestriction.objects.get(libelle=libelle).pk
    return {"type": cle, "precision": precision, "date_debut": "24/11/2026", "date_fin": ""} | champs


def both():
    return (
        measure("Aménagement matériel", "chariot < 12 kg", date_debut="01/12/2026"),
        measure("Port de charges limité", "10 kg", date_fin="24/05/2027"),
    )


def sheet(client, adresse, donnees=None, **suite):
    reponse = client.get(adresse) if donnees is None else client.post(adresse, donnees, **suite)
    return FEUILLE.search(reponse.content.decode())[0]


def previews(medecin, visite, saisie):
    adresse = reverse("visites:apercu", args=[visite.pk])
    return {
        lecteur: sheet(medecin, adresse, saisie | {"lecteur": lecteur})
        for lecteur in ("agent", "encadrant", "section")
    }


@pytest.mark.parametrize("champs", [{}, {"validite_mois": "", "prochaine_visite": ""}])
def test_each_reads_byte_for_byte_what_the_doctor_saw(medecin, encadrant, visite, champs):
    saisie = typed(*both(), **champs)
    vues = previews(medecin, visite, saisie)
    assert medecin.post(reverse("visites:conclure", args=[visite.pk]), saisie).status_code == 302
    page = reverse("visites:visite", args=[visite.pk])
    assert sheet(log_in(visite.agent.compte), page) == vues["agent"]
    assert sheet(encadrant, page) == vues["encadrant"]
    for role in ("chef", "rh"):
        assert sheet(log_in(compte(role)), page) == vues["section"]
    # « Seul le coordinateur voit qui a demandé la visite » : one line differs, as the preview says.
    coordinateur = sheet(log_in(compte("coordinateur")), page)
    assert coordinateur.replace("À la demande de l’agent", "À la demande") == vues["section"]
    assert "<b>Merci" not in vues["agent"] and "&lt;b&gt;Merci" in vues["agent"]


def certificate(visite):
    """The paper of a visit, as it is laid out."""
    load_entete(acteur=None)
    load_modeles(acteur=None, maintenant=timezone.now())
    return write_page(*write_certificat(visite=visite, jour=JOUR))


def test_team_workbook_own_file_and_certificate_bear_the_words_of_the_preview(medecin, encadrant, visite):
    saisie = typed(*both()[1:])
    vue = previews(medecin, visite, saisie)["encadrant"]
    mesure = re.search(r"<li>(.*?)</li>", vue)[1]
    message = re.search(r'<p class="mb-0">(.*?)</p>', vue, re.DOTALL)[1]
    assert mesure == "Port de charges limité, 10 kg, jusqu’au 24/05/2027" and "<br>" in message
    medecin.post(reverse("visites:conclure", args=[visite.pk]), saisie)
    assert mesure in encadrant.get("/mon-equipe/").content.decode()
    classeur = load_workbook(io.BytesIO(encadrant.get("/mon-equipe/", {"format": "xlsx"}).content)).active
    assert html.unescape(mesure) in {cellule.value for ligne in classeur.iter_rows() for cellule in ligne}
    assert mesure in log_in(visite.agent.compte).get(reverse("soi:dossier")).content.decode()
    papier = certificate(Visite.objects.with_names().get())
    assert f"{mesure}<br>{message}" in papier
    mesures = encadrant.get(reverse("visites:restrictions_agent", args=[visite.agent_id])).content.decode()
    assert ">Port de charges limité</th>" in mesures and ">10 kg</td>" in mesures


def test_certificate_lists_measures_in_the_order_of_the_preview(medecin, visite):
    saisie = typed(*both())
    vue = previews(medecin, visite, saisie)["agent"]
    medecin.post(reverse("visites:conclure", args=[visite.pk]), saisie)
    papier = certificate(Visite.objects.with_names().get())
    lues = re.findall(r"<li>(.*?)</li>", vue)
    assert [mot.split(",")[0] for mot in lues] == ["Port de charges limité", "Aménagement matériel"]
    assert "<br>".join(lues) in papier


def test_a_clinical_word_stops_the_signature_until_its_box_is_ticked(medecin, visite):
    adresse = reverse("visites:conclure", args=[visite.pk])
    saisie = typed(
        measure("Port de charges limité", "10 kg, lombalgie"),
        message_employeur="Suite de chimiothérapie, ménager l’épaule.",
    )
    texte = medecin.post(adresse, saisie).content.decode()
    assert "<mark>chimiothérapie</mark>, ménager l’épaule." in texte and "<mark>lombalgie</mark>" in texte
    assert "Retirez-le, ou confirmez-le en cochant sa case." in texte and "À relire sous la liste." in texte
    assert Visite.objects.get().etat == "placee" and not MotConfirme.objects.exists()
    texte = medecin.post(adresse, saisie | {"confirmes": "chimiotherapie"}).content.decode()
    assert "Retirez-le" not in texte and texte.count("À relire sous la liste.") == 1
    assert re.search(r'value="chimiotherapie"[^>]* checked', texte)
    coches = {"confirmes": "chimiotherapie", "mesures-0-confirmes": "lombalgie"}
    assert medecin.post(adresse, saisie | coches).status_code == 302
    faits = MotConfirme.objects.values_list("visite", "champ", "mot", "genre", "confirme_par")
    assert set(faits) == {
        (visite.pk, "message_employeur", "chimiothérapie", "soin", medecin.compte.pk),
        (visite.pk, "precision", "lombalgie", "diagnostic", medecin.compte.pk),
    }
    page = medecin.get(reverse("visites:visite", args=[visite.pk])).content.decode()
    assert "«&nbsp;lombalgie&nbsp;», précision d’une mesure, par Anne Le Goff le" in page
    assert not LigneJournal.objects.filter(objet_libelle__icontains="lombalgie").exists()


def test_a_word_that_is_gone_leaves_no_fact(medecin, visite):
    adresse = reverse("visites:conclure", args=[visite.pk])
    saisie = typed(*both(), message_employeur="Siège à soutien lombaire.", confirmes="diabete")
    assert medecin.post(adresse, saisie).status_code == 302 and not MotConfirme.objects.exists()


def test_a_removed_row_is_not_read(medecin, visite):
    saisie = typed(*both(), measure("Télétravail", "diabète", DELETE="on"))
    assert medecin.post(reverse("visites:conclure", args=[visite.pk]), saisie).status_code == 302
    assert Restriction.objects.count() == 2


def test_words_are_marked_while_one_types_and_the_preview_still_shows_the_text(medecin, visite):
    saisie = typed(measure("Port de charges limité", "hernie"), message_employeur="Sous Tramadol.")
    adresse = reverse("visites:apercu", args=[visite.pk])
    texte = medecin.post(adresse, saisie, headers={"HX-Request": "true"}).content.decode()
    assert "Port de charges limité, hernie" in texte and '<p class="mb-0">Sous Tramadol.</p>' in texte
    assert "Sous <mark>Tramadol</mark>." in texte and "<mark>hernie</mark>" in texte
    for bloc in ("mots-texte", "mots-mesures"):
        assert re.search(rf'id="{bloc}"[^>]* hx-swap-oob="true"', texte)
    vide = medecin.post(adresse, typed(), headers={"HX-Request": "true"}).content.decode()
    assert 'id="mots-texte"' in vide and "<mark>" not in vide


def test_a_word_put_aside_is_no_longer_marked_and_one_added_is(medecin, visite):
    MotClinique.objects.filter(libelle="chirurg").update(actif=False)
    MotClinique.objects.create(libelle="chariot", genre="soin")
    adresse = reverse("visites:apercu", args=[visite.pk])
    saisie = typed(message_employeur="Chirurgie. Chariots.")
    texte = medecin.post(adresse, saisie, headers={"HX-Request": "true"}).content.decode()
    assert "Chirurgie. <mark>Chariots</mark>." in texte


REFUSES = {
    "avis": lambda acteur, confirmes: record_avis(
        acteur=acteur,
        jour=JOUR,
        visite=VisiteFactory.create(professionnel=acteur, heure=datetime.time(9, 30 if confirmes else 0)),
        version=1,
        avis=Avis("apte", message_employeur="Diabète.", confirmes=confirmes),
    ),
    "mesure": lambda acteur, confirmes: record_avis(
        acteur=acteur,
        jour=JOUR,
        visite=VisiteFactory.create(professionnel=acteur, heure=datetime.time(9, 30 if confirmes else 0)),
        version=1,
        avis=Avis(
            "amenagement",
            mesures=[Mesure(TypeRestriction.objects.first().pk, "diabète", JOUR, confirmes=confirmes)],
        ),
    ),
    "demande": lambda acteur, confirmes: ask_visite(
        acteur=acteur,
        jour=JOUR,
        agent=AgentFactory.create(),
        origine="medecin",
        raison="Diabète.",
        confirmes=confirmes,
    ),
    "retenue": lambda acteur, confirmes: keep_demande(
        acteur=acteur,
        jour=JOUR,
        demande=DemandeVisiteFactory.create(),
        version=1,
        reponse="Diabète.",
        confirmes=confirmes,
    ),
    "refus": lambda acteur, confirmes: refuse_visite(
        acteur=acteur,
        jour=JOUR,
        demande=DemandeVisiteFactory.create(),
        version=1,
        reponse="Diabète.",
        confirmes=confirmes,
    ),
    "choix": lambda acteur, confirmes: choose_date(
        acteur=acteur,
        jour=JOUR,
        due=VisiteDueFactory.create(),
        version=1,
        choisie=JOUR,
        raison_choix="Diabète.",
        confirmes=confirmes,
    ),
    "ecart": lambda acteur, confirmes: set_aside_due(
        acteur=acteur,
        jour=JOUR,
        due=VisiteDueFactory.create(),
        version=1,
        raison="Diabète.",
        confirmes=confirmes,
    ),
    "annulation": lambda acteur, confirmes: cancel_visite(
        acteur=acteur, visite=VisiteFactory.create(), version=1, raison="Diabète.", confirmes=confirmes
    ),
}


@pytest.mark.parametrize("acte", REFUSES)
def test_every_act_that_shares_a_text_refuses_by_itself_and_keeps_what_was_confirmed(acte):
    acteur = compte("medecin")
    with pytest.raises(ValidationError, match=r"Diabète|diabète"):
        REFUSES[acte](acteur, ())
    assert not MotConfirme.objects.exists()
    avant = LigneJournal.objects.count()
    REFUSES[acte](acteur, ["diabete"])
    fait = MotConfirme.objects.get()
    assert (fait.mot.lower(), fait.confirme_par) == ("diabète", acteur)
    assert LigneJournal.objects.count() == avant + 1


def test_an_answer_is_read_again_on_its_page_and_its_word_kept_by_a_box(client_de):
    client, demande = client_de("coordinateur"), DemandeVisiteFactory.create()
    adresse = reverse("visites:demande_refuser", args=[demande.pk])
    envoi = {"version": 1, "reponse": "Vu son hospitalisation, attendons."}
    texte = client.post(adresse, envoi).content.decode()
    assert "<mark>hospitalisation</mark>" in texte and DemandeVisite.objects.get().etat == "deposee"
    client.post(adresse, envoi | {"confirmes": "hospitalisation"})
    assert DemandeVisite.objects.get().etat == "refusee"
    assert MotConfirme.objects.get().demande == demande


@pytest.mark.parametrize(
    "role, lus", [("coordinateur", 1), ("medecin", 1), ("chef", 0), ("encadrant", 0), ("rh", 0), ("agent", 0)]
)
def test_what_was_confirmed_is_read_by_who_reads_requests(role, lus):
    REFUSES["annulation"](compte("medecin"), ["diabete"])
    assert MotConfirme.objects.visible_to(compte(role)).count() == lus


def test_the_doctor_edits_the_lexicon_and_the_former_words_stay(client_de):
    client = client_de("medecin")
    assert "Mot de travail, admis" in client.get("/referentiel/listes/lexique/?q=lombaire").content.decode()
    adresse = reverse("referentiel:ajouter_entree", args=["lexique"])
    refus = client.post(adresse, {"libelle": "ab", "genre": "soin", "debut": "on", "source": ""})
    assert "au moins 4 lettres" in refus.content.decode()
    client.post(adresse, {"libelle": "zzyxomab", "genre": "medicament", "source": "Vu ce jour"})
    mot = MotClinique.objects.get(libelle="zzyxomab")
    page = client.get(reverse("referentiel:entree", args=["lexique", mot.pk])).content.decode()
    assert "Cherché dans les textes partagés." in page and "Médicament" in page
    assert client_de("coordinateur").get(adresse).status_code == 403
