"""The yearly examination of consultations: whose lines are drawn, who judges them, what closes it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.actions import close_examen, draw_examen, judge_consultation
from nouvea_sst.comptes.journal import record_act, record_consultation
from nouvea_sst.comptes.models import ExamenConsultations, LigneExamen, LigneJournal
from nouvea_sst.comptes.rules.examens import period_of
from tests.agents.factories import AgentFactory, CollectiviteFactory, ResponsabiliteFactory
from tests.fabriques import compte, log_in
from tests.referentiel.factories import valeur
from tests.visites.notes import noted

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def maintenant():
    return timezone.now()


@pytest.fixture
def chef():
    return compte("chef")


def look(par, agent, fois=1, acte="agents.agent"):
    for _ in range(fois):
        record_consultation(acteur=par, acte=acte, objet=agent, agent=agent)


def drawn(chef, maintenant, taille=50):
    return draw_examen(acteur=chef, annee=timezone.localdate().year, taille=taille, maintenant=maintenant)


@pytest.mark.parametrize("acte", ["visites.note", "visites.accompagnement", "visites.echange_piece"])
def test_no_act_on_a_confidence_reaches_the_chief(chef, maintenant, acte):
    agent = AgentFactory(nom="KALOI")
    for role in ("medecin", "coordinateur", "infirmier"):
        look(compte(role), agent, acte=acte)
    look(compte("coordinateur"), AgentFactory())
    assert drawn(chef, maintenant).population == 1
    client = log_in(chef)
    for page in (reverse("journal:liste"), reverse("agents:consultations", args=[agent.pk])):
        texte = client.get(page).content.decode()
        assert "Note consultée" not in texte and "ccompagnement consulté" not in texte
        assert "Pièce d’un échange" not in texte
    assert LigneJournal.objects.visible_to(compte("auditeur")).filter(acte=acte).count() == 3


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (D(2026, 11, 22), (D(2026, 1, 1), D(2026, 11, 22))),
        (D(2027, 1, 1), (D(2026, 1, 1), D(2026, 12, 31))),
        (D(2027, 6, 1), (D(2026, 1, 1), D(2026, 12, 31))),
        (D(2026, 12, 31), (D(2026, 1, 1), D(2026, 12, 31))),
        (D(2026, 1, 1), (D(2026, 1, 1), D(2026, 1, 1))),
        (D(2025, 12, 31), None),
    ],
)
def test_a_year_is_examined_up_to_the_day_of_the_draw(jour, attendu):
    assert period_of(2026, jour) == attendu


def test_neither_ones_own_looks_nor_ones_own_file_nor_the_psychologist_nor_acts_are_drawn(chef, maintenant):
    coo, psy, rh = compte("coordinateur"), compte("psychologue"), compte("rh")
    agent, sien = AgentFactory(), AgentFactory(compte=chef)
    look(coo, agent, 3)
    look(chef, agent)
    look(psy, agent)
    look(rh, agent)
    look(coo, sien)
    record_act(acteur=coo, acte="agents.update_agent", objet=agent, agent=agent)
    record_consultation(acteur=coo, acte="agents.liste", libelle="2 agents")
    examen = drawn(chef, maintenant)
    lignes = [(ligne.ligne.acteur_cle, ligne.ligne.agent_cle) for ligne in examen.lignes.all()]
    assert lignes == [(coo.username, str(agent.pk))] * 3
    assert examen.population == 3


def test_a_chief_of_one_employer_draws_and_reads_nothing_of_another(chef, maintenant):
    ici, ailleurs = CollectiviteFactory(), CollectiviteFactory()
    ResponsabiliteFactory(compte=chef, collectivite=ici, structure=None)
    coo = compte("coordinateur")
    look(coo, AgentFactory(collectivite=ici), 2)
    look(coo, AgentFactory(collectivite=ailleurs), 2)
    assert drawn(chef, maintenant).lignes.count() == 2
    toutes = drawn(compte("chef"), maintenant)
    assert toutes.lignes.count() == 4
    assert toutes not in ExamenConsultations.objects.visible_to(chef)
    assert log_in(chef).get(reverse("journal:examen", args=[toutes.pk])).status_code == 404


def test_the_same_seed_draws_the_same_lines_and_another_one_others(chef):
    look(compte("coordinateur"), AgentFactory(), 60)
    lignes = LigneJournal.objects.to_examine(chef)
    un, deux = lignes.draw("a" * 32, 20), lignes.draw("a" * 32, 20)
    assert un == deux and len(set(un)) == 20
    assert lignes.draw("b" * 32, 20) != un
    assert un != sorted(un), "the first ones, not a sample"


def test_a_year_is_drawn_once_and_not_empty(chef, maintenant):
    with pytest.raises(ValidationError, match="Aucune consultation"):
        drawn(chef, maintenant)
    look(compte("coordinateur"), AgentFactory(), 9)
    assert drawn(chef, maintenant, taille=5).lignes.count() == 5
    with pytest.raises(ValidationError, match="déjà tiré"):
        drawn(chef, maintenant)


def test_what_is_not_justified_says_why_and_the_last_opinion_allows_to_close(chef, maintenant):
    look(compte("coordinateur"), AgentFactory(), 2)
    examen = drawn(chef, maintenant)
    une, autre = examen.lignes.all()
    faits = {"acteur": chef, "maintenant": maintenant}
    with pytest.raises(ValidationError) as refus:
        judge_consultation(ligne_id=une.pk, avis="injustifiee", motif="  ", **faits)
    assert "motif" in refus.value.error_dict
    judge_consultation(ligne_id=une.pk, avis="injustifiee", motif="Dossier d’un voisin", **faits)
    with pytest.raises(ValidationError, match="Il reste"):
        close_examen(examen_id=examen.pk, **faits)
    judge_consultation(ligne_id=autre.pk, avis="justifiee", motif="", **faits)
    with pytest.raises(PermissionDenied):
        close_examen(examen_id=examen.pk, acteur=compte("chef"), maintenant=maintenant)
    close_examen(examen_id=examen.pk, **faits)
    with pytest.raises(ValidationError, match="clos"):
        judge_consultation(ligne_id=une.pk, avis="justifiee", motif="", **faits)
    assert not LigneJournal.objects.filter(objet_libelle__contains="voisin").exists()


def test_the_chief_goes_through_his_sample_on_screen(chef):
    valeur("journal.examen_taille", 5)
    coo, agent = compte("coordinateur", first_name="Ana", last_name="Wabete"), AgentFactory()
    look(coo, agent, 7)
    client = log_in(chef)
    page = client.get(reverse("journal:examens"))
    annee = timezone.localdate().year
    assert "Tirer l’échantillon" in page.content.decode()
    reponse = client.post(reverse("journal:examens"), {"annee": annee})
    examen = ExamenConsultations.objects.get()
    assert reponse.url == reverse("journal:examen", args=[examen.pk])
    for reste in range(5, 0, -1):
        assert len(client.get(reponse.url + "?avis=reste").context["table"].rows) == reste
        vue = LigneExamen.objects.filter(examen=examen).left().first()
        adresse = reverse("journal:consultation", args=[vue.pk])
        assert "Ana Wabete" in client.get(adresse).content.decode()
        refus = client.post(adresse, {"avis": "a_expliquer", "motif": ""})
        assert refus.status_code == 200 and "Dites en une phrase" in refus.content.decode()
        suite = client.post(adresse, {"avis": "justifiee", "motif": ""})
    assert suite.url == reverse("journal:examen", args=[examen.pk])
    assert "Clore l’examen" in client.get(suite.url).content.decode()
    client.post(reverse("journal:clore_examen", args=[examen.pk]))
    assert ExamenConsultations.objects.get().clos_le is not None
    auditeur = log_in(compte("auditeur"))
    lue = auditeur.get(suite.url)
    assert lue.status_code == 200 and "Clore l’examen" not in lue.content.decode()
    assert auditeur.post(reverse("journal:examens"), {"annee": annee}).status_code == 403


def test_an_author_reads_who_opened_his_notes_and_nobody_elses(client_de):
    client = client_de("medecin")
    note = noted(client.compte, AgentFactory(nom="KALOI", prenom="Joseph"), "Texte de la note.")
    ailleurs = noted(compte("medecin"), AgentFactory(), "Autre texte.")
    confrere = compte("medecin", first_name="Marie", last_name="Boula")
    for lue, par in ((note, confrere), (note, client.compte), (ailleurs, confrere)):
        record_consultation(acteur=par, acte="visites.note", objet=lue, agent=lue.agent)
    page = client.get(reverse("visites:lectures_notes"))
    assert [ligne.record.acteur_cle for ligne in page.context["table"].rows] == [confrere.username]
    texte = page.content.decode()
    assert "Marie Boula" in texte and "KALOI Joseph" in texte and "Texte de la note" not in texte
    toutes = client.get(reverse("visites:lectures_notes") + "?vue=toutes").context["table"].rows
    assert len(toutes) == 2


def test_a_psychologist_is_not_told_of_notes_of_the_other_family(client_de):
    client = client_de("psychologue")
    noted(client.compte, AgentFactory(), "Texte.")
    autre = noted(compte("medecin"), AgentFactory(), "Texte.")
    record_consultation(acteur=compte("infirmier"), acte="visites.note", objet=autre, agent=autre.agent)
    assert not client.get(reverse("visites:lectures_notes")).context["table"].rows
