"""Rows that the indicators count."""

import datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from agents.enums import FamilleAbsence
from agents.models import Absence, Agent, HeuresTravaillees, Structure, TypeAbsence
from commissions.models import PointOrdreDuJour, Seance
from nouvea_sst.lib.texte import fold
from nouvea_sst.referentiel.models import Parametre
from signalements.enums import EtatAction, EtatSignalement, NatureAccident, OrigineAction
from signalements.models import Accident, Action, Signalement
from tests.fabriques import compte
from tests.visites.factories import VisiteDueFactory
from visites.enums import Conclusion, EtatVisite, NatureVisite, RegleEcheance
from visites.models import Motif, Suivi, Visite

MIDI = datetime.datetime(2026, 11, 24, 1, 0, tzinfo=datetime.UTC)


class AgentFactory(DjangoModelFactory[Agent]):
    """An agent hired long ago."""

    nom = factory.Sequence(lambda n: f"Nom{n}")
    prenom = "Prénom"
    nom_cle = factory.LazyAttribute(lambda o: fold(f"{o.nom} {o.prenom}"))
    date_embauche = datetime.date(2010, 1, 1)

    class Meta:
        model = Agent


class StructureFactory(DjangoModelFactory[Structure]):
    """A direction; its path is its own key."""

    sigle = factory.Sequence(lambda n: f"D{n}")
    libelle = "Direction"
    niveau = "direction"

    class Meta:
        model = Structure
        skip_postgeneration_save = True

    @factory.post_generation
    def path(self, create, extracted, **kwargs):
        """Close the path with the key."""
        self.chemin = f"{self.pk}/"
        self.save(update_fields=["chemin"])


class TypeAbsenceFactory(DjangoModelFactory[TypeAbsence]):
    """A kind of absence."""

    code = factory.Sequence(lambda n: 200 + n)
    libelle = factory.Sequence(lambda n: f"Type {n}")
    famille = FamilleAbsence.MALADIE

    class Meta:
        model = TypeAbsence


class AbsenceFactory(DjangoModelFactory[Absence]):
    """An absence."""

    agent = factory.SubFactory(AgentFactory)
    type = factory.SubFactory(TypeAbsenceFactory)

    class Meta:
        model = Absence


class HeuresFactory(DjangoModelFactory[HeuresTravaillees]):
    """Hours of the city in a month."""

    heures = Decimal(200_000)
    source = "Essai"

    class Meta:
        model = HeuresTravaillees


class AccidentFactory(DjangoModelFactory[Accident]):
    """An accident of service without leave."""

    numero = factory.Sequence(lambda n: f"AT-2026-{n:04d}")
    agent = factory.SubFactory(AgentFactory)
    nature = NatureAccident.SERVICE
    date = datetime.date(2026, 3, 10)
    lieu = "Atelier"
    circonstances = "Chute"

    class Meta:
        model = Accident


class SignalementFactory(DjangoModelFactory[Signalement]):
    """A new report."""

    numero = factory.Sequence(lambda n: f"S-2026-{n:04d}")
    survenu_le = datetime.date(2026, 3, 10)
    lieu = "Marché"
    intitule = "Sol glissant"
    recit = "Le sol glisse"
    gravite = 2
    etat = EtatSignalement.NOUVEAU
    recu_le = MIDI
    qualifier_avant = datetime.date(2026, 3, 13)

    class Meta:
        model = Signalement


class ActionFactory(DjangoModelFactory[Action]):
    """An action to do."""

    numero = factory.Sequence(lambda n: f"PA-2026-{n:04d}")
    intitule = "Poser une main courante"
    origine = OrigineAction.EVRP
    creee_le = datetime.date(2026, 2, 1)
    echeance = datetime.date(2026, 12, 1)
    etat = EtatAction.A_FAIRE

    class Meta:
        model = Action


class MotifFactory(DjangoModelFactory[Motif]):
    """A motive."""

    code = factory.Sequence(lambda n: f"motif{n}")
    libelle = "Visite périodique"
    libelle_public = "Visite périodique"

    class Meta:
        model = Motif


class VisiteFactory(DjangoModelFactory[Visite]):
    """A placed visit."""

    agent = factory.SubFactory(AgentFactory)
    motif = factory.SubFactory(MotifFactory)
    nature = NatureVisite.EXAMEN
    etat = EtatVisite.PLACEE
    date = datetime.date(2026, 3, 10)

    class Meta:
        model = Visite

    class Params:
        realisee = factory.Trait(etat=EtatVisite.REALISEE, conclusion=Conclusion.APTE, signee_le=MIDI)


class SuiviFactory(DjangoModelFactory[Suivi]):
    """An agent's nearest due date, and the visit due that it is."""

    agent = factory.SubFactory(AgentFactory)
    categorie = "simple"
    derniere_visite = datetime.date(2025, 1, 10)
    echeance = datetime.date(2027, 1, 10)
    regle = RegleEcheance.PERIODIQUE
    calcule_le = MIDI

    class Meta:
        model = Suivi
        skip_postgeneration_save = True

    @factory.post_generation
    def due(self, create, extracted, **kwargs):
        """An agent without follow-up is due nothing."""
        if create and self.regle != RegleEcheance.EXCLU:
            VisiteDueFactory(agent=self.agent, famille=self.regle, calculee=self.echeance)


class SeanceFactory(DjangoModelFactory[Seance]):
    """The next session of the CHCT."""

    numero = factory.Sequence(lambda n: n + 5001)
    date = datetime.date(2026, 12, 10)
    heure = datetime.time(8, 30)
    lieu = "Salle du conseil"

    class Meta:
        model = Seance


class PointFactory(DjangoModelFactory[PointOrdreDuJour]):
    """A point of the agenda."""

    seance = factory.SubFactory(SeanceFactory)
    ordre = factory.Sequence(lambda n: n + 1)
    intitule = "Accidents du travail"
    rapporteur = "Conseiller de prévention"
    nature = "information"

    class Meta:
        model = PointOrdreDuJour


def make_target(code: str, valeur: int) -> Parametre:
    """Put a target of the dashboard in force."""
    return Parametre.objects.update_or_create(
        code=code,
        date_effet=datetime.date(2020, 1, 1),
        defaults={
            "libelle": "Visite au plus tard tous les",
            "valeur": valeur,
            "unite": "",
            "source": "Essai",
            "fiabilite": "hypothese",
        },
    )[0]


def make_hours(premiere: int, derniere: int) -> None:
    """Enter the hours of each month of these years."""
    HeuresTravaillees.objects.bulk_create(
        HeuresFactory.build(annee=annee, mois=mois)
        for annee in range(premiere, derniere + 1)
        for mois in range(1, 13)
    )


def make_pilot(fonction: str = "Conseiller de prévention"):
    """Make an account that pilots actions."""
    return compte("preventeur", first_name="Gaston", last_name="Wadrenges", fonction=fonction)
