"""Profiles of columns, and the history of imports."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.enums import EffetLigne, EtatImport, IssueReleve
from nouvea_sst.imports.moteur.analyse import Reglages
from nouvea_sst.imports.querysets import (
    CorrespondanceQuerySet,
    FichierReleveQuerySet,
    ImportQuerySet,
    LigneQuerySet,
    ReleveQuerySet,
)
from nouvea_sst.imports.rules.assemblages import Assemblages
from nouvea_sst.imports.rules.valeurs import LONGUEUR_MAX
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.classes import Classe, Classes
from nouvea_sst.lib.texte import fold
from nouvea_sst.travaux.models import Travail

GARDE_PAR_LA_RELEVE = " La relève garde celui qu’elle a pris quelques jours, puis l’efface."


class Profil(models.Model):
    """How the columns of one kind of file are read: kept under a name."""

    cible = models.CharField("cible", max_length=40)
    nom = models.CharField("nom", max_length=80)
    colonnes = models.JSONField("colonnes", default=dict)
    cle = models.CharField("clé", max_length=120, blank=True)
    ordre_date = models.CharField("ordre des dates", max_length=3, blank=True)
    assemblages = models.JSONField("colonnes jointes et coupées", default=dict)

    CLASSES: ClassVar[Classes] = {
        Classe.T0: ("id", "cible", "nom", "colonnes", "cle", "ordre_date", "assemblages"),
    }

    class Meta:
        default_permissions = ()
        verbose_name = "profil d’import"
        verbose_name_plural = "profils d’import"
        ordering = ["cible", "nom"]
        constraints = [
            models.UniqueConstraint(
                fields=["cible", "nom"],
                name="imports_profil_unique",
                violation_error_message="Un profil porte déjà ce nom.",
            )
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def reglages(self) -> Reglages:
        """What the engine takes."""
        assemblages = Assemblages.from_json(self.assemblages)
        return Reglages(self.colonnes, self.cle, self.ordre_date, assemblages=assemblages)


class CorrespondanceValeur(models.Model):
    """What a value of the files of one target stands for in the house, for every import that follows."""

    cible = models.CharField("cible", max_length=40)
    champ = models.CharField("champ", max_length=40)
    valeur = models.CharField("valeur du fichier", max_length=LONGUEUR_MAX)
    cle = models.CharField("valeur pliée", max_length=2 * LONGUEUR_MAX)
    choix = models.CharField("valeur de la maison", max_length=200)
    retenue_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="retenue par"
    )
    retenue_le = models.DateTimeField("retenue le")
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("valeur", "cle"),
        Classe.L1: ("retenue_par", "retenue_le"),
        Classe.T0: ("id", "cible", "champ", "choix", "version"),
    }

    objects = CorrespondanceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = "correspondance de valeur"
        verbose_name_plural = "correspondances de valeurs"
        ordering = ["cible", "champ", "valeur"]
        constraints = [
            models.UniqueConstraint(
                fields=["cible", "champ", "cle"],
                name="imports_correspondance_unique",
                violation_error_message="Cette valeur a déjà sa correspondance.",
            )
        ]

    def __str__(self) -> str:
        return f"Correspondance {self.pk}"


class Import(models.Model):
    """A file brought in, with what it did."""

    cible = models.CharField("cible", max_length=40)
    nom_fichier = models.CharField("fichier", max_length=200)
    contenu = models.BinaryField("contenu")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    etat = models.CharField("état", max_length=10, choices=EtatImport.choices, default=EtatImport.DEPOSE)
    reglages = models.JSONField("colonnes et réglages", default=dict)
    apercu = models.JSONField("ce qui a été reconnu", default=dict)
    bilan = models.JSONField("bilan", default=dict)
    profil = models.CharField("profil", max_length=80, blank=True)
    travail = models.ForeignKey(Travail, models.SET_NULL, null=True, blank=True, verbose_name="travail")
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="déposé par"
    )
    depose_le = models.DateTimeField("déposé le", auto_now_add=True)
    applique_le = models.DateTimeField("appliqué le", null=True, blank=True)
    requete = models.CharField("identifiant de l’écriture", max_length=36, blank=True, editable=False)
    efface_le = models.DateTimeField("fichier effacé le", null=True, blank=True, editable=False)
    annule_le = models.DateTimeField("annulé le", null=True, blank=True)
    suite_de = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suites",
        verbose_name="suite de l’import",
    )
    complet = models.BooleanField("contient tout le personnel", default=False)
    sans_refus = models.BooleanField("ne rien appliquer s’il reste un refus", default=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("contenu", "apercu", "bilan"),
        Classe.L1: ("depose_par", "depose_le", "applique_le", "efface_le", "annule_le"),
        Classe.T0: (
            "id",
            "cible",
            "nom_fichier",
            "sha256",
            "etat",
            "reglages",
            "profil",
            "travail",
            "requete",
            "suite_de",
            "complet",
            "sans_refus",
            "version",
        ),
    }

    objects = ImportQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("import_registre", "Importer un registre")]
        ordering = ["-depose_le", "-pk"]

    def __str__(self) -> str:
        return self.nom_fichier

    @property
    def servies(self) -> list[list[str]]:
        """Values matched that the file met, by field; none for a preview kept before they were."""
        return self.apercu.get("servies", [])

    @property
    def ignorees(self) -> dict[str, Any]:
        """How many rows were left aside, and the reasons with their numbers."""
        return {"nombre": self.bilan.get("ignores", 0), "motifs": self.apercu.get("ecartees", [])}

    @property
    def contenu_libelle(self) -> str:
        """What the file holds, in words; the code of a target that is no more."""
        cible = targets().get(self.cible)
        return cible.libelle if cible else self.cible

    @property
    def reglages_lus(self) -> Reglages:
        """How its columns were read in the end, whoever found it: for the refused rows that come back."""
        lues = {fold(self.apercu["entetes"][int(rang)]): c for rang, c in self.apercu["colonnes"].items()}
        assemblages = Assemblages.from_json(self.apercu.get("assemblages", {}))
        return Reglages(lues, self.apercu["cle"], self.apercu["ordre_date"], assemblages=assemblages)

    @property
    def se_retrouve(self) -> bool:
        """Whether the past tells which records it made: applied, not taken back, with its identifier."""
        cible = targets().get(self.cible)
        return self.etat == EtatImport.APPLIQUE and bool(self.requete and cible and cible.modele)

    @property
    def partis(self) -> int:
        """How many left with it."""
        return self.bilan.get("partis", 0)

    @property
    def raison_abandon(self) -> str:
        """What the page of an import given up says."""
        return f"Rien n’a été écrit. {self.sort_du_fichier}{self.raison_donnee}"

    @property
    def vient_de_la_releve(self) -> bool:
        """Whether the nightly feed took its file, which it keeps aside for some days."""
        return hasattr(self, "passage")

    @property
    def sort_du_fichier(self) -> str:
        """What became of the file that is no longer there, in a sentence or two."""
        if self.suite_de_id is not None:
            return f"Son fichier est celui de l’import n° {self.suite_de_id}."
        if self.efface_le:
            efface = (
                f"Le fichier a été effacé le {format_date(self.efface_le)}, au bout de son délai de garde."
            )
        else:
            efface = "Le fichier n’a pas été gardé."
        return f"{efface}{GARDE_PAR_LA_RELEVE}" if self.vient_de_la_releve else efface

    @property
    def origine(self) -> str:
        """What brought it: the feed, an earlier import of which rows waited, somebody, or a command."""
        if self.suite_de_id is not None:
            return f"Suite de l’import n° {self.suite_de_id}"
        return "Relève de nuit" if self.vient_de_la_releve else str(self.depose_par or "Ligne de commande")

    @property
    def oublis(self) -> list[dict[str, Any]]:
        """How many rows that waited were given up, each time, and why."""
        return self.bilan.get("oublis", [])

    @property
    def raison_donnee(self) -> str:
        """Why it was given up or taken back, as the end of a sentence; nothing when nobody said."""
        raison = self.bilan.get("raison", "")
        return f" Raison donnée : {raison}" if raison else ""


class Partant(models.Model):
    """Somebody whom a full file leaves out: proposed to have left, never removed."""

    fichier = models.ForeignKey(Import, models.CASCADE, related_name="partants", verbose_name="import")
    cle = models.PositiveBigIntegerField("clé")
    libelle = models.CharField("nom", max_length=200)
    repere = models.CharField("repère", max_length=40, blank=True)
    situation = models.CharField("situation", max_length=200, blank=True)
    pas_avant = models.DateField("pas avant", null=True, blank=True)
    retenu = models.BooleanField("retenu", default=False)
    date_depart = models.DateField("départ")

    CLASSES: ClassVar[Classes] = {
        Classe.A1: ("libelle", "repere", "situation", "pas_avant", "date_depart"),
        Classe.T0: ("id", "fichier", "cle", "retenu"),
    }

    class Meta:
        default_permissions = ()
        ordering = ["libelle", "pk"]
        verbose_name = "partant proposé"
        verbose_name_plural = "partants proposés"
        constraints = [
            models.UniqueConstraint(
                fields=["fichier", "cle"],
                name="imports_partant_unique",
                violation_error_message="Cette personne est déjà proposée.",
            )
        ]

    def __str__(self) -> str:
        return self.libelle


class LigneImport(models.Model):
    """What a row of a file would do, kept from the preview until the file is applied or given up.

    Of a file applied, only the refused and the waiting rows stay; of their cells, only those of the columns
    read. cle: what tells a waiting row from the others, so that a later file may say it anew; redite_par:
    that later file, for as long as it is not taken back the row waits no more.
    """

    fichier = models.ForeignKey(Import, models.CASCADE, related_name="lignes", verbose_name="import")
    numero = models.PositiveIntegerField("ligne")
    effet = models.CharField("effet", max_length=10, choices=EffetLigne.choices)
    libelle = models.CharField("nom", max_length=200)
    repere = models.CharField("repère", max_length=40, blank=True)
    changements = models.JSONField("changements", default=list)
    colonne = models.CharField("colonne", max_length=200, blank=True)
    valeur = models.CharField("valeur", max_length=200, blank=True)
    motif = models.TextField("motif", blank=True)
    avertissement = models.TextField("avertissement", blank=True)
    inconnue = models.BooleanField("valeur inconnue", default=False)
    rivale = models.BooleanField("refusée pour une autre ligne", default=False, editable=False)
    cellules = models.JSONField("cellules", default=list)
    cle = models.CharField("clé", max_length=64, blank=True, db_index=True, editable=False)
    redite_par = models.ForeignKey(
        Import,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="redites",
        verbose_name="redite par l’import",
    )

    CLASSES: ClassVar[Classes] = {
        Classe.A2: ("changements", "valeur", "motif", "avertissement", "cellules", "cle"),
        Classe.A1: ("libelle", "repere"),
        Classe.T0: ("id", "fichier", "numero", "effet", "colonne", "inconnue", "rivale", "redite_par"),
    }

    objects = LigneQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["numero"]
        verbose_name = "ligne d’import"
        verbose_name_plural = "lignes d’import"
        constraints = [
            models.UniqueConstraint(
                fields=["fichier", "numero"],
                name="imports_ligne_unique",
                violation_error_message="Cette ligne est déjà lue.",
            ),
            models.CheckConstraint(
                name="imports_ligne_motif",
                condition=~models.Q(effet__in=[EffetLigne.REFUSE, EffetLigne.ATTENTE, EffetLigne.IGNORE])
                | ~models.Q(motif=""),
                violation_error_message="Une ligne refusée, en attente ou ignorée a toujours un motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"Ligne {self.numero}"


class Releve(models.Model):
    """One passage of the feed over the watched folder; without an end, it was cut short."""

    debut = models.DateTimeField("commencée le")
    fin = models.DateTimeField("finie le", null=True, blank=True)

    CLASSES: ClassVar[Classes] = {Classe.T0: ("id", "debut", "fin")}

    objects = ReleveQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = "relève"
        verbose_name_plural = "relèves"
        ordering = ["-debut", "-pk"]

    def __str__(self) -> str:
        return f"Relève {self.pk}"


class FichierReleve(models.Model):
    """A file that the feed took, with what became of it; `deplace` once it has left the watched folder."""

    releve = models.ForeignKey(Releve, models.PROTECT, related_name="fichiers", verbose_name="relève")
    nom = models.CharField("fichier", max_length=200)
    cible = models.CharField("cible", max_length=40, blank=True)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, blank=True)
    issue = models.CharField("issue", max_length=10, choices=IssueReleve.choices)
    motif = models.TextField("motif", blank=True)
    depot = models.OneToOneField(
        Import, models.PROTECT, null=True, blank=True, related_name="passage", verbose_name="import"
    )
    deplace = models.BooleanField("rangé", default=False)
    pris_le = models.DateTimeField("pris le")

    CLASSES: ClassVar[Classes] = {
        Classe.T0: (
            "id",
            "releve",
            "nom",
            "cible",
            "sha256",
            "issue",
            "motif",
            "depot",
            "deplace",
            "pris_le",
        ),
    }

    objects = FichierReleveQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = "fichier relevé"
        verbose_name_plural = "fichiers relevés"
        ordering = ["-pris_le", "-pk"]

    def __str__(self) -> str:
        return self.nom
