"""The doctor's form: what it proposes, previews, refuses and signs."""

import datetime

import pytest
from django.urls import reverse

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.referentiel.models import Parametre
from tests.agents.factories import AgentFactory, PosteFactory
from tests.architecture.ecritures import written_tables
from tests.visites.factories import JOUR, RestrictionFactory, VisiteFactory, held
from visites.models import Restriction, TypeRestriction, Visite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]


@pytest.fixture
def medecin(client_de):
    return client_de("medecin", first_name="Anne", last_name="Le Goff")


@pytest.fixture
def visite(medecin):
    agent = AgentFactory(statut="C", poste=PosteFactory(categorie_suivi="adapte"))
    return VisiteFactory(agent=agent, professionnel=medecin.compte)


def typed(*mesures, **champs):
    """What the browser posts: fields, then the rows of measures."""
    lignes = {"mesures-TOTAL_FORMS": len(mesures), "mesures-INITIAL_FORMS": 0}
    for rang, mesure in enumerate(mesures):
        for nom, valeur in mesure.items():
            lignes[f"mesures-{rang}-{nom}"] = valeur
    base = {"version": 1, "conclusion": "apte", "validite_mois": 36, "prochaine_visite": "24/11/2029"}
    return base | lignes | champs


def measure(libelle="Port de charges limité", **champs):
    cle = TypeRestriction.objects.get(libelle=libelle).pk
    return {"type": cle, "precision": "10 kg", "date_debut": "24/11/2026", "date_fin": "24/05/2027"} | champs


def page(visite):
    return reverse("visites:conclure", args=[visite.pk])


def test_form_offers_the_conclusions_of_the_nature(medecin, visite):
    form = medecin.get(page(visite)).context["form"]
    assert [cle for cle, _ in form.fields["conclusion"].choices] == [
        "apte",
        "amenagement",
        "inapte_temporaire",
        "inapte_poste",
        "differe",
    ]
    Visite.objects.update(nature="vip")
    form = medecin.get(page(visite)).context["form"]
    assert [cle for cle, _ in form.fields["conclusion"].choices] == ["attestation", "differe"]


@pytest.mark.parametrize(
    "categorie, mois", [("adapte", [12, 24, 36]), ("renforce", [12, 24, 36, 48]), ("simple", [12, 24])]
)
def test_form_offers_months_up_to_the_rule(medecin, visite, categorie, mois):
    statut = "F" if categorie == "simple" else "C"
    type(visite.agent).objects.update(statut=statut)
    type(visite.agent.poste).objects.update(categorie_suivi=categorie)
    contexte = medecin.get(page(visite)).context
    assert [v["mois"] for v in contexte["validites"]] == mois
    assert [v["mois"] for v in contexte["validites"] if v["choisi"]] == mois[-1:]
    assert contexte["choix"].startswith(f"La règle propose {mois[-1]} mois")


def test_form_shows_past_visits_and_measures_in_force(medecin, visite):
    RestrictionFactory(visite=held(agent=visite.agent, date=datetime.date(2023, 11, 20)))
    texte = medecin.get(page(visite)).content.decode()
    assert "vu le 20/11/2023, apte" in texte
    assert "Port de charges limité, 10 kg, jusqu’au 24/05/2027" in texte and "1<sup>re</sup>" in texte


def test_signed_form_returns_to_the_half_day(medecin, visite):
    saisie = typed(
        measure(),
        measure("Aménagement matériel", precision="chariot", date_fin=""),
        conclusion="amenagement",
        validite_mois=12,
        prochaine_visite="24/11/2027",
        message_employeur="Prévoir un chariot.",
    )
    reponse = medecin.post(page(visite), saisie)
    assert reponse.url == "/visites/journee/?jour=2026-11-24"
    signee = Visite.objects.get()
    assert (signee.conclusion, signee.validite_mois, signee.message_employeur) == (
        "amenagement",
        12,
        "Prévoir un chariot.",
    )
    assert [str(r) for r in Restriction.objects.all()] == [
        "Port de charges limité 10 kg",
        "Aménagement matériel chariot",
    ]


