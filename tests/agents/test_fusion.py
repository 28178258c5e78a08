"""Two files become one and two again: with one row for each way in which a table points at agents."""

import datetime
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agents.actions import (
    ApercuPerime,
    update_absence,
    update_agent,
)
from agents.fusion import Lien
from agents.fusion.retour import find_merge_obstacles, rows_since
from agents.models import Absence, Agent, Alias, RaisonSuivi
from documents.models import Document, LettreEmise
from nouvea_sst.comptes.enums import NatureAvis, Role
from nouvea_sst.comptes.models import AvisCompte, LigneJournal
from nouvea_sst.lib.liens import links_to
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.actions import load_parametres
from signalements.models import Signalement
from tests.agents import factories as a
from tests.agents.fusions import JOUR, house, merge, undo
from tests.documents.factories import published
from tests.fabriques import compte
from tests.signalements import factories as s
from tests.visites import factories as v
from tests.visites.echanges import accompagnement_of
from tests.visites.notes import note_of
from visites.actions import load_listes, load_regles, refresh_suivis
from visites.models import Suivi

pytestmark = pytest.mark.django_db
UN = datetime.timedelta(days=1)


_rangs = count(1)


def some_days():
    """Days of their own: no two rows meet."""
    debut = JOUR - datetime.timedelta(days=3000 - 10 * next(_rangs))
    return {"date_debut": debut, "date_fin": debut + UN}


def make_alias(agent):
    """A file merged earlier into this one."""
    cle = 900_000 + agent.pk
    return Alias.objects.create(
        cle=cle,
        agent=agent,
        nom="Ancien",
        prenom="Nom",
        nom_cle="ancien nom",
        fondu_le=timezone.now(),
        retour={},
    )


def make_report(agent):
    """A report that names the agent: the row that ties them."""
    signalement = s.SignalementFactory()
    signalement.agents.add(agent)
    return Signalement.agents.through.objects.get(signalement=signalement, agent=agent)


def make_letter(agent):
    """A letter that went to him."""
    document = Document.objects.create(
        categorie="lettre", agent=agent, nom_fichier="l.pdf", contenu=b"%PDF", sha256="1" * 64
    )
    return LettreEmise.objects.create(
        agent=agent,
        modele=published(),
        cle=f"essai:{agent.pk}",
        destinataire="Lui",
        document=document,
        emise_le=timezone.now(),
    )


def make_restriction(agent):
    return v.RestrictionFactory(visite=v.held(agent=agent, date=JOUR - 400 * UN))


# One row for each way in which a table points at agents. A new one fails until it stands here.
LIGNES = {
    "agents.affectation.agent": lambda agent: a.AffectationFactory(agent=agent, **some_days()),
    "agents.carriere.agent": lambda agent: a.CarriereFactory(agent=agent, **some_days()),
    "agents.positionadministrative.agent": lambda agent: a.PositionFactory(agent=agent, **some_days()),
    "agents.contrat.agent": lambda agent: a.ContratFactory(agent=agent, **some_days()),
    "agents.raisonsuivi.agent": lambda agent: RaisonSuivi.objects.create(
        agent=agent, categorie="renforce", date_debut=JOUR
    ),
    "agents.absence.agent": lambda agent: a.AbsenceFactory(agent=agent, **some_days()),
    "agents.alerteabsence.agent": lambda agent: a.AlerteFactory(
        agent=agent, occasion=some_days()["date_debut"]
    ),
    "agents.alias.agent": make_alias,
    "documents.document.agent": lambda agent: Document.objects.create(
        categorie="certificat", agent=agent, nom_fichier="d.pdf", contenu=b"%PDF", sha256="0" * 64
    ),
    "documents.lettreemise.agent": make_letter,
    "signalements.signalement_agents.agent": make_report,
    "signalements.accident.agent": lambda agent: s.AccidentFactory(
        agent=agent, date=some_days()["date_debut"]
    ),
    "visites.suivi.agent": lambda agent: Suivi.objects.create(
        agent=agent, categorie="simple", regle="periodique", calcule_le=timezone.now()
    ),
    "visites.visitedue.agent": lambda agent: v.VisiteDueFactory(agent=agent),
    "visites.demandevisite.agent": lambda agent: v.DemandeVisiteFactory(agent=agent),
    "visites.visite.agent": lambda agent: v.VisiteFactory(
        agent=agent, motif=v.MotifFactory(code=f"m{agent.pk}")
    ),
    "visites.restriction.agent": make_restriction,
    "visites.accompagnement.agent": accompagnement_of,
    "visites.notesoignant.agent": lambda agent: note_of(compte(Role.MEDECIN), agent),
    "visites.notepsychologue.agent": lambda agent: note_of(compte(Role.PSYCHOLOGUE), agent),
}
CALCULES = {"visites.suivi.agent", "visites.visitedue.agent"}
LIENS = [Lien(relation) for relation in links_to(Agent)]


@pytest.fixture
def deux():
    """Two files of one person, each with one row in every table."""
    garde, fondu = (a.AgentFactory(nom="Wamo", prenom="Béa", nom_cle="wamo bea") for _ in range(2))
    for agent in (garde, fondu):
        for make in LIGNES.values():
            make(agent)
    return garde, fondu


