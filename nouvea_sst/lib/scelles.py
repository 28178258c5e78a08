"""Sealed columns: what they accept, and by which keys their values are sealed. Opens none of them.

A value reads « v1.name of the key.number used once.what is encrypted », in base64 where the column is text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Left

from nouvea_sst.lib.classes import Classe, is_historique
from nouvea_sst.lib.trousseau import SIGNES, CleManquante, read_ring

FORME = "v1"
ENTETE = len(FORME) + SIGNES + 2


class ClairRefuse(ValueError):
    """Something that is not sealed was about to enter a sealed column."""


class ScelleRompu(RuntimeError):
    """A value that its key does not open; the message says where it stands, in French."""


class RechercheRefusee(TypeError):
    """A sealed column was asked for what it holds."""


class ColonneScellee(models.Field):
    """Base of the sealed columns: `classe` chooses the keys, `ligne` names the unique column of its row.

    Never in a form of a model, never searched; refuses what is not sealed. `lot` values at most are held at
    once when they are sealed again.
    """

    lot = 200

    def __init__(self, *args: Any, classe: str, ligne: str = "cle", **options: Any) -> None:
        self.classe = Classe(classe)
        self.ligne = ligne
        super().__init__(*args, **options | {"editable": False})

    def deconstruct(self) -> Any:
        """Add what a migration has to say besides."""
        nom, chemin, args, options = super().deconstruct()
        options.pop("editable", None)
        return nom, chemin, args, options | {"classe": str(self.classe), "ligne": self.ligne}

    def get_lookup(self, lookup_name: str) -> Any:
        """Answer whether there is something, never what."""
        if lookup_name != "isnull":
            raise RechercheRefusee(f"recherche impossible dans une colonne scellée : {self.name}")
        return super().get_lookup(lookup_name)

    def get_prep_value(self, value: Any) -> Any:
        """Let only a sealed value through. Raises ClairRefuse, which quotes nothing."""
        valeur = super().get_prep_value(value)
        if valeur is not None and not is_sealed(valeur):
            raise ClairRefuse(f"{self.name} ne reçoit que ce qui est scellé")
        return valeur

    def head(self) -> Any:
        """Return the expression of what stands before the secret: form and name of the key."""
        raise NotImplementedError


class TexteScelle(ColonneScellee, models.TextField):
    """A text that only its key reads."""

    def head(self) -> Any:
        """Return the first signs."""
        return Left(self.name, ENTETE)


class OctetsScelles(ColonneScellee, models.BinaryField):
    """Bytes that only their key reads: a file may be large."""

    lot = 5

    def head(self) -> Any:
        """Return the first bytes, as signs."""
        octets = models.Func(
            models.F(self.name),
            function="substring",
            template=f"%(function)s(%(expressions)s from 1 for {ENTETE})",
        )
        return models.Func(
            octets, models.Value("latin1"), function="convert_from", output_field=models.CharField()
        )


def is_sealed(valeur: Any) -> bool:
    """Whether a value has the form of a sealed one."""
    entete = valeur[:ENTETE]
    if not isinstance(entete, str):
        entete = bytes(entete).decode("latin1")
    forme, _, suite = entete.partition(".")
    return forme == FORME and len(suite) == SIGNES + 1 and suite.endswith(".")


def key_name_in(valeur: str | bytes) -> str:
    """Return the name of the key that sealed a value."""
    entete = valeur[:ENTETE] if isinstance(valeur, str) else bytes(valeur[:ENTETE]).decode("latin1")
    return entete.split(".")[1]


@dataclass(frozen=True)
class Colonne:
    """A sealed column of a model."""

    modele: Any
    champ: ColonneScellee

    def __str__(self) -> str:
        return f"{self.modele._meta.db_table}.{self.champ.column}"

    def keys_in_use(self) -> dict[str, int]:
        """Return how many values each key has sealed."""
        lignes = self.modele._base_manager.filter(**{f"{self.champ.name}__isnull": False})
        comptes = lignes.annotate(entete=self.champ.head()).order_by().values_list("entete")
        return {key_name_in(entete): nombre for entete, nombre in comptes.annotate(models.Count("pk"))}


def sealed_columns(modeles: Iterable[Any] | None = None, *, classe: Classe | None = None) -> list[Colonne]:
    """Return the sealed columns of these models, else of all; those of one class if it is told."""
    return [
        Colonne(modele, champ)
        for modele in (apps.get_models() if modeles is None else modeles)
        for champ in modele._meta.local_concrete_fields
        if isinstance(champ, ColonneScellee) and classe in {None, champ.classe}
    ]


def sealed_histories(modeles: Iterable[Any]) -> list[str]:
    """Return the sealed columns that a table of the past copies: no key could be changed there."""
    return [str(colonne) for colonne in sealed_columns(modeles) if is_historique(colonne.modele)]


def values_without_key(colonnes: Iterable[Colonne]) -> list[str]:
    """Return a French sentence for each key that values of the database ask for and no file has."""
    phrases = []
    for colonne in colonnes:
        try:
            connues = read_ring(colonne.champ.classe).cles
        except CleManquante:
            connues = {}
        phrases += [
            f"{colonne} a {nombre} valeur{'s' if nombre > 1 else ''} sous la clé {nom}, qui manque."
            for nom, nombre in sorted(colonne.keys_in_use().items())
            if nom not in connues
        ]
    return phrases
