"""« Aujourd’hui »: what each role reads, that its numbers are true, what it costs."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from agents.enums import FamilleAbsence
from agents.models import Responsabilite
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.journal import record_act, record_refusal
from nouvea_sst.comptes.models import DemandeCompte, LigneJournal
from nouvea_sst.mesures import Compteur
from reporting.jour.elements import Groupe, Source, Suite, Tache, greet, make_groups
from reporting.jour.roles import ROLES
from tests.fabriques import compte, log_in
from tests.reporting import factories as f
from tests.visites.echanges import accompagnement_of, echange_of, etape_of
from visites.enums import EtatVisite
from visites.models import Restriction, TypeRestriction

JOUR = datetime.date(2026, 11, 24)
UN = datetime.timedelta(days=1)


@pytest.fixture
def jour(monkeypatch):
    """The day on which pages are read."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: JOUR)
    return JOUR


def task(echeance, titre="Tâche", **autres):
    """A task due on this day."""
    return Tache(echeance, titre, "/", "", "Ouvrir", "/", **autres)


def test_groups_begin_with_what_is_late_and_leave_out_the_empty_ones():
    source = Source([task(JOUR + UN), task(JOUR - UN)], {Groupe.RETARD: 1, Groupe.SEMAINE: 1, Groupe.JOUR: 0})
    groupes = make_groups([source], JOUR)
    assert [(g.titre, g.total) for g in groupes] == [("En retard", 1), ("D’ici sept jours", 1)]
    assert groupes[0].taches[0][2] == "1 j"


def test_what_is_not_shown_is_counted_and_leads_to_its_list():
    taches = [task(JOUR - UN, str(n)) for n in range(7)]
    source = Source(
        taches, {Groupe.RETARD: 12}, {Groupe.RETARD: Suite("autre chose,autres choses", "/suite")}
    )
    (groupe,) = make_groups([source], JOUR)
    assert len(groupe.taches) == 5
    assert groupe.suites == [("7 autres choses", "/suite")]
    assert groupe.total == 12


@pytest.mark.parametrize(
    "totaux, phrase",
    [
        ({}, "Mardi 24 novembre 2026 · rien ne vous attend"),
        ({Groupe.JOUR: 1}, "Mardi 24 novembre 2026 · 1 chose vous attend"),
        ({Groupe.RETARD: 1}, "Mardi 24 novembre 2026 · 1 chose vous attend, en retard"),
        ({Groupe.RETARD: 2}, "Mardi 24 novembre 2026 · 2 choses vous attendent, toutes en retard"),
        (
            {Groupe.RETARD: 3, Groupe.JOUR: 4, Groupe.SEMAINE: 2},
            "Mardi 24 novembre 2026 · 9 choses vous attendent, dont 3 en retard",
        ),
    ],
)
def test_greeting_counts_what_waits(totaux, phrase):
    assert greet(JOUR, make_groups([Source([], totaux)], JOUR)) == phrase


def test_every_role_has_its_page():
    assert set(ROLES) == set(Role)


