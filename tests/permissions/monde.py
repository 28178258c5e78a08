"""A small city where every kind of record exists in every position, and the address of each page in each.

Two services: the encadrant answers for « Espaces verts » and not for « Bibliothèque ». Each of the twelve
accounts has a file of his own. Positions:

    soi     the account's own file (its agent, its report, its job…)
    dans    a file of the service that the encadrant answers for
    hors    a file of the other service
    mienne  as « hors », the account being the professional of the visit
    un      a record of the city as a whole: a session, an action, an import…
    page    an address without parameter
    croise  the outer record of « dans », the inner one of « hors »: two that do not go together
    inconnu a key that does not exist
"""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.actions import make_lien
from nouvea_sst.comptes.corbeille import put_aside
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import DemandeCompte, Retrait, SaisieGardee, Utilisateur
from nouvea_sst.imports.actions import deposit_import
from nouvea_sst.imports.enums import EffetLigne, EtatImport
from nouvea_sst.imports.models import Import, LigneImport
from nouvea_sst.lib.dates import Periode
from nouvea_sst.referentiel.models import JourFerie, Texte
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail
from reporting.models import ContradictionEcartee, VueEnregistree
from reporting.pack import fabrique
from signalements.enums import EtatAction
from signalements.models import Signalement
from tests.agents import factories as a
from tests.agents.fusions import merge
from tests.commissions import factories as c
from tests.documents import factories as l
from tests.fabriques import compte, log_in
from tests.imports.factories import CorrespondanceFactory
from tests.imports.fichiers import BOULA, GONY, SAO, make_csv
from tests.permissions import notes as n
from tests.referentiel.factories import valeur
from tests.signalements import factories as s
from tests.visites import factories as v
from tests.visites.remplissage import PREUVE
from visites.enums import EtatVisite
from visites.models import Motif, RegleVisite, Suivi

ANONYME, FERME = "anonyme", "ferme"
INCONNU = {"int": 999_999_999, "uuid": "00000000-0000-4000-8000-000000000000", "str": "zzzz", "slug": "zzzz"}
HIER = datetime.timedelta(days=1)
SANS_SUITE = "visite-sans-suite"  # what the visits of yesterday are found by

Fichier = SimpleNamespace


