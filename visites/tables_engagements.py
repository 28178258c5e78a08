"""Columns of the list of commitments: the measure, who applies it, where it stands; never why."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.colonnes import Colonne, ColonneDate, cut_text
from nouvea_sst.lib.icones import badge
from visites.enums import EtatEngagement
from visites.models import Engagement


class EngagementTable(tables.Table):
    """One row a commitment; `choix` is the box of the acknowledgement of several at once."""

    nom = "restriction"
    colonne_titre = "agent"
    legende = "Restrictions à appliquer, de la plus pressée à la moins pressée, puis les finies"
    vide = "Aucune restriction ne répond à ces filtres"

    choix = Colonne(
        accessor="pk",
        verbose_name="Accuser",
        orderable=False,
        exclude_from_export=True,
        attrs={"td": {"class": "corner"}},
    )
    agent = Colonne(
        accessor="restriction__agent",
        order_by=("restriction__agent__nom_cle", "pk"),
        verbose_name="Agent",
    )
    service = Colonne(
        accessor="restriction__agent__structure__sigle",
        order_by=("restriction__agent__structure__sigle", "restriction__agent__nom_cle", "pk"),
        verbose_name="Service",
        desk=True,
    )
    mesure = Colonne(
        accessor="restriction",
        order_by=("restriction__type__libelle", "restriction__agent__nom_cle", "pk"),
        verbose_name="Mesure",
        wide=True,
    )
    destinataire = Colonne(
        order_by=("destinataire__last_name", "destinataire__first_name", "pk"),
        verbose_name="Encadrant",
        desk=True,
        default="tout encadrant",
    )
    echeance = ColonneDate(verbose_name="Avant le", order_by=("fini", "echeance", "pk"), prefixe="Avant le")
    etat = Colonne(order_by=("etat", "echeance", "pk"), verbose_name="État")
    date_debut = ColonneDate(accessor="restriction__date_debut", verbose_name="Du", visible=False)
    date_fin = ColonneDate(
        accessor="restriction__date_fin",
        order_by=("restriction__date_fin", "pk"),
        verbose_name="Fin",
        prefixe="Fin",
    )
    accuse_le = ColonneDate(verbose_name="Reçu le", visible=False)
    suite_le = ColonneDate(verbose_name="Suite du", visible=False)
    chct_le = ColonneDate(verbose_name="CHCT informé le", visible=False)
    revue_le = ColonneDate(verbose_name="À revoir le", visible=False)

    class Meta:
        model = Engagement
        fields: tuple[str, ...] = ()
        order_by = ("echeance",)
        attrs: dict[str, str] = {"class": "data-table stack one-line"}

    def render_choix(self, record: Engagement) -> SafeString | str:
        """The box, while nobody has acknowledged it."""
        if record.etat != EtatEngagement.A_ACCUSER:  # type: ignore[attr-defined]
            return ""
        return format_html(
            '<input class="form-check-input" type="checkbox" name="cles" form="accuser" value="{}" '
            'aria-label="Accuser réception pour {}">',
            record.pk,
            record.restriction.agent,
        )

    def render_agent(self, record: Engagement) -> SafeString:
        """Name as a link to the commitment."""
        adresse = reverse("visites:engagement", args=[record.pk])
        return format_html('<a class="cut long" href="{}">{}</a>', adresse, record.restriction.agent)

    def value_agent(self, record: Engagement) -> str:
        """Name alone."""
        return str(record.restriction.agent)

    def render_mesure(self, record: Engagement) -> SafeString:
        """The measure in functional words, cut on a desk."""
        return cut_text(str(record.restriction))

    def value_mesure(self, record: Engagement) -> str:
        """The same."""
        return str(record.restriction)

    def value_destinataire(self, value: Any) -> str:
        """The name."""
        return str(value or "")

    def render_echeance(self, record: Engagement) -> SafeString | str:
        """The day, marked when it is past."""
        mots = format_date(record.echeance)
        if record.en_retard:  # type: ignore[attr-defined]
            return format_html('<span class="text-late">{} · retard</span>', mots)
        return mots

    def value_echeance(self, record: Engagement) -> Any:
        """The day itself."""
        return record.echeance

    def render_etat(self, record: Engagement) -> SafeString:
        """Its word and colour."""
        return badge(EtatEngagement(record.etat), "", True)  # type: ignore[attr-defined]

    def value_etat(self, record: Engagement) -> str:
        """The word alone."""
        return str(EtatEngagement(record.etat).label)  # type: ignore[attr-defined]