def fill(nombre, professionnel=None, encadrant=None):
    """Make rows of each kind, late, today and soon."""
    f.make_target("visites.periodicite.simple", 60)
    structure = f.StructureFactory()
    if encadrant:
        Responsabilite.objects.create(
            compte=encadrant, structure=structure, date_debut=datetime.date(2020, 1, 1)
        )
    famille = f.TypeAbsenceFactory(famille=FamilleAbsence.LONGUE, libelle="Congé de longue maladie")
    genre = TypeRestriction.objects.create(libelle=f"Port de charges limité {structure.pk}")
    motif = f.MotifFactory()
    for rang in range(nombre):
        date = JOUR + datetime.timedelta(days=rang % 3 - 1)
        agent = f.AgentFactory(structure=structure)
        f.SuiviFactory(agent=agent, echeance=JOUR - UN, derniere_visite=None)
        f.AbsenceFactory(agent=agent, type=famille, date_debut=JOUR - 40 * UN, date_fin=JOUR + UN)
        f.SignalementFactory(qualifier_avant=date, structure=structure)
        f.ActionFactory(echeance=date, structure=structure, pilote=professionnel)
        visite = f.VisiteFactory(
            agent=agent, motif=motif, date=date, heure=datetime.time(8 + rang // 60, rang % 60),
            professionnel=professionnel,
        )  # fmt: skip
        Restriction.objects.create(visite=visite, agent=agent, type=genre, date_debut=JOUR - UN)
        if professionnel is not None and professionnel.role == Role.COORDINATEUR:
            suivi = accompagnement_of(agent, professionnel)
            etape_of(echange_of(professionnel, suivi), dans=rang % 3 - 1)
    f.SuiviFactory(echeance=JOUR + 10 * UN)
    f.SeanceFactory(date=JOUR + 14 * UN)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_page_stands_in_an_empty_house(jour, client_de, role):
    page = client_de(role).get("/").content.decode()
    assert "Mardi 24 novembre 2026" in page


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_page_asks_the_database_fifteen_times_at_most(jour, role):
    qui = compte(role)
    fill(40, professionnel=qui, encadrant=qui)
    client = log_in(qui)
    with Compteur() as sql:
        assert client.get("/").status_code == 200
    assert len(sql) <= 15, str(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(set(Role.values) - {"auditeur"}))
@pytest.mark.parametrize("pour", ["moi", "section"])
def test_each_figure_opens_as_many_rows(jour, role, pour):
    qui = compte(role)
    fill(7, professionnel=qui, encadrant=qui)
    f.ActionFactory(echeance=JOUR - 3 * UN, pilote=compte("preventeur"))
    client = log_in(qui)
    for chiffre in client.get("/", {"pour": pour}).context["journee"].chiffres:
        reponse = client.get(chiffre["url"])
        assert reponse.status_code == 200, chiffre
        assert str(reponse.context["total"]) == chiffre["valeur"], chiffre


@pytest.mark.django_db
def test_accounts_to_look_after_are_counted_for_the_administrator_and_the_chief():
    administrateur, ancien = compte("administrateur"), timezone.now() - 91 * UN
    compte("rh", approuve_le=None)
    compte("rh", password=None)
    compte("rh", date_joined=ancien)
    compte("rh", is_active=False, ferme_le=ancien, motif_fermeture="depart")
    compte("rh", is_active=False, ferme_le=ancien, motif_fermeture="decision")
    for nature in ("role", "reinitialisation"):
        DemandeCompte.objects.create(
            compte=compte("rh"), nature=nature, role="rh", demandeur=administrateur, demandee_le=ancien
        )
    client, liste = log_in(administrateur), reverse("comptes:liste")
    chiffres = {c["url"]: c["valeur"] for c in client.get("/").context["journee"].chiffres}
    for etat in ("a_approuver", "invite", "dormants", "partis"):
        assert chiffres[f"{liste}?etat={etat}"] == "1", etat
        assert client.get(liste, {"etat": etat}).context["total"] == 1, etat
    personne = compte("chef")
    DemandeCompte.objects.create(
        compte=personne, nature="role", role="rh", demandeur=administrateur, demandee_le=ancien
    )  # about himself: it is not for him
    chef = log_in(personne)
    assert "2 demandes en attente" in chef.get(liste).content.decode().replace("\xa0", " ").replace(
        "\u202f", " "
    )
    (demandes,) = (
        c for c in chef.get("/").context["journee"].chiffres if c["url"] == reverse("comptes:demandes")
    )
    assert demandes["valeur"] == "2" == str(chef.get(demandes["url"]).context["total"])
    taches = [t for groupe in chef.get("/").context["groupes"] for t, *_ in groupe.taches]
    (tache,) = (t for t in taches if t.url == reverse("comptes:demandes"))
    assert (tache.titre, tache.url_acte) == ("Approuver 2 demandes de comptes", tache.url)
    DemandeCompte.objects.update(etat="annulee", decidee_le=timezone.now())
    groupes = chef.get("/").context["groupes"]
    assert tache.url not in {t.url for groupe in groupes for t, *_ in groupe.taches}


@pytest.mark.django_db
@pytest.mark.parametrize("nature", ["refus", "acte"])
def test_figures_of_the_auditor_count_the_lines_of_the_journal(monkeypatch, nature):
    demain = timezone.localdate() + UN  # the week before tomorrow holds the lines of this test
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: demain)
    record_refusal(acteur=compte("rh"), acte="acces.refuse", libelle="journal:liste")
    record_act(acteur=None, acte="comptes.sync_roles")
    client = log_in(compte("auditeur"))
    chiffres = client.get("/").context["journee"].chiffres
    (chiffre,) = (c for c in chiffres if f"vue={nature}&" in c["url"])
    assert str(client.get(chiffre["url"]).context["total"]) == chiffre["valeur"] != "0"


@pytest.mark.django_db
def test_week_of_the_auditor_ends_yesterday_so_that_reading_changes_no_figure():
    client = log_in(compte("auditeur"))
    for chiffre in client.get("/").context["journee"].chiffres:
        assert client.get(chiffre["url"]).context["total"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["coordinateur", "chef", "preventeur"])
@pytest.mark.parametrize("pour, taches", [("moi", 1), ("section", 3)])
def test_figure_of_late_actions_is_the_section_s_whoever_reads(jour, role, pour, taches):
    qui = compte(role)
    for pilote in (qui, compte("preventeur"), None):
        f.ActionFactory(echeance=JOUR - 3 * UN, pilote=pilote)
    contexte = log_in(qui).get("/", {"pour": pour}).context
    (chiffre,) = (c for c in contexte["journee"].chiffres if "action" in c["libelle"])
    assert (chiffre["valeur"], chiffre["url"]) == ("3", "/signalements/actions/?vue=en_retard")
    assert sum(g.total for g in contexte["groupes"]) == taches


