"""A small city whose every secret field carries a canary: one's own record, a colleague's, a stranger's."""

import datetime
import json
from dataclasses import dataclass, field
from typing import Any

from django.core import serializers
from django.utils import timezone

from agents.actions import rebuild_paths
from agents.enums import CategorieSuivi, EtatAlerte, FamilleAbsence, MotifEcart, NiveauStructure, RegleAlerte
from agents.models import (
    Absence,
    Affectation,
    Agent,
    AlerteAbsence,
    Alias,
    Carriere,
    Collectivite,
    Contrat,
    PositionAdministrative,
    Poste,
    RaisonSuivi,
    Responsabilite,
    Site,
    Structure,
    TypeAbsence,
    TypePosition,
)
from agents.rules.identite import name_key
from documents.enums import CategorieDocument
from documents.models import Document
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import SaisieGardee, Utilisateur
from nouvea_sst.travaux.models import Travail
from reporting.models import VueEnregistree
from signalements.enums import EtatAction, EtatSignalement, OrigineAction
from signalements.models import Accident, Action, Signalement
from tests.fabriques import compte
from tests.fuites.canaris import PLACES, Voliere
from tests.fuites.communs import Communs
from tests.fuites.demandes import Demandes
from tests.fuites.notes import Notes
from tests.fuites.presences import VENUE, correct_visit, make_excused
from tests.signalements.factories import delai
from tests.visites.factories import AbsenceProfessionnelFactory
from visites.enums import Conclusion, EtatVisite, NatureVisite, RegleEcheance
from visites.models import (
    DemiJournee,
    MotConfirme,
    Motif,
    Recommandation,
    Restriction,
    Suivi,
    TypeRestriction,
    Visite,
)

AN_DERNIER = datetime.timedelta(days=400)


@dataclass
class Dossier:
    """What the city knows of one agent."""

    agent: Agent
    structure: Structure
    objets: dict[str, list[Any]] = field(default_factory=dict)

    def keep(self, objet: Any) -> Any:
        """Remember a record under its model."""
        self.objets.setdefault(objet._meta.label, []).append(objet)
        return objet


