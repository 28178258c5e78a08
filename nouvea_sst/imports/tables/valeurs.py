"""Columns of the values matched with those of the house."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Table

from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.models import CorrespondanceValeur
from nouvea_sst.lib.colonnes import Colonne, ColonneDate


class CorrespondanceTable(Table):
    """Values of files with what they stand for."""

    nom = "correspondance"
    legende = "Correspondances de valeurs"
    vide = "Aucune valeur n’a encore de correspondance"
    colonne_titre = "valeur"

    valeur = Colonne(verbose_name="Valeur du fichier", order_by=("valeur", "pk"))
    choix = Colonne(verbose_name="Valeur de la maison", wide=True, order_by=("choix", "pk"))
    champ = Colonne(verbose_name="Champ", wide=True, order_by=("champ", "pk"))
    cible = Colonne(verbose_name="Contenu", desk=True, order_by=("cible", "pk"))
    retenue_par = Colonne(
        verbose_name="Retenue par", desk=True, default="Inconnu", order_by=("retenue_par__last_name", "pk")
    )
    retenue_le = ColonneDate(verbose_name="Le", form="moment", desk=True)

    class Meta:
        order_by = ("cible", "champ", "valeur")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.cibles = targets()
        self.maisons: dict[tuple[str, str], dict[str, str]] = {}

    def render_valeur(self, record: CorrespondanceValeur) -> SafeString:
        """Link to the page that changes it."""
        adresse = reverse("imports:correspondance", args=[record.pk])
        return format_html('<a href="{}">{}</a>', adresse, record.valeur)

    def value_valeur(self, record: CorrespondanceValeur) -> str:
        """The value for the workbook."""
        return record.valeur

    def render_choix(self, record: CorrespondanceValeur) -> str:
        """Label of the value of the house; each list of the house is read once."""
        cle = record.cible, record.champ
        if cle not in self.maisons:
            cible = self.cibles.get(record.cible)
            self.maisons[cle] = cible.champ(record.champ).house_values() if cible else {}
        return self.maisons[cle].get(record.choix, record.choix)

    def render_champ(self, record: CorrespondanceValeur) -> str:
        """Label of the field."""
        cible = self.cibles.get(record.cible)
        return cible.label(record.champ) if cible else record.champ

    def render_cible(self, record: CorrespondanceValeur) -> str:
        """What the files hold."""
        cible = self.cibles.get(record.cible)
        return cible.libelle if cible else record.cible
