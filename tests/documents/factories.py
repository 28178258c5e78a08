"""Letters, their versions, who signs; letters in number for the register."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from agents.actions import rebuild_paths
from agents.models import Agent, Structure
from documents.enums import EtatVersion, GenreLettre
from documents.models import (
    Courriel,
    Document,
    LettreEmise,
    LettreType,
    LotLettres,
    Signataire,
    VersionLettre,
)
from nouvea_sst.lib.chiffrement import seal


class LettreTypeFactory(DjangoModelFactory):
    """A letter of the section."""

    class Meta:
        model = LettreType
        django_get_or_create = ("genre", "population", "domaine")

    genre = GenreLettre.COURRIER
    population = "tous"
    domaine = "section"
    libelle = "Courrier libre"


class VersionFactory(DjangoModelFactory):
    """A draft."""

    class Meta:
        model = VersionLettre

    type = factory.SubFactory(LettreTypeFactory)
    numero = factory.Sequence(lambda n: n + 1)
    objet = "{courrier.objet}"
    texte = "{agent.appel},\n\n{courrier.texte}"


class SignataireFactory(DjangoModelFactory):
    """Somebody who signs since long."""

    class Meta:
        model = Signataire

    nom = "Marc Martin"
    fonction = "Chef de la section"
    date_debut = datetime.date(2020, 1, 1)


def published(**champs):
    """The version of a letter that is sent; a courrier libre unless told otherwise."""
    lettre = champs.pop("type", None) or LettreTypeFactory()
    publiee = lettre.versions.filter(etat=EtatVersion.PUBLIEE).first()
    return publiee or VersionFactory(
        type=lettre, etat=EtatVersion.PUBLIEE, publiee_le=timezone.now(), **champs
    )


def fill_lettres(nombre):
    """Letters to as many agents, each in a structure of his own."""
    version = published()
    direction = Structure.objects.create(sigle="DLET", libelle="Direction", niveau="direction")
    structures = Structure.objects.bulk_create(
        Structure(sigle=f"L{n}", libelle=f"Service {n}", niveau="service", parent=direction)
        for n in range(nombre)
    )
    rebuild_paths()
    agents = Agent.objects.bulk_create(
        Agent(nom="Kaloi", prenom=f"Lettre {n}", nom_cle=f"kaloi lettre {n}", structure=structure)
        for n, structure in enumerate(structures)
    )
    documents = Document.objects.bulk_create(
        Document(categorie="lettre", agent=agent, nom_fichier="d.pdf", contenu=b"%PDF", sha256="0" * 64)
        for agent in agents
    )
    LettreEmise.objects.bulk_create(
        LettreEmise(
            agent=document.agent,
            modele=version,
            cle=f"essai:{rang}",
            destinataire=str(document.agent),
            document=document,
            emise_le=timezone.now(),
        )
        for rang, document in enumerate(documents)
    )


def make_papers(fichier, demandeur):
    """The document of the visit held, and a lot that somebody asked for."""
    fichier.document = Document.objects.create(
        categorie="certificat", agent=fichier.agent, nom_fichier="d.pdf", contenu=b"%PDF", sha256="0" * 64
    )
    type(fichier.realisee).objects.filter(pk=fichier.realisee.pk).update(certificat=fichier.document)
    fichier.lot = LotLettres.objects.create(
        intitule="Essai", demandeur=demandeur, travail=fichier.travail, nombre=1, contenu=b"%PDF"
    )


def make_texts():
    """Letters of each domain, a draft, who signs: what the house has of letters."""
    lettre = LettreType.objects.get(genre="courrier")
    return {
        "lettre_type": lettre,
        "lettre_medicale": LettreType.objects.filter(domaine="medical").first(),
        "lettre_psy": LettreType.objects.get(domaine="psychologue"),
        "lettre_publiee": lettre.versions.get(),
        "brouillon": VersionFactory.create(type=lettre, numero=2),
        "signataire": SignataireFactory.create(),
        "courriel": CourrielFactory.create(),
    }


class CourrielFactory(DjangoModelFactory):
    """A message that the server refused."""

    class Meta:
        model = Courriel
        skip_postgeneration_save = True

    adresse = "a@exemple.nc"
    objet = "Un message"
    reference = factory.Sequence(lambda n: f"<{n}@exemple.nc>")
    etat = "refuse"
    reponse = "Adresse refusée (550)"
    depuis_le = factory.LazyFunction(timezone.now)
    prochain_le = factory.LazyFunction(timezone.now)
    cree_le = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def texte(self, create, extracted, **autres):
        """What it says, sealed."""
        seal(self, "contenu", extracted or b"Un message vous attend.")
        if create:
            self.save()


def fill_courriels(nombre):
    """Messages that the server refused."""
    Courriel.objects.bulk_create(CourrielFactory.build_batch(nombre))