def test_every_link_to_an_agent_has_a_row_here():
    assert sorted(LIGNES) == sorted(lien.nom for lien in LIENS), "a table points at agents: give it a row"


def test_a_link_without_a_row_would_be_seen():
    """The links are found by the models: the test above is no list beside another."""
    assert {"agents.alias.agent", "signalements.signalement_agents.agent", "visites.suivi.agent"} <= {
        lien.nom for lien in LIENS
    }
    assert not any("histoire" in lien.nom for lien in LIENS)


def test_everything_moves_and_comes_back(deux):
    garde, fondu = deux
    load_parametres(acteur=None)
    avant = house()
    siennes = {lien.nom: set(lien.rows(fondu.pk).values_list("pk", flat=True)) for lien in LIENS}
    propres = {lien.nom: set(lien.rows(garde.pk).values_list("pk", flat=True)) for lien in LIENS}
    assert all(siennes.values()) and all(propres.values())

    alias = merge(garde, fondu)
    assert not Agent.objects.filter(pk=fondu.pk).exists()
    for lien in LIENS:
        assert not lien.rows(fondu.pk).exists(), lien.nom
        ici = set(lien.rows(garde.pk).values_list("pk", flat=True))
        attendu = propres[lien.nom] | (set() if lien.nom in CALCULES else siennes[lien.nom])
        assert ici - {alias.pk} == attendu - {alias.pk} if lien.modele is Alias else ici == attendu, lien.nom

    undo(alias)
    assert house() == avant
    load_listes(acteur=None)
    load_regles(acteur=None)
    refresh_suivis(acteur=None, jour=JOUR)
    assert Suivi.objects.filter(agent__in=deux).count() == 2


def test_values_chosen_stay_and_come_back():
    garde = a.AgentFactory(nom="Wamo", matricule="1111", courriel="", telephone="12")
    fondu = a.AgentFactory(nom="Boula", matricule="2222", courriel="b@ville.nc", telephone="34")
    alias = merge(garde, fondu, repris=["matricule", "courriel", "nom"])
    garde.refresh_from_db()
    assert (garde.matricule, garde.courriel, garde.telephone) == ("2222", "b@ville.nc", "12")
    assert garde.nom_cle == "boula joseph"
    assert (alias.cle, alias.matricule, alias.nom) == (fondu.pk, "2222", "Boula")
    undo(alias)
    garde.refresh_from_db()
    fondu = Agent.objects.get(pk=fondu.pk)
    assert (garde.matricule, fondu.matricule, garde.nom_cle) == ("1111", "2222", "wamo joseph")


def test_values_that_do_not_go_together_are_refused():
    garde = a.AgentFactory(date_embauche=datetime.date(2020, 1, 1))
    fondu = a.AgentFactory(date_embauche=datetime.date(2010, 1, 1), date_depart=datetime.date(2015, 1, 1))
    with pytest.raises(ValidationError) as refus:
        merge(garde, fondu, repris=["date_depart"])
    assert "date_depart" in refus.value.message_dict
    assert Agent.objects.filter(pk=fondu.pk).exists() and not Alias.objects.exists()


def test_two_accounts_forbid_and_one_is_handed_over():
    garde, fondu = (a.AgentFactory(nom="Wamo", compte=compte(Role.AGENT)) for _ in range(2))
    with pytest.raises(ValidationError, match="ont un compte"):
        merge(garde, fondu)
    Agent.objects.filter(pk=garde.pk).update(compte=None)
    alias = merge(garde, fondu)
    garde.refresh_from_db()
    assert garde.compte_id == fondu.compte_id
    assert AvisCompte.objects.get(compte=garde.compte).nature == NatureAvis.FICHE_CHANGEE
    undo(alias)
    garde.refresh_from_db()
    assert garde.compte_id is None and Agent.objects.get(pk=fondu.pk).compte_id == fondu.compte_id


def test_an_account_is_not_given_the_file_of_somebody_else():
    """A mistake would have him read another's file: names that differ ask for the administrator first."""
    garde, fondu = a.AgentFactory(nom="Wamo", compte=compte(Role.AGENT)), a.AgentFactory(nom="Boula")
    for un, deux in ((garde, fondu), (fondu, garde)):
        with pytest.raises(ValidationError, match="même identité"):
            merge(un, deux)
    for numero in ("num_cafat", "num_ruamm"):
        Agent.objects.filter(pk__in=[garde.pk, fondu.pk]).update(**{numero: "123"})
        alias = merge(garde, fondu)
        undo(alias)
        Agent.objects.filter(pk__in=[garde.pk, fondu.pk]).update(**{numero: ""})


