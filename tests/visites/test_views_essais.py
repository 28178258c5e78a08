"""The screens of trials of rules: result, adoption, rows, who may; a trial that grew old."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.mesures import Compteur
from nouvea_sst.referentiel.models import Parametre
from tests.fabriques import compte, log_in
from tests.surete.formulaires import pick_form
from tests.visites.ecrans_regles import address, adopt_tried, send, text
from tests.visites.factories import JOUR, EssaiRegleFactory
from visites.actions import refresh_suivis
from visites.enums import EtatEssai
from visites.models import EssaiRegle, Motif, RegleVisite, VisiteDue
from visites.rules.essais import Bilan
from visites.tasks import run_essai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles", "jour")]
D = datetime.date


def put_on_trial(client, **saisie):
    reponse = send(client, bouton="essayer", **saisie)
    essai = EssaiRegle.objects.latest("pk")
    assert reponse.url == address("essai", essai.pk)
    return essai


def test_a_trial_goes_from_the_form_to_its_result_then_to_adoption(chef, malade):
    essai = put_on_trial(chef, seuil="15")
    en_cours = text(chef.get(address("essai", essai.pk)))
    assert "En cours de calcul" in en_cours and "Adopter à partir" not in en_cours
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    page = text(chef.get(address("essai", essai.pk)))
    for mots in ("visite due apparaît", "1 visite qui bouge", "140 visites", "hypothèse à confirmer"):
        assert mots in page, mots
    assert LigneJournal.objects.filter(acte="visites.essai", objet_cle=str(essai.pk)).count() == 2
    adopter = pick_form(page, address("essai", essai.pk), "visites:adopter_essai")
    reponse = chef.post(adopter.adresse, adopter.filled(), follow=True)
    assert "Version adoptée à partir du 01/12/2026" in text(reponse)
    essai.refresh_from_db()
    assert (essai.etat, essai.adoptee.seuil) == (EtatEssai.ADOPTE, 15)
    assert not VisiteDue.objects.filter(regle=essai.adoptee).exists()
    refresh_suivis(acteur=None, jour=D(2026, 12, 1))
    assert VisiteDue.objects.open().get(regle=essai.adoptee).agent == malade
    assert "voir la règle" in text(chef.get(address("essai", essai.pk)))


def test_each_trial_that_ends_says_which_one_it_is(chef):
    essais = [put_on_trial(chef, code=code) for code in ("maladie", "accident", "accident")]
    assert [essai.travail.intitule for essai in essais] == [str(essai) for essai in essais]
    assert len({essai.travail.intitule for essai in essais}) == 3


def test_an_adopted_trial_says_what_became_of_its_version(chef):
    essai = put_on_trial(chef, seuil="15")
    adopt_tried(chef, address("essai", essai.pk))
    essai.refresh_from_db()
    page = address("essai", essai.pk)
    assert "depuis" not in text(chef.get(page)).split("voir la règle", 1)[1].split("</section>", 1)[0]
    corriger = address("corriger_regle", essai.adoptee_id)
    saisie = {"types_absence": essai.adoptee.types_absence, "seuil": "18", "raison": "Seuil relu"}
    send(chef, adresse=corriger, bouton="confirmer", **saisie)
    lu = text(chef.get(page))
    assert "Cette version a été corrigée depuis" in lu and "Seuil relu" in lu and "18" in lu
    assert "version corrigée depuis" in text(chef.get(address("regles")))
    version = RegleVisite.objects.get(pk=essai.adoptee_id).version
    retrait = {"version": version, "raison": "Décision annulée"}
    chef.post(address("retirer_regle", essai.adoptee_id), retrait)
    lu = text(chef.get(page))
    assert "Cette version a été retirée depuis" in lu and "Décision annulée" in lu
    assert "version retirée depuis" in text(chef.get(address("regle", "maladie")))


def test_a_month_over_its_capacity_is_named(chef, malade):
    Parametre.objects.filter(code="visites.capacite_mois").update(valeur=0)
    essai = put_on_trial(chef, seuil="15", decalage="40")
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    page = text(chef.get(address("essai", essai.pk)))
    assert "1 des 24 mois à venir déborde" in page and "1 mois au-delà de la capacité" in page
    (mois,) = chef.get(address("essai", essai.pk)).context["debordent"]
    assert (mois["avant"][0], mois["apres"][0], mois["trop"]) == (0, 1, 1)


def test_modifying_a_trial_opens_the_form_with_what_it_tried(chef):
    essai = put_on_trial(chef, seuil="17", libelle="Retour de plus de 17 jours")
    form = chef.get(address("nouvelle_regle", "maladie"), {"essai": essai.pk}).context["form"]
    lus = [form[nom].value() for nom in ("seuil", "libelle", "source")]
    assert lus == [17, "Retour de plus de 17 jours", "Avis du médecin"]
    for cle in ("999999", "x", "9" * 30):
        assert chef.get(address("nouvelle_regle", "maladie"), {"essai": cle}).status_code == 200


def test_a_trial_older_than_the_rules_or_whose_day_is_over_says_so(chef):
    essai = put_on_trial(chef, seuil="15")
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    assert "ont changé depuis cet essai" not in text(chef.get(address("essai", essai.pk)))
    Parametre.objects.filter(code="visites.delai_initiale").update(version=2)
    assert "ont changé depuis cet essai" in text(chef.get(address("essai", essai.pk)))
    essai.refresh_from_db()
    essai.valeurs["date_effet"] = "2026-11-01"
    essai.save()
    page = text(chef.get(address("essai", essai.pk)))
    assert "La date d’effet est passée" in page and "Adopter à partir" not in page
    reponse = chef.post(address("adopter_essai", essai.pk), {"version": "1", "serie": "1"}, follow=True)
    assert "ne change pas le passé" in text(reponse)
    reponse = send(chef, bouton="apercu", seuil="15", date_effet="31/12/9999")
    assert f"d’ici la fin de {JOUR.year + 10}" in text(reponse)


def test_a_trial_is_abandoned(chef):
    essai = put_on_trial(chef, seuil="15")
    page = chef.get(address("essai", essai.pk)).content.decode()
    abandonner = pick_form(page, address("essai", essai.pk), "visites:abandonner_essai")
    assert "aucune règle n’a changé" in text(chef.post(abandonner.adresse, abandonner.filled(), follow=True))
    assert RegleVisite.objects.filter(declencheur="maladie").count() == 1


def test_rows_and_numbers_are_those_of_the_agents_whom_one_sees(chef, malade, monkeypatch):
    essai = put_on_trial(chef, seuil="15")
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    autre = log_in(compte("medecin"))
    page = autre.get(address("essai", essai.pk))
    assert "WAMYTAN" in text(autre.get(page.context["toutes"])) and page.context["bougent"] == 1
    monkeypatch.setattr(type(chef.compte), "portee", "aucune")
    page = autre.get(address("essai", essai.pk))
    assert (page.context["bougent"], page.context["dues"][0][0]) == (0, 0)
    assert autre.get(page.context["toutes"]).context["total"] == 0


MOUVEMENTS = (
    ("reprise_maladie", "apparues", "", "2026-12-01"),
    ("reprise_maladie", "disparues", "2026-11-20", ""),
    ("reprise_maladie", "avancees", "2026-12-09", "2026-12-02"),
    ("periodique", "avancees", "2027-03-01", "2026-12-31"),
    ("periodique", "reculees", "2026-11-23", "2026-11-24"),
    ("demande_agent", "reculees", "2026-11-30", "2027-04-01"),
    ("demande_service", "avancees", "", "2026-12-01"),
    ("periodique", "autrement", "2026-12-05", "2026-12-05"),
    ("periodique", "inchangees", "2028-10-31", "2028-10-31"),
    ("periodique", "inchangees", "2028-11-01", "2028-11-01"),
    ("sans_visite", "inchangees", "", ""),
)


def trial_of(agent, declencheur="maladie"):
    motifs = dict(Motif.objects.values_list("code", "pk"))
    lignes = [[agent.pk, motifs[code], *reste] for code, *reste in MOUVEMENTS]
    resultat = Bilan(JOUR).summary() | {"agents": 1, "mouvements": lignes}
    return EssaiRegleFactory(declencheur=declencheur, resultat=resultat)


@pytest.mark.parametrize("role", ["chef", "medecin"])
def test_each_number_of_a_trial_opens_exactly_its_rows(malade, role, types):
    """Also for who may not know who asked: the two wordings of a request are one there."""
    Parametre.objects.filter(code="visites.capacite_mois").update(valeur=1)
    client = log_in(compte(role))
    page = client.get(address("essai", trial_of(malade).pk)).context
    nombres = [(c["valeur"], c["url"]) for c in page["chiffres"]]
    nombres += [page["autrement"], *page["dues"], *page["retards"], (page["bougent"], page["toutes"])]
    nombres += [case for _, cases in page["par_motif"] for case in cases]
    nombres += [case for _, cases in page["amplitudes"] for case in cases]
    nombres += [mois[cote] for mois in page["debordent"] for cote in ("avant", "apres")]
    for serie in page["graphique"].series:
        nombres += zip(serie.valeurs, serie.urls, strict=True)
    ouverts = 0
    for nombre, adresse in nombres:
        assert bool(adresse) or nombre == 0
        if nombre:
            assert client.get(adresse).context["total"] == nombre, adresse
            ouverts += 1
    assert ouverts >= 28
    assert page["bougent"] == 7 and [n for n, _ in page["dues"]] == [10, 10]
    assert len([ligne for ligne in page["par_motif"] if "demande" in ligne[0]]) == (
        1 if role == "chef" else 2
    )


def test_the_rows_of_a_trial_are_paged_sorted_and_leave_as_a_workbook(chef, malade):
    essai = trial_of(malade)
    essai.resultat["mouvements"] *= 20
    essai.save()
    adresse = address("essai_visites", essai.pk)
    page = chef.get(adresse)
    assert page.context["total"] == 140 and page.context["table"].paginator.num_pages > 1
    assert page.context["table"].rows[0].record["ecart"] == 122
    for tri in ("agent", "-avant", "apres", "-ecart", "motif", "effet", "service"):
        assert chef.get(adresse, {"sort": tri}).status_code == 200
    feuille = load_workbook(
        io.BytesIO(chef.get(adresse, {"format": "xlsx", "effet": "toutes"}).content)
    ).active
    assert len(list(feuille.iter_rows())) == 1 + 220
    assert LigneJournal.objects.filter(acte="visites.essai", objet_libelle__contains="140 visites").exists()
    with Compteur() as sql:
        chef.get(adresse)
    assert len(sql) <= 15, str(sql)
    with Compteur() as sql:
        chef.get(address("essai", essai.pk))
    assert len(sql) <= 15, str(sql)


def test_a_trial_of_requests_tells_no_row_and_no_number_to_who_may_not_know_who_asked(chef, malade):
    essai = trial_of(malade, "demande_service")
    page = chef.get(address("essai", essai.pk))
    assert "qui a demandé la visite" in text(page) and "chiffres" not in page.context
    assert "graphique" not in page.context and "visites dues" not in text(page).split("<main", 1)[1]
    assert chef.get(address("essai_visites", essai.pk)).status_code == 404
    medecin = log_in(compte("medecin"))
    assert medecin.get(address("essai", essai.pk)).context["bougent"] == 7
    assert "WAMYTAN" in text(medecin.get(address("essai_visites", essai.pk)))


def test_a_version_is_adopted_by_its_trial_alone(chef):
    page = text(send(chef, seuil="15"))
    assert "Mettre à l’essai" in page and "Adopter sans" not in page
    assert send(chef, seuil="15", bouton="confirmer").status_code == 200
    assert RegleVisite.objects.filter(declencheur="maladie").count() == 1


def test_a_trial_says_when_its_facts_were_read_and_what_changed_since(chef, malade):
    essai = put_on_trial(chef, seuil="15")
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    page = text(chef.get(address("essai", essai.pk)))
    assert "sur les faits du" in page and "Depuis ce calcul" not in page
    malade.absences.update(date_fin=JOUR)
    assert "Depuis ce calcul, des absences ont changé" in text(chef.get(address("essai", essai.pk)))
