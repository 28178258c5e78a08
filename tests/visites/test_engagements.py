"""A measure that is signed is a commitment: somebody applies it, or says why not, until it ends."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import AgentFactory, PosteFactory, ResponsabiliteFactory, StructureFactory
from tests.fabriques import compte
from tests.visites.factories import (
    JOUR,
    EngagementFactory,
    RestrictionFactory,
    TypeRestrictionFactory,
    VisiteFactory,
    held,
)
from visites.actions import (
    acknowledge,
    answer_engagement,
    close_engagement,
    follow_engagement,
    open_missing_engagements,
    record_avis,
    renew_engagement,
    reopen_engagement,
)
from visites.enums import EtatEngagement
from visites.models import DemandeVisite, Engagement, MotConfirme, VisiteDue
from visites.rules.avis import Avis, Mesure
from visites.rules.engagements import Faits, deadline, is_late, lacks_committee, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]
D = datetime.date
JOURS = datetime.timedelta
RAPPEL = 45
SIGNATURE = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)


@pytest.fixture
def equipe(db):
    """A manager, his service, an agent of it."""
    chef = compte("encadrant", first_name="Luc", last_name="Wamytan")
    service = StructureFactory(sigle="VERTS")
    ResponsabiliteFactory(compte=chef, structure=service)
    return chef, AgentFactory(structure=service, poste=PosteFactory())


def sign(agent, *mesures):
    visite = VisiteFactory(agent=agent)
    avis = Avis("amenagement", None, None, "", list(mesures))
    record_avis(acteur=visite.professionnel, jour=JOUR, visite=visite, version=visite.version, avis=avis)
    return Engagement.objects.get()


def state(engagement, jour=JOUR):
    """The state that the list reads, which the rule says too."""
    lu = Engagement.objects.on(jour, RAPPEL).select_related("restriction").get(pk=engagement.pk)
    assert lu.etat == state_of(lu.faits, jour)
    assert lu.en_retard == is_late(lu.faits, jour)
    assert lu.chct_a_dire == lacks_committee(lu.faits, jour)
    return lu


def answer(engagement, acteur, suite, **champs):
    engagement.refresh_from_db()
    arguments = {"suite_le": JOUR, "jour": JOUR, "version": engagement.version} | champs
    return answer_engagement(acteur=acteur, engagement=engagement, suite=suite, **arguments)


def test_life_of_a_restriction_from_its_signature_to_its_end(equipe):
    chef, agent = equipe
    coordinateur = compte("coordinateur")
    fin = D(2027, 5, 24)
    engagement = sign(agent, Mesure(TypeRestrictionFactory().pk, "10 kg", JOUR, fin))
    assert (engagement.destinataire, engagement.echeance) == (chef, JOUR + JOURS(15))
    assert state(engagement).etat == EtatEngagement.A_ACCUSER
    assert state(engagement, JOUR + JOURS(16)).en_retard

    assert acknowledge(acteur=chef, jour=JOUR + JOURS(1), cles=[engagement.pk]) == 1
    assert state(engagement).etat == EtatEngagement.A_APPLIQUER

    le = JOUR + JOURS(8)
    raison = "Un seul chariot pour deux tournées."
    answer(engagement, chef, "partielle", jour=le, suite_le=le, raison=raison)
    lu = state(engagement, le)
    assert lu.etat == EtatEngagement.PARTIELLE and lu.chct_a_dire and not lu.en_retard

    informe = le + JOURS(20)
    lu = follow_engagement(
        acteur=coordinateur,
        jour=informe,
        engagement=engagement,
        version=lu.version,
        destinataire=chef,
        echeance=engagement.echeance,
        chct_le=informe,
    )
    assert not state(engagement, informe).chct_a_dire

    answer(engagement, chef, "appliquee", jour=informe, suite_le=informe, preuve="Second chariot livré.")
    assert state(engagement, informe).etat == EtatEngagement.APPLIQUEE

    assert not state(engagement, fin - JOURS(RAPPEL + 1)).finit_bientot
    proche = fin - JOURS(RAPPEL)
    assert state(engagement, proche).finit_bientot
    demande = renew_engagement(acteur=coordinateur, jour=proche, engagement=state(engagement, proche))
    assert (demande.avant_le, demande.origine) == (fin, "service")
    due = VisiteDue.objects.get(agent=agent, cle=f"demande:{demande.pk}")
    assert "24/05/2027" in str(due.preuve)

    assert state(engagement, fin).etat == EtatEngagement.APPLIQUEE
    assert state(engagement, fin + JOURS(1)).etat == EtatEngagement.ECHUE
    with pytest.raises(ValidationError, match="arrivée à sa fin"):
        answer(engagement, chef, "refusee", jour=fin + JOURS(1), raison="Trop tard.")
    actes = list(LigneJournal.objects.order_by("pk").values_list("acte", flat=True))
    assert [a for a in actes if "engagement" in a or a == "visites.acknowledge"] == [
        "visites.acknowledge",
        "visites.answer_engagement",
        "visites.follow_engagement",
        "visites.answer_engagement",
        "visites.renew_engagement",
    ]
    assert Engagement.objects.get().histoire.count() >= 4


def test_nearest_manager_is_the_addressee_and_never_the_agent_himself():
    direction = StructureFactory(sigle="DIR", niveau="direction")
    service = StructureFactory(sigle="SRV", parent=direction)
    haut, bas = compte("encadrant"), compte("encadrant")
    ResponsabiliteFactory(compte=haut, structure=direction)
    ResponsabiliteFactory(compte=bas, structure=service)
    ResponsabiliteFactory(compte=compte("encadrant"), structure=StructureFactory(sigle="AUT"))
    mesure = Mesure(TypeRestrictionFactory().pk, "", JOUR)
    assert sign(AgentFactory(structure=service), mesure).destinataire == bas
    Engagement.objects.all().delete()
    assert sign(AgentFactory(structure=service, compte=bas), mesure).destinataire == haut


def test_manager_of_another_service_answers_for_nothing(equipe):
    chef, agent = equipe
    autre = compte("encadrant")
    ResponsabiliteFactory(compte=autre, structure=StructureFactory(sigle="AUTRE"))
    engagement = sign(agent, Mesure(TypeRestrictionFactory().pk, "", JOUR))
    assert not Engagement.objects.visible_to(autre).exists()
    assert Engagement.objects.visible_to(chef).get() == engagement
    for acteur in (autre, compte("medecin"), compte("rh")):
        with pytest.raises(PermissionDenied):
            acknowledge(acteur=acteur, jour=JOUR, cles=[engagement.pk])
    assert state(engagement).etat == EtatEngagement.A_ACCUSER


def test_nobody_answers_about_his_own_measure():
    chef = compte("encadrant")
    service = StructureFactory()
    ResponsabiliteFactory(compte=chef, structure=service)
    engagement = sign(
        AgentFactory(structure=service, compte=chef), Mesure(TypeRestrictionFactory().pk, "", JOUR)
    )
    with pytest.raises(PermissionDenied):
        acknowledge(acteur=chef, jour=JOUR, cles=[engagement.pk])
    coordinateur = compte("coordinateur")
    assert acknowledge(acteur=coordinateur, jour=JOUR, cles=[engagement.pk], recu_le=JOUR) == 1


def test_what_was_received_keeps_its_day():
    engagement, coordinateur = EngagementFactory(), compte("coordinateur")
    assert acknowledge(acteur=coordinateur, jour=JOUR, cles=[engagement.pk]) == 1
    assert acknowledge(acteur=coordinateur, jour=JOUR + JOURS(3), cles=[engagement.pk]) == 0
    engagement.refresh_from_db()
    assert engagement.accuse_le == JOUR


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"suite": "refusee"}, "empêche d’appliquer"),
        ({"suite": "partielle", "raison": "  "}, "empêche d’appliquer"),
        ({"suite": "appliquee", "suite_le": JOUR - JOURS(1)}, "précède la signature"),
        ({"suite": "appliquee", "suite_le": JOUR + JOURS(1)}, "pas encore venu"),
        ({"suite": "refusee", "raison": "Il a un cancer."}, "cancer"),
        ({"suite": "appliquee", "preuve": "Sous antidépresseur."}, "antidépresseur"),
    ],
)
def test_answer_that_does_not_hold_is_refused_with_a_sentence(champs, phrase):
    restriction = RestrictionFactory(visite=held(conclusion="amenagement", signee_le=SIGNATURE))
    engagement, coordinateur = EngagementFactory(restriction=restriction), compte("coordinateur")
    with pytest.raises(ValidationError, match=phrase):
        answer(engagement, coordinateur, **champs)
    engagement.refresh_from_db()
    assert (engagement.suite, engagement.version) == ("", 1)


def test_committee_is_told_of_what_is_not_applied_and_not_before():
    engagement, coordinateur = EngagementFactory(), compte("coordinateur")
    suivre = {"acteur": coordinateur, "jour": JOUR, "destinataire": None, "echeance": engagement.echeance}
    with pytest.raises(ValidationError, match="pas appliqué en entier"):
        follow_engagement(engagement=engagement, version=1, chct_le=JOUR, **suivre)
    lu = answer(engagement, coordinateur, "refusee", raison="Aucun autre poste à ces horaires.")
    with pytest.raises(ValidationError, match="précède la suite"):
        follow_engagement(engagement=lu, version=lu.version, chct_le=JOUR - JOURS(1), **suivre)
    follow_engagement(engagement=lu, version=lu.version, chct_le=JOUR, **suivre)
    assert not state(lu).chct_a_dire


def test_second_of_two_editors_changes_nothing():
    engagement, coordinateur = EngagementFactory(), compte("coordinateur")
    answer(engagement, coordinateur, "appliquee")
    with pytest.raises(VersionPerimee):
        answer(engagement, coordinateur, "refusee", version=1, raison="Aucun autre poste.")
    assert Engagement.objects.get().suite == "appliquee"


def test_transfer_and_return_put_it_to_review_until_somebody_takes_it_up_again(equipe):
    chef, agent = equipe
    coordinateur, second = compte("coordinateur"), compte("encadrant")
    engagement = sign(agent, Mesure(TypeRestrictionFactory().pk, "", JOUR, D(2027, 5, 24)))
    answer(engagement, chef, "appliquee")
    assert not state(engagement).a_revoir
    ancien, ailleurs = agent.structure, StructureFactory(sigle="AILL")
    ResponsabiliteFactory(compte=second, structure=ailleurs)
    Agent.objects.filter(pk=agent.pk).update(structure=ailleurs)
    lu = state(engagement)
    assert lu.a_revoir and lu.suite == "appliquee" and lu.destinataire_id == chef.pk
    Agent.objects.filter(pk=agent.pk).update(structure=ancien)
    assert not state(engagement).a_revoir
    Agent.objects.filter(pk=agent.pk).update(structure=ailleurs)
    le = JOUR + JOURS(30)
    lu = reopen_engagement(acteur=coordinateur, jour=le, engagement=engagement, version=lu.version)
    assert (lu.destinataire, lu.suite, lu.echeance) == (second, "", le + JOURS(15))
    assert state(engagement, le).etat == EtatEngagement.A_ACCUSER and not state(engagement, le).a_revoir
    assert Engagement.objects.get().histoire.filter(suite="appliquee").exists()


def test_departure_puts_it_to_review_and_it_is_closed_not_reopened(equipe):
    chef, agent = equipe
    coordinateur = compte("coordinateur")
    engagement = sign(agent, Mesure(TypeRestrictionFactory().pk, "", JOUR))
    Agent.objects.filter(pk=agent.pk).update(date_depart=JOUR)
    lu = state(engagement)
    assert lu.a_revoir
    engagement = Engagement.objects.get()
    with pytest.raises(ValidationError, match="parti le 24/11/2026"):
        reopen_engagement(acteur=coordinateur, jour=JOUR, engagement=engagement, version=1)
    close_engagement(acteur=coordinateur, jour=JOUR, engagement=engagement, version=1, raison="Départ.")
    lu = state(engagement)
    assert lu.etat == EtatEngagement.CLOSE and not lu.a_revoir
    with pytest.raises(ValidationError, match="clos"):
        close_engagement(acteur=coordinateur, jour=JOUR, engagement=lu, version=2, raison="Encore.")


def test_renewal_asks_once_and_not_for_a_measure_without_end():
    coordinateur, engagement = compte("coordinateur"), EngagementFactory()
    renew_engagement(acteur=coordinateur, jour=JOUR, engagement=engagement)
    with pytest.raises(ValidationError):
        renew_engagement(acteur=coordinateur, jour=JOUR, engagement=engagement)
    assert DemandeVisite.objects.count() == 1
    sans_fin = EngagementFactory(restriction=RestrictionFactory(visite=held(), date_fin=None))
    with pytest.raises(ValidationError, match="n’a pas de fin"):
        renew_engagement(acteur=coordinateur, jour=JOUR, engagement=sans_fin)


def test_two_measures_of_a_kind_that_overlap_are_not_signed():
    genre, agent = TypeRestrictionFactory().pk, AgentFactory()
    with pytest.raises(ValidationError, match="Mesure 2 : Déjà dite à ces dates"):
        sign(agent, Mesure(genre, "10 kg", JOUR, D(2027, 1, 31)), Mesure(genre, "5 kg", D(2027, 1, 31)))
    assert not Engagement.objects.exists()


def test_deadline_counts_from_the_later_of_signature_and_start_and_stops_at_the_end():
    assert deadline(JOUR, None, JOUR, 15) == JOUR + JOURS(15)
    assert deadline(JOUR + JOURS(30), None, JOUR, 15) == JOUR + JOURS(45)
    assert deadline(JOUR, JOUR + JOURS(5), JOUR, 15) == JOUR + JOURS(5)
    faits = Faits(JOUR, None)
    assert not is_late(faits, JOUR) and is_late(faits, JOUR + JOURS(1))


def test_manager_ticks_several_and_reads_what_to_apply_never_why(equipe, client, jour):
    chef, agent = equipe
    visite = held(agent=agent, conclusion="amenagement", message_employeur="Message rare", date=JOUR)
    restrictions = [
        RestrictionFactory(visite=visite, type=TypeRestrictionFactory(libelle=f"Mesure {n}")) for n in "ab"
    ]
    poses = [EngagementFactory(restriction=r, destinataire=chef) for r in restrictions]
    client.force_login(chef)
    liste = client.get(reverse("visites:restrictions"), {"etat": "a_accuser"}).content.decode()
    assert "Mesure a" in liste and "Mesure b" in liste
    page = client.get(reverse("visites:engagement", args=[poses[0].pk])).content.decode()
    assert "Mesure a" in page
    for tu in (
        visite.motif.libelle,
        visite.motif.libelle_public,
        visite.get_conclusion_display(),
        "Anne Le Goff",
    ):
        assert tu not in page and tu not in liste
    assert "Message rare" in page and f'name="cles" value="{poses[0].pk}"' in page
    client.post(reverse("visites:accuser"), {"cles": [p.pk for p in poses]})
    assert set(Engagement.objects.values_list("accuse_le", flat=True)) == {JOUR}


def test_each_count_leads_to_its_rows(equipe, client, jour):
    chef, agent = equipe
    EngagementFactory(echeance=JOUR - JOURS(1))
    EngagementFactory(accuse_le=JOUR)
    EngagementFactory(accuse_le=JOUR, suite="refusee", suite_le=JOUR, raison="Aucun poste.", revue_le=JOUR)
    EngagementFactory(clos_le=JOUR, clos_parce_que="Autre équipe.")
    client.force_login(compte("coordinateur"))
    vues = client.get(reverse("visites:restrictions")).context["vues"]
    for vue in vues:
        assert client.get(vue["url"]).context["total"] == vue["compte"], vue["libelle"]
    assert {v["libelle"]: v["compte"] for v in vues} == {
        "À accuser": 1,
        "À appliquer": 1,
        "En retard": 1,
        "CHCT à informer": 1,
        "Fin proche": 0,
        "À revoir": 1,
        "En cours": 3,
        "Toutes": 4,
    }


def test_menu_of_a_manager_opens_what_he_applies(client_de):
    client = client_de("encadrant")
    entrees = client.get(reverse("visites:restrictions")).context["menu"]
    assert [e["libelle"] for e in entrees if e["actif"]] == ["Restrictions"]


def test_list_opens_with_what_is_to_be_done(client_de):
    finie = EngagementFactory(clos_le=JOUR, clos_parce_que="Autre équipe.", echeance=JOUR)
    vivante = EngagementFactory(echeance=JOUR + datetime.timedelta(days=9))
    client, page = client_de("coordinateur"), reverse("visites:restrictions")
    assert [ligne.record.pk for ligne in client.get(page).context["table"].rows] == [vivante.pk]
    table = client.get(page, {"etat": "toutes"}).context["table"]
    assert [ligne.record.pk for ligne in table.rows] == [vivante.pk, finie.pk]


def test_measures_signed_before_there_were_commitments_get_theirs_once(equipe):
    chef, agent = equipe
    signee = held(agent=agent, conclusion="amenagement")
    en_cours = RestrictionFactory(visite=signee, date_debut=JOUR, date_fin=None)
    RestrictionFactory(
        visite=signee, date_debut=JOUR - JOURS(days=9), date_fin=JOUR - JOURS(days=1), precision="finie"
    )
    RestrictionFactory(visite=held(agent=AgentFactory(date_depart=JOUR), conclusion="amenagement"))
    RestrictionFactory(visite=held(agent=agent, signee_le=None, cle_import="12"))
    RestrictionFactory(visite=signee, retiree_le=JOUR, precision="retirée")
    assert open_missing_engagements(jour=JOUR) == 1
    ouvert = Engagement.objects.get()
    assert (ouvert.restriction, ouvert.destinataire) == (en_cours, chef)
    assert open_missing_engagements(jour=JOUR) == 0
    assert LigneJournal.objects.filter(acte="visites.open_engagements").count() == 1


@pytest.mark.parametrize("acte", ["suite", "clore"])
def test_a_word_that_looks_clinical_is_confirmed_in_its_box(client_de, jour, acte):
    suivi = EngagementFactory(accuse_le=JOUR)
    client = client_de("coordinateur")
    page = reverse(f"visites:engagement_{acte}", args=[suivi.pk])
    saisie = {"raison": "Le chantier du Médipôle de Koutio.", "version": 1, "preuve": "Plan du Médipôle."}
    saisie |= {"suite": "refusee", "suite_le": "24/11/2026"} if acte == "suite" else {}
    texte = client.post(page, saisie).content.decode()
    cle = texte.partition('name="confirmes"')[2].partition('value="')[2].partition('"')[0]
    assert "Mot à relire" in texte and cle and "Koutio" in texte
    assert client.post(page, saisie | {"confirmes": cle}).status_code == 302
    suivi.refresh_from_db()
    assert suivi.raison or suivi.clos_parce_que
    assert MotConfirme.objects.get().visite == suivi.restriction.visite