class Ville(Communs, Demandes, Notes):
    """The accounts of the twelve roles, three agents, and what belongs to nobody."""

    def __init__(self, jour: datetime.date) -> None:
        self.jour = jour
        self.voliere = Voliere()
        self.comptes: dict[str, Utilisateur] = {role: compte(role) for role in Role.values}
        self.direction = Structure.objects.create(
            sigle="DQA", libelle="Direction", niveau=NiveauStructure.DIRECTION
        )
        self.site = Site.objects.create(libelle="Dépôt")
        self.collectivite = Collectivite.objects.get_or_create(
            code="VDN", defaults={"libelle": "Ville", "code_ancien": "90"}
        )[0]
        self.dossiers = {place: self._dossier(place) for place in PLACES}
        rebuild_paths()
        self.responsabilite = Responsabilite.objects.create(
            **self.voliere.fill(
                Responsabilite,
                "equipe",
                compte=self.comptes[Role.ENCADRANT],
                structure=self.dossiers["equipe"].structure,
                date_debut=datetime.date(2020, 1, 1),
            )
        )
        self.communs = Dossier(self.dossiers["ailleurs"].agent, self.direction)
        self.communs.keep(self.responsabilite)
        delai()
        self.siennes: list[Any] = []
        self._carriers()
        self._jobs()
        self._trials()
        self._access()
        self._session()

    def settle(self, role: str) -> Utilisateur:
        """Make the record « soi » this role's own: its agent, its report, its job."""
        utilisateur = self.comptes[role]
        soi = self.dossiers["soi"]
        Agent.objects.filter(pk=soi.agent.pk).update(compte=utilisateur)
        Signalement.objects.filter(pk__in=[s.pk for s in soi.objets["signalements.Signalement"]]).update(
            declarant=utilisateur
        )
        SaisieGardee.objects.filter(pk__in=[s.pk for s in self.siennes]).update(compte=utilisateur)
        VueEnregistree.objects.filter(pk=self.vue.pk).update(utilisateur=utilisateur)
        Travail.objects.filter(pk=self.travail.pk).update(demandeur=utilisateur)
        return utilisateur

    def _dossier(self, place: str) -> Dossier:
        v = self.voliere
        structure = Structure.objects.create(
            sigle=f"Q{place[:2].upper()}",
            libelle=f"Service {place}",
            niveau=NiveauStructure.SERVICE,
            parent=self.direction,
            direction=self.direction,
        )
        agent = self._agent(place, structure)
        dossier = Dossier(agent, structure)
        dossier.keep(agent)
        self._career(place, dossier)
        self._visits(place, dossier)
        self.make_requests(place, dossier)
        self._reports(place, dossier)
        document = dossier.keep(
            Document.objects.create(
                agent=agent,
                categorie=CategorieDocument.CERTIFICAT,
                nom_fichier=f"document-{place}.pdf",
                contenu=b"%PDF-1.4 " + v.text("documents.Document.contenu", place).encode(),
                emis_par=self._person("documents.Document.emis_par", place),
            )
        )
        self.make_letter(place, dossier)
        self.make_notes(place, dossier)
        tenue = dossier.objets["visites.Visite"][0]
        tenue.certificat = document
        tenue.save(update_fields=["certificat"])
        return dossier

    def _agent(self, place: str, structure: Structure) -> Agent:
        v = self.voliere
        valeurs = v.fill(
            Agent,
            place,
            structure=structure,
            poste=Poste.objects.create(intitule=f"Poste {place}"),
            site=self.site,
            collectivite=self.collectivite,
            matricule=v.digits("agents.Agent.matricule", place, "7717"),
            nom_cle="",
            statut="F",
        )
        valeurs["nom_cle"] = name_key(valeurs["nom"], valeurs["prenom"])
        return Agent.objects.create(**valeurs)

    def _career(self, place: str, dossier: Dossier) -> None:
        v, agent = self.voliere, dossier.agent
        lieu = {"structure": dossier.structure, "poste": agent.poste, "site": self.site}
        dossier.keep(Affectation.objects.create(**v.fill(Affectation, place, agent=agent, **lieu)))
        genre = TypeAbsence.objects.create(
            code=7000 + PLACES.index(place),
            libelle=v.text("agents.Absence.type", place),
            famille=FamilleAbsence.MALADIE,
        )
        dossier.keep(Absence.objects.create(**v.fill(Absence, place, agent=agent, type=genre)))
        dossier.keep(self._alias(place, agent))
        dossier.keep(self._alert(place, agent))
        self._payroll(place, dossier)
        dossier.keep(
            RaisonSuivi.objects.create(
                **v.fill(RaisonSuivi, place, agent=agent, categorie=CategorieSuivi.RENFORCE)
            )
        )

    def _alert(self, place: str, agent: Agent) -> AlerteAbsence:
        """An alert that somebody set aside, with a few words."""
        v = self.voliere
        fait = {"libelle": "Absent depuis le", "valeur": v.text("agents.AlerteAbsence.preuve", place)}
        fixes = {
            "agent": agent,
            "regle": RegleAlerte.SEUIL,
            "seuil": 30,
            "etat": EtatAlerte.ECARTEE,
            "motif": MotifEcart.SANS_OBJET,
            "preuve": {
                "regle": "",
                "version": "",
                "source": "",
                "fiabilite": "",
                "faits": [fait],
                "calcul": "",
            },
            "decidee_par": self._person("agents.AlerteAbsence.decidee_par", place),
        }
        return AlerteAbsence.objects.create(**v.fill(AlerteAbsence, place, **fixes))

    def _alias(self, place: str, agent: Agent) -> Alias:
        """A file that was merged into the agent's, which could be given back."""
        v, cle = self.voliere, 70_000 + agent.pk
        # Not in the name: the journal says whose file is given back.
        fondue = Agent(
            pk=cle, nom="Rendue", prenom="X", nom_cle="x", num_cafat=v.text("agents.Alias.retour", place)
        )
        retour = {
            "fiche": json.loads(serializers.serialize("json", [fondue]))[0],
            "garde_cle": agent.pk,
            **{nom: {} for nom in ("garde", "deplaces", "propres")},
            **{nom: [] for nom in ("retires", "retouches", "ajoutes", "doubles")},
        }
        fixes = {"agent": agent, "cle": cle, "retour": retour, "nom_cle": "x"}
        fixes["fondu_par"] = self._person("agents.Alias.fondu_par", place)
        return Alias.objects.create(**v.fill(Alias, place, **fixes))

    def _payroll(self, place: str, dossier: Dossier) -> None:
        v, agent = self.voliere, dossier.agent
        position = TypePosition.objects.create(
            code=f"P{PLACES.index(place)}", libelle=v.text("agents.PositionAdministrative.type", place)
        )
        dossier.keep(Carriere.objects.create(**v.fill(Carriere, place, agent=agent, code_categorie=1)))
        dossier.keep(Contrat.objects.create(**v.fill(Contrat, place, agent=agent, nature="cdi")))
        dossier.keep(
            PositionAdministrative.objects.create(
                **v.fill(PositionAdministrative, place, agent=agent, type=position)
            )
        )

    def _visits(self, place: str, dossier: Dossier) -> None:
        v, agent = self.voliere, dossier.agent
        medecin = self._person("visites.Visite.professionnel", place, Role.MEDECIN)
        motif = Motif.objects.create(
            code=f"demande_{place}",
            libelle=v.text("visites.Visite.motif", place),
            libelle_public=f"À la demande {place}",
        )
        commun = {"agent": agent, "professionnel": medecin, "nature": NatureVisite.EXAMEN, "motif": motif}
        tenue = v.fill(
            Visite,
            place,
            **commun,
            etat=EtatVisite.REALISEE,
            conclusion=Conclusion.AMENAGEMENT,
            **VENUE,
        )
        visite = dossier.keep(Visite.objects.create(**tenue))
        visite.recommandation = Recommandation.objects.create(
            libelle=v.text("visites.Visite.recommandation", place)
        )
        placee = commun | {
            "motif": Motif.objects.create(code=f"p_{place}", libelle=f"Autre {place}"),
            "professionnel": self.comptes[Role.MEDECIN],
        }
        prevue = dossier.keep(
            Visite.objects.create(
                **placee,
                etat=EtatVisite.PLACEE,
                date=v.day("visites.Visite.date", f"{place} placee"),
                heure=datetime.time(8),
            )
        )
        self.make_brouillon(place, prevue, dossier)
        self._half_day(dossier)
        raison = v.text("visites.Visite.annulee_parce_que", place)
        dossier.keep(Visite.objects.create(**placee, etat=EtatVisite.ANNULEE, annulee_parce_que=raison))
        dossier.keep(make_excused(v, place, placee))
        correct_visit(v, place, dossier, visite)
        genre = TypeRestriction.objects.create(libelle=v.text("visites.Restriction.type", place))
        champs = v.fill(Restriction, place, visite=visite, agent=agent, type=genre, retiree_le=None)
        limitee = dossier.keep(Restriction.objects.create(**champs))
        self.make_commitment(place, dossier, limitee)
        dit_par = self._person("visites.MotConfirme.confirme_par", place)
        mot = {"visite": visite, "confirme_par": dit_par, "champ": "precision", "genre": "diagnostic"}
        dossier.keep(MotConfirme.objects.create(**v.fill(MotConfirme, place, **mot)))
        fait = {"libelle": "Dernière visite", "valeur": v.text("visites.Suivi.preuve", place)}
        preuve = {"regle": "", "version": "", "source": "", "fiabilite": "", "faits": [fait], "calcul": ""}
        suivi = {"categorie": CategorieSuivi.RENFORCE, "regle": RegleEcheance.PERIODIQUE, "preuve": preuve}
        dossier.keep(
            Suivi.objects.create(**v.fill(Suivi, place, agent=agent, **suivi), calcule_le=timezone.now())
        )

    def _half_day(self, dossier: Dossier) -> None:
        """The half-day in which the visit placed last stands."""
        placee = dossier.objets["visites.Visite"][-1]
        demi = DemiJournee.objects.create(
            professionnel=placee.professionnel,
            lieu=self.site,
            date=placee.date,
            debut=datetime.time(8),
            fin=datetime.time(9),
            duree=15,
            capacite=4,
        )
        Visite.objects.filter(pk=placee.pk).update(demi_journee=demi, duree=15)
        dossier.keep(demi)
        dossier.keep(AbsenceProfessionnelFactory(professionnel=placee.professionnel))

    def _reports(self, place: str, dossier: Dossier) -> None:
        v = self.voliere
        annee = 1903 + PLACES.index(place)
        temoin = Agent.objects.create(
            nom=v.text("signalements.Signalement.agents", place), prenom="X", nom_cle=f"temoin {place}"
        )
        declarant = None if place == "soi" else self._person("signalements.Signalement.declarant", place)
        for etat in (EtatSignalement.EN_TRAITEMENT, EtatSignalement.NOUVEAU, EtatSignalement.CLOS):
            plein = etat == EtatSignalement.CLOS
            signalement = dossier.keep(self._report(place, dossier, etat, annee, declarant))
            signalement.agents.add(temoin)
            if plein:
                self._accident(place, dossier, signalement, annee)

    def _report(self, place: str, dossier: Dossier, etat: str, annee: int, declarant: Any) -> Signalement:
        v, nouveau = self.voliere, etat == EtatSignalement.NOUVEAU
        commun = {
            "etat": etat,
            "structure": dossier.structure,
            "site": self.site,
            "declarant": declarant,
            "gravite": 3,
            "numero": "S-{}-{}".format(
                annee, v.digits("signalements.Signalement.numero", f"{place} {etat}", "8817")
            ),
        }
        suite = {} if nouveau else {"categorie": "situation", "probabilite": 2}
        pilote = None if nouveau else self._person("signalements.Signalement.pilote", f"{place} {etat}")
        vides = (
            {"qualifie_le": None, "commence_le": None, "mesures_le": None, "clos_le": None} if nouveau else {}
        )
        champs = v.fill(Signalement, f"{place} {etat}", **commun, **suite, **vides, pilote=pilote)
        champs["survenu_a"] = datetime.time(9)
        return Signalement.objects.create(**champs)

    def _accident(self, place: str, dossier: Dossier, signalement: Signalement, annee: int) -> None:
        v = self.voliere
        commun = {
            "agent": dossier.agent,
            "structure": dossier.structure,
            "signalement": signalement,
            "heure": datetime.time(9),
        }
        accident = dossier.keep(
            Accident.objects.create(
                **v.fill(
                    Accident,
                    place,
                    **commun,
                    numero="AT-{}-{}".format(annee, v.digits("signalements.Accident.numero", place, "8827")),
                    jours_saisis=5,
                )
            )
        )
        debut = self.jour - AN_DERNIER
        avec = dossier.keep(
            Accident.objects.create(
                **commun | {"signalement": None},
                numero=f"AT-{annee}-001",
                nature="service",
                date=debut,
                lieu="Atelier",
                circonstances="Aucune.",
            )
        )
        genre = TypeAbsence.objects.create(
            code=8000 + PLACES.index(place), libelle=f"Accident {place}", famille=FamilleAbsence.ACCIDENT
        )
        fin = v.day("signalements.Accident.absences", place, 2061)
        lie = Absence.objects.create(
            agent=dossier.agent, type=genre, date_debut=debut, date_fin=max(fin, debut)
        )
        avec.absences.add(lie)
        dossier.keep(
            Action.objects.create(
                **v.fill(
                    Action,
                    place,
                    numero="PA-{}-{}".format(annee, v.digits("signalements.Action.numero", place, "8847")),
                    origine=OrigineAction.SIGNALEMENT,
                    signalement=signalement,
                    accident=accident,
                    structure=dossier.structure,
                    pilote=self._person("signalements.Action.pilote", place, Role.PREVENTEUR),
                    etat=EtatAction.A_FAIRE,
                )
            )
        )