class Monde:
    """The city; `adresse` is the way in."""

    def __init__(self) -> None:
        self.jour = timezone.localdate()
        self.position = a.TypePositionFactory.create()
        self._rang = 0
        call_command("charger_referentiel", verbosity=0)
        self.comptes: dict[str, Utilisateur] = {role: compte(role, username=f"monde-{role}") for role in Role}
        self.comptes[FERME] = compte(Role.COORDINATEUR, username="monde-ferme")
        self.medecin = compte(Role.MEDECIN, username="monde-confrere", first_name="Anne", last_name="Le Goff")
        self._make_structures()
        self.dans = self._make_file("Dans", self.verts)
        self.hors = self._make_file("Hors", self.livres)
        self.soi = {role: self._make_own(role) for role in (*Role, FERME)}
        self.mienne = {role: self._make_visits(role) for role in (*Role, FERME)}
        self._fold_files()
        self.un = self._make_city()
        self._set_aside(self.hors.visite)
        self.clients = {role: self._log_in(role) for role in (*Role, ANONYME, FERME)}
        Utilisateur.objects.filter(pk=self.comptes[FERME].pk).update(
            is_active=False, ferme_le=timezone.now(), motif_fermeture="decision"
        )

    def _make_structures(self) -> None:
        """Two services under two directions; the encadrant answers for the first."""
        direction = a.StructureFactory.create(sigle="DECV", libelle="Cadre de vie", niveau="direction")
        autre = a.StructureFactory.create(sigle="DCUL", libelle="Culture", niveau="direction")
        self.verts = a.StructureFactory.create(sigle="VERTS", libelle="Espaces verts", parent=direction)
        self.livres = a.StructureFactory.create(sigle="BIB", libelle="Bibliothèque", parent=autre)
        a.ResponsabiliteFactory.create(compte=self.comptes[Role.ENCADRANT], structure=self.verts)

    def _make_file(self, nom: str, structure: Any, declarant: Any = None, **champs: Any) -> Fichier:
        """Everything that can hang on one agent."""
        self._rang += 1
        depuis = self.jour - datetime.timedelta(days=40)
        agent = a.AgentFactory.create(nom=nom, structure=structure, **champs)
        absence = a.AbsenceFactory.create(
            agent=agent, type=s.type_absence("maladie"), date_debut=depuis, date_fin=depuis + 3 * HIER
        )
        accident = s.AccidentFactory.create(agent=agent, structure=structure, date=depuis - 9 * HIER)
        signalement = s.SignalementFactory.create(
            structure=structure,
            declarant=declarant,
            survenu_le=self.jour - HIER,
            lieu=f"Atelier {self._rang}",
        )
        signalement.agents.add(agent)
        fichier = Fichier(
            agent=agent,
            affectation=a.AffectationFactory.create(agent=agent),
            absence=absence,
            position=a.PositionFactory.create(agent=agent, date_fin=depuis, type=self.position),
            alerte=a.AlerteFactory.create(agent=agent),
            accident=accident,
            signalement=signalement,
            visite=self._make_visit(agent, self.medecin),
            realisee=v.held(
                agent=agent, professionnel=self.medecin, date=depuis, motif=self._motif("reprise_maladie")
            ),
            travail=Travail.objects.create(
                intitule="Essai", demandeur=declarant or self.medecin, etat=EtatTravail.EN_FILE
            ),
        )
        fichier.demande_visite = v.DemandeVisiteFactory.create(
            agent=agent, origine="service", demandeur=self.medecin, demandee_le=depuis
        )
        n.make_note(self, fichier)
        fichier.regle = SANS_SUITE
        fichier.vue = VueEnregistree.objects.create(
            utilisateur=declarant or self.medecin, liste="commissions:seances", nom=f"Vue {self._rang}"
        )
        l.make_papers(fichier, declarant or self.medecin)
        periode = {"date_debut": depuis, "date_fin": self.jour + 90 * HIER}
        fichier.restriction = v.RestrictionFactory.create(visite=fichier.realisee, agent=agent, **periode)
        fichier.engagement = v.EngagementFactory.create(restriction=fichier.restriction)
        fichier.suivi = Suivi.objects.create(
            agent=agent,
            categorie="simple",
            regle="periodique",
            echeance=self.jour - HIER,
            preuve=PREUVE,
            calcule_le=timezone.now(),
        )
        fichier.due = self._make_due(agent, "ouverte")
        fichier.ecartee = self._make_due(agent, "ecartee", cloture="ecartee", close_le=self.jour)
        return fichier

    def _make_due(self, agent: Any, etat: str, **champs: Any) -> Any:
        """A visit that the agent is due, or was due before somebody put it aside."""
        regle = RegleVisite.objects.filter(declencheur="maladie").earliest("date_effet")
        return v.VisiteDueFactory.create(agent=agent, cle=f"essai:{etat}", regle=regle, etat=etat, **champs)

    def own_structure(self, role: str) -> Any:
        """Where the account's own agent works: only the encadrant in the service that he answers for."""
        return self.verts if role == Role.ENCADRANT else self.livres

    def _make_own(self, role: str) -> Fichier:
        """The file of an account's own agent: out of the encadrant's service, but for himself."""
        compte_soi = self.comptes[role]
        structure = self.own_structure(role)
        fichier = self._make_file(f"Soi {role}", structure, declarant=compte_soi, compte=compte_soi)
        fichier.compte, fichier.saisie = compte_soi, make_saisie(compte_soi)
        fichier.demande = self._make_opposable(compte_soi)
        fichier.retrait = self._take_away(fichier.agent)
        fichier.responsabilite = a.ResponsabiliteFactory.create(
            compte=compte_soi, structure=structure, date_debut=self.jour - 9 * HIER, date_fin=self.jour - HIER
        )
        return fichier

    def _make_opposable(self, personne: Utilisateur) -> DemandeCompte:
        """A new password asked and approved for an account, which may still refuse it."""
        autres = [autre for autre in self.comptes.values() if autre != personne]
        return DemandeCompte.objects.create(
            compte=personne,
            nature="reinitialisation",
            role=personne.role,
            demandeur=autres[0],
            demandee_le=timezone.now(),
            etat="en_delai",
            decideur=autres[1],
            decidee_le=timezone.now(),
            effet_le=timezone.now() + HIER,
        )

    def _make_visits(self, role: str) -> Fichier:
        """A visit of the account as professional, of an agent of the other service."""
        agent = a.AgentFactory.create(nom=f"Vu par {role}", structure=self.livres)
        visite = self._make_visit(agent, self.comptes[role])
        faits = {"origine": "service", "demandeur": self.comptes[role], "demandee_le": self.jour}
        demande = v.DemandeVisiteFactory.create(agent=agent, **faits)
        faits = {"visite": visite, "realisee": n.signed_by(self, agent, role), "demande_visite": demande}
        return Fichier(agent=agent, **faits)

    def _make_visit(self, agent: Any, professionnel: Any) -> Any:
        """A visit of yesterday, still to conclude, each at an hour of its own."""
        self._rang += 1
        heure, dixieme = divmod(self._rang, 10)
        return v.VisiteFactory.create(
            agent=agent,
            professionnel=professionnel,
            date=self.jour - HIER,
            heure=datetime.time(7 + heure, 6 * dixieme),
            nature="vip",
            motif=self._motif("periodique"),
            etat=EtatVisite.PLACEE,
        )

    def _motif(self, code: str) -> Motif:
        """A motive of the catalogue."""
        return Motif.objects.get(code=code)

    def _take_away(self, agent: Any) -> Retrait:
        """An absence that the staff manager took away, or the coordinator of the manager's own."""
        absence = a.AbsenceFactory.create(agent=agent, type=s.type_absence("maladie"))
        return put_aside(
            acteur=self.comptes[Role.COORDINATEUR if agent.compte == self.comptes[Role.RH] else Role.RH],
            objet=absence,
            libelle="Absence retirée",
            droit="agents.change_absence",
            adresse=reverse("agents:absences", args=[agent.pk]),
            agent=agent,
        )

    def _fold_files(self) -> None:
        """Beside each agent one who may be the same person, and one whose file became his."""
        jumelle = a.AgentFactory.create(nom="Jumelle", structure=self.livres)
        for fichier in (self.dans, self.hors, *self.soi.values()):
            fichier.jumelle = jumelle
            fondu = a.AgentFactory.create(nom=fichier.agent.nom, structure=fichier.agent.structure)
            fichier.alias = merge(fichier.agent, fondu)
            fichier.agent.refresh_from_db()

    def _set_aside(self, visite: Any) -> None:
        """A visit that somebody says to be no error."""
        ContradictionEcartee.objects.create(
            code=SANS_SUITE,
            cle=visite.pk,
            raison="Vérifié",
            ecartee_par=self.comptes[Role.RH],
            ecartee_le=timezone.now(),
        )

    def _bring_files(self) -> list[Import]:
        """One to be read, one applied of which a row waits, one that holds everybody."""
        contenu = make_csv([BOULA, GONY, SAO], titres=["Registre"], encodage="cp1252")
        depots = [
            deposit_import(
                acteur=None,
                jour=self.jour,
                cible="agents",
                nom_fichier="r.csv",
                contenu=contenu,
                complet=complet,
            )
            for complet in (False, False, True)
        ]
        Import.objects.filter(pk=depots[1].pk).update(
            etat=EtatImport.APPLIQUE, applique_le=timezone.now(), requete=INCONNU["uuid"]
        )
        LigneImport.objects.create(
            fichier=depots[1], numero=9, effet=EffetLigne.ATTENTE, libelle="4999", motif="Agent inconnu."
        )
        return depots

    def _make_city(self) -> Fichier:
        """Records that belong to nobody in particular."""
        seance = c.agenda("Bilan", "Programme")
        periode = Periode(datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))
        octets = mock.patch.object(fabrique, "render_pdf", lambda chiffres: (b"%PDF-1.7 essai", 6))
        with octets:
            edition = fabrique.make_edition(acteur=None, seance=seance, periode=periode, jour=self.jour)
        depots = self._bring_files()
        invite = compte(Role.RH, username="monde-invite", password=None, approuve_le=None)
        administrateur = compte(Role.ADMINISTRATEUR, username="monde-administrateur-2")
        demande = DemandeCompte.objects.create(
            compte=invite, nature="creation", role="rh", demandeur=administrateur, demandee_le=timezone.now()
        )
        recrue = compte(Role.AGENT, username="monde-recrue", password=None)
        exposition = a.ExpositionFactory.create()
        _, jeton = make_lien(acteur=administrateur, maintenant=timezone.now(), compte_id=recrue.pk)
        return Fichier(
            **l.make_texts(),
            **(n.make_psychologist_note(self) | n.make_sample(self) | n.make_lien_reponse(self)),
            page_aidee="agents:liste",
            guide="medecin",
            regle=SANS_SUITE,
            compte=self.medecin,
            demande=demande,
            lien=SimpleNamespace(jeton=jeton),
            responsabilite=a.ResponsabiliteFactory.create(compte=self.medecin, structure=self.verts),
            saisie=make_saisie(self.medecin),
            seance=seance,
            point=seance.points.first(),
            autre_point=c.agenda("Ailleurs").points.first(),
            retrait=self._take_away(self.hors.agent),
            rang=2,
            edition=edition,
            depot=depots[0],
            applique=depots[1],
            complet=depots[2],
            correspondance=CorrespondanceFactory.create(valeur="Agent nommé"),
            structure=self.verts,
            poste=exposition.poste,
            exposition=exposition,
            code="visites.periodicite.simple",
            valeur=valeur("visites.periodicite.simple", 48, f"{self.jour.year + 1}-01-01"),
            declencheur="maladie",
            version_regle=v.RegleVisiteFactory.create(date_effet=self.jour + 90 * HIER),
            essai_regle=v.EssaiRegleFactory.create(demandeur=self.medecin, jour=self.jour),
            annee=self.jour.year + 3,
            jour_chome=JourFerie.objects.filter(date__gt=self.jour).first(),
            texte=Texte.objects.first(),
            petite_liste="motifs",
            rang_liste=1,
            entree=self._motif("periodique"),
            ligne_journal=record_act(acteur=None, acte="comptes.sync_roles"),
            absence_pro=v.AbsenceProfessionnelFactory(professionnel=self.medecin),
            demi_journee=v.DemiJourneeFactory.create(professionnel=self.medecin, date=self.jour),
            action=s.ActionFactory.create(etat=EtatAction.A_FAIRE, echeance=self.jour + 30 * HIER),
        )

    def _log_in(self, role: str) -> Client:
        """A client of this account; errors of views come out as they are."""
        client = Client()
        if role != ANONYME:
            client.cookies = log_in(self.comptes[role]).cookies
        client.seance = client.cookies.get(settings.SESSION_COOKIE_NAME)
        return client

    def fichier(self, position: str, role: str) -> Fichier:
        """The records of a position for a role; whoever has no account is given the coordinateur's."""
        role = Role.COORDINATEUR if role == ANONYME else role
        lu = getattr(self, position)
        return lu[role] if isinstance(lu, Mapping) else lu

    def adresse(self, nom: str, cles: Mapping[str, str], position: str, role: str) -> str:
        """Address of a page in a position: `cles` says which record each parameter names.

        « dans:realisee » names the first record otherwise, « un:point=autre_point » the one of that name.
        """
        position, _, autre = position.partition(":")
        if autre:
            cle, _, attribut = autre.rpartition("=")
            cles = {**cles, cle or next(iter(cles)): attribut}
        if position == "page":
            return reverse(nom)
        if position == "inconnu":
            return reverse(nom, kwargs={cle: unknown_of(attribut) for cle, attribut in cles.items()})
        valeurs = {}
        for rang, (cle, attribut) in enumerate(cles.items()):
            ou = {"croise": "hors" if rang else "dans"}.get(position, position)
            valeurs[cle] = key_of(self.fichier(ou, role), attribut)
        return reverse(nom, kwargs=valeurs)


def make_saisie(personne: Utilisateur) -> SaisieGardee:
    """What somebody typed and could not send."""
    return SaisieGardee.objects.create(
        compte=personne, adresse="/agents/ajouter/", champs={"nom": ["Un nom tapé"]}, gardee_le=timezone.now()
    )


def key_of(fichier: Fichier, attribut: str) -> Any:
    """Key of a record of the file; « signalement.jeton » reads a column, a number stands for itself."""
    nom, _, colonne = attribut.partition(".")
    objet = getattr(fichier, nom)
    return getattr(objet, colonne or "pk", objet)


def unknown_of(attribut: str) -> Any:
    """A key of the same kind that no record has."""
    return INCONNU["uuid" if attribut.endswith((".jeton", ".cle")) else "int"]


@contextmanager
def make_monde(django_db_blocker: Any, ville: type[Monde] = Monde) -> Iterator[Monde]:
    """The city in a transaction that is taken back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert not Signalement.objects.exists()
        yield ville()
        transaction.set_rollback(True)


@contextmanager
def taken_back() -> Iterator[None]:
    """What the block writes is undone at its end."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