def test_untouched_and_removed_rows_are_no_measures(medecin, visite):
    vide = {"type": "", "precision": "", "date_debut": "24/11/2026", "date_fin": ""}
    medecin.post(page(visite), typed(vide, measure(DELETE="on", date_fin="x")))
    assert Visite.objects.get().conclusion == "apte" and not Restriction.objects.exists()


def read_by(client, lecteur, visite, *mesures, **champs):
    adresse = reverse("visites:apercu", args=[visite.pk])
    return client.post(adresse, typed(*mesures, lecteur=lecteur, **champs))


@pytest.mark.parametrize("fin", ["29/02/2027", "23/11/2026", "demain"])
def test_preview_never_shows_a_wrong_end_as_none(medecin, visite, fin):
    lignes = measure(date_fin=fin), measure("Télétravail", precision="")
    texte = read_by(medecin, "encadrant", visite, *lignes, conclusion="amenagement").content.decode()
    assert "Port de charges" not in texte and "Télétravail, jusqu’au 24/05/2027" in texte
    assert "Une mesure est à corriger : elle n’est pas montrée." in texte


def test_coordinator_and_section_each_read_what_the_preview_said(medecin, visite, client_de):
    type(visite.motif).objects.update(libelle="À la demande de l’agent", libelle_public="À la demande")
    visite.refresh_from_db()
    onglets = medecin.get(page(visite)).context["lecteurs"]
    assert [lu.cle for lu in onglets] == ["agent", "encadrant", "section", "coordinateur"]
    saisie = (measure(), {"conclusion": "amenagement"})
    roles = {"coordinateur": "coordinateur", "chef": "section", "rh": "section"}
    lus = {r: read_by(medecin, lecteur, visite, saisie[0], **saisie[1]) for r, lecteur in roles.items()}
    assert medecin.post(page(visite), typed(saisie[0], **saisie[1])).status_code == 302
    for role, apercu in lus.items():
        lue = client_de(role).get(reverse("visites:visite", args=[visite.pk])).context["lecture"]
        dite = apercu.context["lecture"]
        assert (lue.titre, lue.lignes, lue.mesures, lue.message) == (
            dite.titre,
            dite.lignes,
            dite.mesures,
            dite.message,
        ), role
    assert ("Motif", "À la demande de l’agent") in lus["coordinateur"].context["lecture"].lignes


@pytest.mark.parametrize(
    "mesures, champs, mots",
    [
        ([], {"conclusion": ""}, "Choisissez une conclusion."),
        ([], {"conclusion": "amenagement"}, "demande au moins une mesure"),
        ([], {"conclusion": "differe"}, "choisissez une date de revue plus proche que le 24/11/2029."),
        ([{"date_fin": "23/11/2026"}], {"conclusion": "amenagement"}, "La fin précède le début."),
        ([{"type": ""}], {"conclusion": "amenagement"}, "Choisissez."),
        ([{}], {}, "Avec une mesure, la conclusion est"),
        ([], {"prochaine_visite": "31/02/2027"}, "date valide"),
    ],
)
def test_what_lacks_is_said_and_what_was_typed_is_kept(medecin, visite, mesures, champs, mots):
    saisie = typed(*(measure() | m for m in mesures), message_employeur="Prévoir un chariot.", **champs)
    reponse = medecin.post(page(visite), saisie)
    texte = reponse.content.decode()
    assert reponse.status_code == 200 and mots in texte and "Prévoir un chariot." in texte
    assert len(mesures) == 0 or 'value="10 kg"' in texte
    assert Visite.objects.get().etat == "placee"


def test_second_click_signs_nothing_more(medecin, visite):
    medecin.post(page(visite), typed())
    reponse = medecin.post(page(visite), typed(conclusion="inapte_poste"))
    assert "ne change plus" in reponse.content.decode()
    assert Visite.objects.get().conclusion == "apte"
    assert medecin.get(page(visite)).url == reverse("visites:visite", args=[visite.pk])


def test_page_older_than_the_visit_says_so(medecin, visite):
    Visite.objects.update(version=5)
    texte = medecin.post(page(visite), typed()).content.decode()
    assert "Quelqu’un d’autre a enregistré" in texte and Visite.objects.get().etat == "placee"