def test_nobody_merges_his_own_file_nor_one_out_of_reach():
    rh = compte(Role.RH)
    sienne, autre = a.AgentFactory(compte=rh), a.AgentFactory()
    for un, deux in ((sienne, autre), (autre, sienne)):
        with pytest.raises(PermissionDenied):
            merge(un, deux, acteur=rh)
    caisse = a.CollectiviteFactory()
    tenu = compte(Role.RH)
    a.ResponsabiliteFactory(compte=tenu, collectivite=caisse)
    dedans, dehors = a.AgentFactory(collectivite=caisse), a.AgentFactory(collectivite=a.CollectiviteFactory())
    for un, deux in ((dedans, dehors), (dehors, dedans)):
        with pytest.raises(PermissionDenied):
            merge(un, deux, acteur=tenu)
    # Nor does one undo what would give a file that is out of reach.
    alias = merge(dedans, dehors)
    with pytest.raises(PermissionDenied):
        undo(alias, acteur=tenu)
    assert Alias.objects.filter(pk=alias.pk).exists()


def test_an_old_page_merges_nothing(deux):
    garde, fondu = deux
    with pytest.raises(VersionPerimee):
        merge(garde, fondu, versions=(garde.version + 1, fondu.version))
    with pytest.raises(ApercuPerime):
        merge(garde, fondu, empreinte="autre")


def test_journal_knows_him_under_all_his_keys_and_is_not_rewritten(deux):
    garde, fondu = deux
    rh = compte(Role.RH)
    update_agent(
        acteur=rh, agent_id=fondu.pk, version=1, jour=JOUR, champs={"telephone": "77"}, homonyme_confirme=True
    )
    lignes = list(LigneJournal.objects.order_by("pk").values())
    passe = list(Agent.histoire.rel.related_model.objects.order_by("pk").values())
    merge(garde, fondu, acteur=rh)
    assert list(LigneJournal.objects.order_by("pk").values())[: len(lignes)] == lignes
    traces = Agent.histoire.rel.related_model.objects.order_by("pk").values()
    assert list(traces)[: len(passe)] == passe
    garde = Agent.objects.get(pk=garde.pk)
    assert {str(garde.pk), str(fondu.pk)} < set(garde.cles_journal)
    actes = set(LigneJournal.objects.about_agent(garde.cles_journal).values_list("acte", flat=True))
    assert {"agents.update_agent", "agents.merge_agents", "agents.fold_agent"} <= actes


def obstacles(alias):
    alias.refresh_from_db()
    return find_merge_obstacles(alias, Agent.objects.get(pk=alias.agent_id))


def test_what_came_since_forbids_or_stays():
    garde, fondu = a.AgentFactory(matricule="1111"), a.AgentFactory(matricule="2222")
    absence = a.AbsenceFactory(agent=fondu)
    alias = merge(garde, fondu, repris=["matricule"])
    assert obstacles(alias) == []
    # What is added stays; what is corrected of a row that moved goes back with it.
    a.AbsenceFactory(agent=garde, date_debut=JOUR - 90 * UN, date_fin=JOUR - 80 * UN)
    assert rows_since(alias, garde) == {"absence,absences": 1}
    absence.refresh_from_db()
    update_absence(
        acteur=None,
        absence_id=absence.pk,
        version=absence.version,
        jour=JOUR,
        type=absence.type,
        date_debut=absence.date_debut,
        date_fin=absence.date_fin - UN,
    )
    assert obstacles(alias) == []
    # A value that the merge wrote and somebody corrected would be lost.
    Agent.objects.filter(pk=garde.pk).update(matricule="3333")
    assert obstacles(alias) == ["La fiche a été corrigée depuis : matricule."]
    Agent.objects.filter(pk=garde.pk).update(matricule="2222")
    a.AgentFactory(matricule="1111")
    with pytest.raises(ValidationError):
        undo(alias)


def test_number_taken_meanwhile_and_row_gone_are_said():
    garde, fondu = a.AgentFactory(matricule="1111"), a.AgentFactory(matricule="2222")
    absence = a.AbsenceFactory(agent=fondu)
    alias = merge(garde, fondu)
    pris = a.AgentFactory(matricule="2222")
    Absence.objects.filter(pk=absence.pk).delete()
    assert obstacles(alias) == [
        "Supprimé ou changé d’agent depuis (absences) : 1. À rétablir.",
        f"Le matricule de la fiche fondue est maintenant celui de {pris}.",
    ]
    with pytest.raises(ValidationError):
        undo(alias)


def test_merges_are_undone_in_the_reverse_order():
    un, deux, trois = a.AgentFactory(), a.AgentFactory(), a.AgentFactory()
    avant = house()
    premier = merge(deux, trois)
    second = merge(un, deux)
    premier.refresh_from_db()
    assert premier.agent_id == un.pk
    assert set(Agent.objects.get(pk=un.pk).cles) == {un.pk, deux.pk, trois.pk}
    assert "défaites d’abord" in obstacles(premier)[0]
    with pytest.raises(ValidationError):
        undo(premier)
    undo(second)
    premier.refresh_from_db()
    undo(premier)
    assert house() == avant


def test_later_merge_into_the_same_file_comes_first():
    garde, un, deux = a.AgentFactory(), a.AgentFactory(), a.AgentFactory()
    premier, second = merge(garde, un), merge(garde, deux)
    assert str(deux.pk) in obstacles(premier)[0]
    undo(second)
    assert obstacles(premier) == []
    undo(premier)
