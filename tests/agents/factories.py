"""Agents, structures, posts, absences for the tests. The tree is right: path and direction are computed."""

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from agents.actions import rebuild_paths
from agents.enums import FamilleAbsence, NiveauStructure, RegleAlerte
from agents.models import (
    Absence,
    Affectation,
    Agent,
    AlerteAbsence,
    Carriere,
    Collectivite,
    Contrat,
    ExpositionPoste,
    PositionAdministrative,
    Poste,
    Responsabilite,
    Site,
    Structure,
    TypeAbsence,
    TypeExposition,
    TypePosition,
)
from agents.rules.identite import name_key

JOUR = datetime.date(2026, 11, 24)


class StructureFactory(DjangoModelFactory[Structure]):
    """A structure; give niveau and parent for a tree."""

    sigle = factory.Sequence(lambda n: f"S{n}")
    libelle = factory.LazyAttribute(lambda s: f"Structure {s.sigle}")
    niveau = NiveauStructure.SERVICE

    class Meta:
        model = Structure
        skip_postgeneration_save = True

    @factory.post_generation
    def chemins(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Give path and direction."""
        if create:
            rebuild_paths()
            self.refresh_from_db()  # type: ignore[attr-defined]


class PosteFactory(DjangoModelFactory[Poste]):
    """A post with a simple follow-up."""

    intitule = factory.Sequence(lambda n: f"Jardinier {n}")

    class Meta:
        model = Poste


class TypeExpositionFactory(DjangoModelFactory[TypeExposition]):
    """A risk that asks for a closer follow-up."""

    code = factory.Sequence(lambda n: f"risque-{n}")
    libelle = factory.Sequence(lambda n: f"Risque {n}")

    class Meta:
        model = TypeExposition


class ExpositionFactory(DjangoModelFactory[ExpositionPoste]):
    """What a post exposes to since the beginning of the year."""

    poste = factory.SubFactory(PosteFactory)
    type = factory.SubFactory(TypeExpositionFactory)
    date_debut = datetime.date(2026, 1, 1)

    class Meta:
        model = ExpositionPoste


class SiteFactory(DjangoModelFactory[Site]):
    """A site."""

    libelle = factory.Sequence(lambda n: f"Dépôt {n}")

    class Meta:
        model = Site


class AgentFactory(DjangoModelFactory[Agent]):
    """An agent present since 2011, in a structure and on a post of his own."""

    nom = factory.Sequence(lambda n: f"Kaloi{n}")
    prenom = "Joseph"
    # Five digits: tests that name a matricule of four never meet one of these.
    matricule = factory.Sequence(lambda n: f"{10_000 + n}")
    nom_cle = factory.LazyAttribute(lambda a: name_key(a.nom, a.prenom))
    date_naissance = datetime.date(1979, 5, 12)
    date_embauche = datetime.date(2011, 3, 3)
    statut = "F"
    structure = factory.SubFactory(StructureFactory)
    poste = factory.SubFactory(PosteFactory)

    class Meta:
        model = Agent


class AffectationFactory(DjangoModelFactory[Affectation]):
    """The agent's affectation since his hire; the agent's own columns are not touched."""

    agent = factory.SubFactory(AgentFactory)
    structure = factory.SelfAttribute("agent.structure")
    poste = factory.SelfAttribute("agent.poste")
    date_debut = datetime.date(2011, 3, 3)

    class Meta:
        model = Affectation


class TypeAbsenceFactory(DjangoModelFactory[TypeAbsence]):
    """A type of absence that may prolong others of its kind."""

    code = factory.Sequence(lambda n: 200 + n)
    libelle = factory.Sequence(lambda n: f"Maladie {n}")
    famille = FamilleAbsence.MALADIE
    prolonge = True

    class Meta:
        model = TypeAbsence


class AbsenceFactory(DjangoModelFactory[Absence]):
    """An absence that runs on the day of the tests, 24/11/2026."""

    agent = factory.SubFactory(AgentFactory)
    type = factory.SubFactory(TypeAbsenceFactory)
    date_debut = datetime.date(2026, 11, 20)
    date_fin = datetime.date(2026, 11, 27)

    class Meta:
        model = Absence


class CarriereFactory(DjangoModelFactory[Carriere]):
    """A career row that runs since the hire."""

    agent = factory.SubFactory(AgentFactory)
    date_debut = datetime.date(2011, 3, 3)
    code_categorie = 1

    class Meta:
        model = Carriere


class TypePositionFactory(DjangoModelFactory[TypePosition]):
    """A position at one's post."""

    code = factory.Sequence(lambda n: f"{n % 100:02d}")
    libelle = factory.Sequence(lambda n: f"Activité {n}")
    en_activite = True
    dans_effectif = True
    permet_visite = True

    class Meta:
        model = TypePosition
        django_get_or_create = ("code",)


class PositionFactory(DjangoModelFactory[PositionAdministrative]):
    """A position that runs since the hire."""

    agent = factory.SubFactory(AgentFactory)
    type = factory.SubFactory(TypePositionFactory)
    date_debut = datetime.date(2011, 3, 3)

    class Meta:
        model = PositionAdministrative


class ContratFactory(DjangoModelFactory[Contrat]):
    """A contract without an end."""

    agent = factory.SubFactory(AgentFactory)
    nature = "cdi"
    date_debut = datetime.date(2011, 3, 3)

    class Meta:
        model = Contrat


class CollectiviteFactory(DjangoModelFactory[Collectivite]):
    """An employer."""

    code = factory.Sequence(lambda n: f"C{n}")
    libelle = factory.Sequence(lambda n: f"Collectivité {n}")

    class Meta:
        model = Collectivite


class ResponsabiliteFactory(DjangoModelFactory[Responsabilite]):
    """An account that answers for a structure or a collectivité."""

    date_debut = datetime.date(2020, 1, 1)

    class Meta:
        model = Responsabilite


class AlerteFactory(DjangoModelFactory[AlerteAbsence]):
    """An alert to treat: a leave of more than thirty days, raised the day before that of the tests."""

    agent = factory.SubFactory(AgentFactory)
    regle = RegleAlerte.SEUIL
    seuil = 30
    occasion = datetime.date(2026, 10, 20)
    levee_le = datetime.date(2026, 11, 23)
    preuve = factory.LazyFunction(
        lambda: {
            "regle": "Une absence qui atteint 30 jours demande un point sur la situation.",
            "version": "2020-01-01",
            "source": "Seuil proposé",
            "fiabilite": "hypothese",
            "faits": [{"libelle": "Absent depuis le", "valeur": "20/10/2026"}],
            "calcul": "35 jours, seuil de 30 jours",
        }
    )

    class Meta:
        model = AlerteAbsence