@pytest.mark.parametrize(
    "lecteur, presents, absents",
    [
        ("encadrant", ["Port de charges limité, 10 kg"], ["<dt>Avis</dt>", "24/11/2027", "Motif"]),
        ("section", ["Apte avec aménagement", "24/11/2027", "<dd>À la demande</dd>"], ["demande de l’agent"]),
        ("agent", ["Apte avec aménagement", "24/11/2027", "À la demande de l’agent"], []),
    ],
)
def test_preview_shows_what_each_reader_will_receive(medecin, visite, lecteur, presents, absents):
    saisie = typed(measure(), conclusion="amenagement", validite_mois=12, prochaine_visite="24/11/2027")
    adresse = reverse("visites:apercu", args=[visite.pk])
    avant = LigneJournal.objects.count()
    with written_tables() as ecrites:
        reponse = medecin.post(adresse, saisie | {"lecteur": lecteur}, headers={"HX-Request": "true"})
    assert ecrites == set() and LigneJournal.objects.count() == avant
    texte = reponse.content.decode()
    assert [m for m in presents if m not in texte] == [] and [m for m in absents if m in texte] == []
    assert "vous avez choisi plus court" in texte


def test_choice_of_the_reader_stands_outside_what_its_answer_replaces(medecin, visite):
    page = medecin.get(reverse("visites:conclure", args=[visite.pk])).content.decode()
    avant, _, apercu = page.partition('id="apercu"')
    assert avant.count('name="lecteur"') == 4 and 'name="lecteur"' not in apercu
    reponse = medecin.post(reverse("visites:apercu", args=[visite.pk]), typed(lecteur="section"))
    assert "<dt>Avis</dt>" in reponse.content.decode()


def test_preview_bears_what_is_half_typed(medecin, visite):
    saisie = typed({"type": "", "date_debut": "32/13"}, conclusion="", prochaine_visite="24/1")
    reponse = medecin.post(reverse("visites:apercu", args=[visite.pk]), saisie)
    assert reponse.status_code == 200 and "Aucune mesure" in reponse.content.decode()


def test_preview_is_no_address_to_visit(medecin, visite):
    assert medecin.get(reverse("visites:apercu", args=[visite.pk])).status_code == 405


def test_without_script_a_button_adds_a_row_and_signs_nothing(medecin, visite):
    reponse = medecin.post(page(visite), typed(measure(), ajouter="1"))
    assert len(reponse.context["mesures"].forms) == 2 and Visite.objects.get().etat == "placee"


def test_visit_to_come_is_explained_and_not_concluded(medecin, visite):
    Visite.objects.update(date=datetime.date(2026, 11, 26))
    for reponse in (medecin.get(page(visite)), medecin.post(page(visite), typed())):
        texte = reponse.content.decode()
        assert "se conclut à partir du jeudi 26 novembre 2026" in texte and "<textarea" not in texte
    assert Visite.objects.get().etat == "placee"
    texte = medecin.get(reverse("visites:visite", args=[visite.pk])).content.decode()
    assert "à partir du jeudi 26 novembre 2026" in texte and page(visite) not in texte
    assert reverse("visites:absence", args=[visite.pk]) not in texte


def test_without_reference_data_the_rule_proposes_nothing_and_the_doctor_signs(medecin, visite):
    Parametre.objects.all().delete()
    reponse = medecin.get(page(visite))
    assert "Le référentiel ne donne aucune valeur" in reponse.context["choix"]
    assert "La règle ne propose rien" in reponse.content.decode()
    assert [v["mois"] for v in reponse.context["validites"] if v["choisi"]] == []
    medecin.post(page(visite), typed(validite_mois="", prochaine_visite="24/03/2027"))
    assert Visite.objects.get().prochaine_visite == datetime.date(2027, 3, 24)


def test_preview_asks_for_a_closer_day(medecin, visite):
    adresse = reverse("visites:apercu", args=[visite.pk])
    saisie = typed(conclusion="differe", validite_mois="", prochaine_visite="")
    reponse = medecin.post(adresse, saisie, headers={"HX-Request": "true"})
    assert "Choisissez une date de revue plus proche que le 24/11/2029." in reponse.content.decode()


@pytest.mark.parametrize(
    "role", ["coordinateur", "chef", "rh", "encadrant", "agent", "psychologue", "auditeur"]
)
def test_other_roles_are_refused(client_de, visite, role):
    assert client_de(role).get(page(visite)).status_code == 403