@pytest.mark.django_db
def test_agent_with_three_measures_stands_once_and_the_figure_counts_the_rows(jour):
    encadrant = compte("encadrant")
    fill(2, encadrant=encadrant)
    premiere = Restriction.objects.order_by("pk").first()
    for libelle in ("Station debout limitée", "Pas de travail de nuit"):
        Restriction.objects.create(
            visite=premiere.visite, agent=premiere.agent, date_debut=JOUR - UN,
            type=TypeRestriction.objects.create(libelle=libelle),
        )  # fmt: skip
    client = log_in(encadrant)
    journee = client.get("/").context["journee"]
    (chiffre,) = (c for c in journee.chiffres if "aménagement" in c["libelle"])
    (panneau,) = (p for p in journee.panneaux if p.cle == "mesures")
    assert chiffre["valeur"] == str(len(panneau.lignes)) == "2"
    assert client.get(chiffre["url"]).context["total"] == 2
    assert sorted(ligne.texte.count(" ; ") for ligne in panneau.lignes) == [0, 2]


@pytest.mark.django_db
def test_title_of_a_visit_is_elided(jour):
    medecin = compte("medecin")
    f.VisiteFactory(date=JOUR, professionnel=medecin, agent=f.AgentFactory(nom="Katoa", prenom="Anaïs"))
    assert "Visite d’Anaïs" in log_in(medecin).get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_each_act_and_each_list_may_be_opened(jour, role):
    qui = compte(role)
    fill(22, professionnel=qui, encadrant=qui)
    client = log_in(qui)
    contexte = client.get("/").context
    adresses = {t.url_acte for g in contexte["groupes"] for t, _, _ in g.taches}
    adresses |= {url for g in contexte["groupes"] for _, url in g.suites}
    adresses |= {
        x for p in contexte["journee"].panneaux for ligne in p.lignes for x in (ligne.url, ligne.url_acte)
    }
    adresses |= {b.url for b in contexte["journee"].boutons}
    for adresse in adresses - {""}:
        assert client.get(adresse).status_code == 200, adresse


@pytest.mark.django_db
def test_hidden_tasks_stand_in_the_list_that_is_named(jour):
    qui = compte("coordinateur")
    fill(22, professionnel=qui)
    client = log_in(qui)
    for groupe in client.get("/").context["groupes"]:
        for mots, url in groupe.suites:
            montres = sum(t.url.startswith(url.partition("?")[0]) for t, _, _ in groupe.taches)
            attendu = int(mots.split(" ")[0])
            total = client.get(url).context["total"]
            assert total >= attendu + montres if "a_qualifier" in url else total == attendu + 5, mots


@pytest.mark.django_db
def test_doctor_concludes_his_own_visits_and_not_those_of_another(jour):
    medecin, autre = compte("medecin"), compte("medecin")
    sienne = f.VisiteFactory(date=JOUR, heure=datetime.time(10), professionnel=medecin)
    passee = f.VisiteFactory(date=JOUR - UN, professionnel=medecin)
    f.VisiteFactory(date=JOUR, heure=datetime.time(9), professionnel=autre)
    f.VisiteFactory(date=JOUR, professionnel=medecin, etat=EtatVisite.ANNULEE)
    groupes = log_in(medecin).get("/").context["groupes"]
    actes = [(g.titre, t.acte, t.url_acte) for g in groupes for t, _, _ in g.taches]
    assert actes == [
        ("En retard", "Conclure", f"/visites/conclure/{passee.pk}/"),
        ("Aujourd’hui", "Conclure", f"/visites/conclure/{sienne.pk}/"),
    ]


@pytest.mark.django_db
def test_manager_reads_dates_of_absence_and_no_kind(jour):
    encadrant = compte("encadrant")
    fill(1, encadrant=encadrant)
    page = log_in(encadrant).get("/").content.decode()
    assert "du 15/10/2026 au 25/11/2026" in page
    assert "longue maladie" not in page


@pytest.mark.django_db
def test_agent_reads_his_own_affairs_and_nobody_elses(jour):
    qui = compte("agent")
    fill(3)
    f.VisiteFactory(agent=f.AgentFactory(compte=qui), date=JOUR + UN, heure=datetime.time(9, 30))
    f.SignalementFactory(declarant=qui, intitule="Mon échelle")
    f.SignalementFactory(intitule="Celle du voisin")
    page = log_in(qui).get("/").content.decode()
    assert "mercredi 25 novembre 2026" in page
    assert "Mon échelle" in page
    assert "Celle du voisin" not in page
    assert "Port de charges" not in page


@pytest.mark.django_db
def test_session_without_points_asks_for_them_then_for_its_pack(jour):
    chef = log_in(compte("chef"))
    seance = f.SeanceFactory(date=JOUR + 14 * UN)
    assert "Arrêter l’ordre du jour" in chef.get("/").content.decode()
    f.PointFactory(seance=seance)
    page = chef.get("/").content.decode()
    assert f"/pilotage/dossiers/preparer/?seance={seance.pk}" in page
    assert "1 point à l’ordre du jour" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role, lignes", [("medecin", 1), ("coordinateur", 1), ("preventeur", 0), ("chct", 0)]
)
def test_reading_named_rows_leaves_one_line(jour, role, lignes):
    qui = compte(role)
    fill(3, professionnel=qui)
    log_in(qui).get("/")
    assert LigneJournal.objects.filter(acte="reporting.accueil").count() == lignes
