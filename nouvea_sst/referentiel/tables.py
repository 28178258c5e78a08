"""Columns of the lists of reference data."""

import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nouvea_sst.lib.affichage import format_date, format_number
from nouvea_sst.lib.colonnes import Colonne, ColonneDate, ColonneEtat, ColonneNombre, cut_text
from nouvea_sst.lib.icones import badge, icon
from nouvea_sst.referentiel.catalogue import ListeEditable
from nouvea_sst.referentiel.cles import all_cles
from nouvea_sst.referentiel.enums import Domaine, EtatEntree, Fiabilite
from nouvea_sst.referentiel.models import JourFerie, Parametre, Texte
from nouvea_sst.referentiel.rules.valeurs import write_valeur

UNE_LIGNE = {"class": "data-table stack one-line"}


class ParametreTable(tables.Table):
    """The value in force of each parameter; rows went through listed_on(jour)."""

    nom = "paramètre"
    legende = "Paramètres en vigueur"
    vide = "Aucun paramètre ne répond à ces filtres"

    libelle = Colonne(verbose_name="Paramètre", wide=True)
    valeur = Colonne(verbose_name="Valeur", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    unite = Colonne(verbose_name="Unité", visible=False)
    date_effet = ColonneDate(verbose_name="Depuis le", prefixe="Depuis le")
    suivante = Colonne(
        verbose_name="Ensuite",
        accessor="suivante_le",
        order_by="suivante_le",
        empty_values=(),
        prefixe="Ensuite",
    )
    fiabilite = ColonneEtat(verbose_name="Fiabilité")
    sujet = Colonne(verbose_name="Sujet", order_by="rang", desk=True)
    domaine = Colonne(verbose_name="Domaine", visible=False)
    texte = Colonne(verbose_name="Texte", accessor="texte__reference", visible=False)
    source = Colonne(verbose_name="Source", visible=False)
    emplois = Colonne(verbose_name="Sert à", accessor="code", visible=False, orderable=False)

    class Meta:
        attrs = UNE_LIGNE

    def render_libelle(self, record: Parametre) -> SafeString:
        """The way to its values and history."""
        return format_html(
            '<a href="{}">{}</a>', reverse("referentiel:parametre", args=[record.code]), record.libelle
        )

    def value_libelle(self, record: Parametre) -> str:
        """The words alone."""
        return record.libelle

    def render_valeur(self, record: Parametre) -> str:
        """With its unit."""
        return write_valeur(record.valeur, record.unite)

    def value_valeur(self, record: Parametre) -> Any:
        """The number itself."""
        return record.valeur

    def render_suivante(self, record: Any) -> str:
        """The next value and its day."""
        if record.suivante_le is None:
            return ""
        return f"{write_valeur(record.suivante, record.unite)} le {format_date(record.suivante_le)}"

    def value_suivante(self, record: Any) -> datetime.date | None:
        """The day on which it changes."""
        return record.suivante_le

    def render_fiabilite(self, record: Parametre) -> SafeString:
        """How sure it is."""
        return badge(Fiabilite(record.fiabilite), quiet=True)

    def render_domaine(self, value: str) -> str:
        """Whose matter it is."""
        return str(Domaine(value).label)

    def value_domaine(self, value: str) -> str:
        """The word."""
        return str(Domaine(value).label)

    def value_emplois(self, record: Parametre) -> str:
        """What reads it, as the code declares it."""
        cle = all_cles().get(record.code)
        return " ; ".join(emploi.libelle for emploi in cle.emplois) if cle else ""


class TexteTable(tables.Table):
    """Texts."""

    nom = "texte"
    legende = "Textes"
    vide = "Aucun texte ne répond à ces filtres"

    reference = Colonne(verbose_name="Référence", wide=True)
    titre = Colonne(verbose_name="Titre", wide=True)
    nature = Colonne(verbose_name="Nature", desk=True)
    date = ColonneDate(verbose_name="Date")
    emplois = ColonneNombre(verbose_name="Valeurs fondées", prefixe="Valeurs fondées")
    fonde = Colonne(verbose_name="Ce qu’il fonde", visible=False)
    adresse = Colonne(verbose_name="Adresse", visible=False)

    class Meta:
        attrs = UNE_LIGNE

    def render_reference(self, record: Texte) -> SafeString:
        """The way to the text."""
        adresse = reverse("referentiel:texte", args=[record.pk])
        return format_html('<a href="{}">{}</a>', adresse, cut_text(record.reference))

    def value_reference(self, record: Texte) -> str:
        """The words alone."""
        return record.reference

    def render_titre(self, value: str) -> SafeString:
        """On one line."""
        return cut_text(value, long=True)

    def value_titre(self, value: str) -> str:
        """The words alone."""
        return value


class JourTable(tables.Table):
    """Days off of a year."""

    nom = "jour,jours"
    legende = "Jours fériés et chômés"
    vide = "Aucun jour férié n’est connu pour cette année"

    date = ColonneDate(verbose_name="Jour", form="long")
    libelle = Colonne(verbose_name="Libellé", wide=True)
    nature = Colonne(verbose_name="Nature")
    source = Colonne(verbose_name="Source", desk=True, default="")
    retire_parce_que = Colonne(verbose_name="Retiré", prefixe="Retiré", wide=True, default="")
    retirer = Colonne(
        verbose_name="Retrait", accessor="pk", orderable=False, exclude_from_export=True, wide=True
    )

    class Meta:
        attrs = UNE_LIGNE

    def __init__(self, *args: Any, jour: datetime.date, peut: bool, **kwargs: Any) -> None:
        self.jour, self.peut = jour, peut
        super().__init__(*args, **kwargs)

    def render_retirer(self, record: JourFerie) -> str:
        """Only a day to come may be withdrawn."""
        if not self.peut or record.date <= self.jour or record.retire_parce_que:
            return ""
        adresse = reverse("referentiel:retirer_jour", args=[record.pk])
        return format_html(
            '<a href="{}" aria-label="Retirer le {}">Retirer</a>', adresse, format_date(record.date)
        )


class EntreeTable(tables.Table):
    """Entries of a small list, which went through with_uses."""

    vide = "Aucune entrée ne répond à ces filtres"

    libelle = Colonne(verbose_name="Libellé", wide=True)
    emplois = Colonne(
        verbose_name="Emplois",
        orderable=False,
        attrs={"td": {"class": "num", "data-label": "Emplois"}, "th": {"class": "num"}},
    )
    etat = Colonne(verbose_name="État", accessor="actif", order_by="actif")
    source = Colonne(verbose_name="Source", visible=False)
    version = Colonne(visible=False, exclude_from_export=True)

    class Meta:
        attrs = UNE_LIGNE

    def __init__(
        self, *args: Any, liste: ListeEditable, peut: bool, compte: bool, rangs: dict[int, int], **kwargs: Any
    ) -> None:
        self.liste, self.peut, self.compte, self.rangs = liste, peut, compte, rangs
        self.nom = "entrée"
        self.legende = liste.titre
        colonnes = [
            (nom, Colonne(verbose_name=_label(liste, nom), prefixe="Ancien code", default=""))
            if nom == liste.ancien
            else (nom, ColonneChamp(verbose_name=_label(liste, nom), desk=True, default=""))
            for nom in dict.fromkeys((liste.ancien, *liste.champs))
            if nom not in {"", "libelle"}
        ]
        if peut and rangs:
            colonnes.append(("rang", ColonneRang(accessor="pk", verbose_name="Ordre", orderable=False)))
        super().__init__(*args, extra_columns=colonnes, **kwargs)

    def render_libelle(self, record: Any) -> SafeString:
        """The way to the entry."""
        adresse = reverse("referentiel:entree", args=[self.liste.cle, record.pk])
        return format_html(
            '<a id="entree-{}" href="{}">{}</a>', record.pk, adresse, cut_text(record.libelle, long=True)
        )

    def value_libelle(self, record: Any) -> str:
        """The words alone."""
        return record.libelle

    def render_emplois(self, value: int) -> str:
        """How often it is used, or whether it is."""
        if self.compte:
            return format_number(value)
        return "oui" if value else "non"

    def value_emplois(self, value: int) -> Any:
        """The number, or whether it is used."""
        return value if self.compte else self.render_emplois(value)

    def render_etat(self, record: Any) -> SafeString:
        """Offered or put aside."""
        return badge(EtatEntree.PROPOSEE if record.actif else EtatEntree.DE_COTE, quiet=True)

    def value_etat(self, record: Any) -> str:
        """The word."""
        return str((EtatEntree.PROPOSEE if record.actif else EtatEntree.DE_COTE).label)


class ColonneChamp(Colonne):
    """A field of the list's own: yes and no in words, choices by their label."""

    def render(self, value: Any, record: Any, bound_column: Any) -> str:
        """In words."""
        if isinstance(value, bool):
            return "oui" if value else "non"
        dire = getattr(record, f"get_{bound_column.name}_display", None)
        return str(dire() if dire else value)


class ColonneRang(Colonne):
    """Two buttons that move an entry, by mouse or keyboard; the form stands under the list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(exclude_from_export=True, **kwargs)

    def render(self, record: Any, table: EntreeTable) -> SafeString:
        """Up and down."""
        rang, dernier = table.rangs[record.pk], len(table.rangs)
        return format_html(
            '<span class="actions flex-nowrap">{}{}</span>',
            _move(table, record, rang - 1, "Monter", "arrow-up", rang == 1),
            _move(table, record, rang + 1, "Descendre", "arrow-down", rang == dernier),
        )


def _move(table: EntreeTable, entree: Any, rang: int, verbe: str, icone: str, bloque: bool) -> SafeString:
    """One button."""
    adresse = reverse("referentiel:deplacer_entree", args=[table.liste.cle, entree.pk, max(rang, 1)])
    return format_html(
        '<button class="btn btn-icon btn-sm border-0" type="submit" form="deplacer" formaction="{}" '
        'title="{}" aria-label="{} {}"{}>{}</button>',
        adresse,
        verbe,
        verbe,
        entree.libelle,
        SafeString(" disabled") if bloque else "",
        icon(icone),
    )


def _label(liste: ListeEditable, nom: str) -> str:
    """The column's head: the field's own words."""
    mots = str(liste.modele._meta.get_field(nom).verbose_name)
    return "Ancien code" if nom == liste.ancien else mots[:1].upper() + mots[1:]