def test_another_doctor_and_a_nurse_are_refused(client_de, visite):
    assert client_de("medecin").get(page(visite)).status_code == 403
    assert client_de("infirmier").get(page(visite)).status_code == 403


def test_nurse_signs_her_vip(client_de):
    client = client_de("infirmier")
    visite = VisiteFactory(professionnel=client.compte, nature="vip", date=JOUR)
    client.post(page(visite), typed(conclusion="attestation", validite_mois="", prochaine_visite=""))
    assert Visite.objects.get().conclusion == "attestation"


def test_reading_the_form_leaves_one_line(medecin, visite):
    medecin.get(page(visite))
    assert LigneJournal.objects.get(acte="visites.conclure").agent_cle == str(visite.agent_id)


@pytest.mark.parametrize("nombre", ["abc", "²", "-1", ""])
@pytest.mark.parametrize("suite", [{}, {"ajouter": "1"}])
def test_a_number_of_rows_that_is_none_is_no_failure(medecin, visite, nombre, suite):
    envoi = {"mesures-TOTAL_FORMS": nombre, "mesures-INITIAL_FORMS": 0, **suite}
    assert medecin.post(reverse("visites:conclure", args=[visite.pk]), envoi).status_code == 200


def test_measure_lasts_from_its_start_as_long_as_is_said(medecin, visite):
    mesures = [
        measure(date_debut="01/12/2026", date_fin="6m"),
        measure("Pas d’astreinte", date_fin=" 15 jours"),
        measure("Télétravail", date_fin="1 an"),
    ]
    medecin.post(page(visite), typed(*mesures, conclusion="amenagement"))
    fins = [f"{r.date_fin:%d/%m/%Y}" for r in Restriction.objects.order_by("pk")]
    assert fins == ["01/06/2027", "09/12/2026", "24/11/2027"]


@pytest.mark.parametrize("fin", ["6x", "m6", "0m", "100m", "6m et demi"])
def test_what_is_no_day_and_no_length_is_refused(medecin, visite, fin):
    texte = medecin.post(
        page(visite), typed(measure(date_fin=fin), conclusion="amenagement")
    ).content.decode()
    assert "date valide" in texte and f'value="{fin}"' in texte and not Restriction.objects.exists()


def test_measure_said_twice_for_a_day_is_refused_beside_its_name(medecin, visite):
    seconde = measure(precision="5 kg", date_debut="24/05/2027", date_fin="")
    reponse = medecin.post(page(visite), typed(measure(), seconde, conclusion="amenagement"))
    lignes = reponse.context["mesures"].forms
    assert [ligne.errors.get("type") is not None for ligne in lignes] == [False, True]
    texte = reponse.content.decode()
    assert "Déjà dite à ces dates" in texte and 'value="5 kg"' in texte and not Restriction.objects.exists()
    suite = measure(precision="5 kg", date_debut="25/05/2027", date_fin="")
    medecin.post(page(visite), typed(measure(), suite, conclusion="amenagement"))
    assert Restriction.objects.count() == 2


def test_signing_opens_the_next_visit_of_the_day_that_is_his_to_conclude(medecin, visite):
    Visite.objects.update(heure=datetime.time(9))
    plus_tot = VisiteFactory(professionnel=medecin.compte, heure=datetime.time(8))
    VisiteFactory(heure=datetime.time(9, 15))
    semblable = AgentFactory(statut="C", poste=PosteFactory(categorie_suivi="adapte"))
    plus_tard = VisiteFactory(agent=semblable, professionnel=medecin.compte, heure=datetime.time(10))
    assert medecin.post(page(visite), typed()).url == page(plus_tard)
    assert medecin.post(page(plus_tard), typed()).url == page(plus_tot)


def test_a_message_pasted_too_long_is_kept_and_said(medecin, visite):
    assert "maxlength" not in str(medecin.get(page(visite)).context["form"]["message_employeur"])
    trop = "Prévoir un chariot. " * 120
    texte = medecin.post(page(visite), typed(message_employeur=trop)).content.decode()
    assert trop.strip() in texte and "2000" in texte and Visite.objects.get().etat == "placee"
