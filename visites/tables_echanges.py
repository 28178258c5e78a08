"""Columns of the list of follow-ups: whom, who keeps it, what day comes next; never a word of it."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.colonnes import Colonne, ColonneDate, cut_text
from nouvea_sst.lib.icones import badge
from visites.enums import EtatAccompagnement
from visites.models import Accompagnement


class AccompagnementTable(tables.Table):
    """One row a follow-up."""

    nom = "accompagnement"
    colonne_titre = "agent"
    legende = "Accompagnements, la prochaine étape la plus proche d’abord, puis les fermés"
    vide = "Aucun accompagnement ne répond à ces filtres"

    agent = Colonne(order_by=("agent__nom_cle", "pk"), verbose_name="Agent")
    service = Colonne(
        accessor="agent__structure__sigle",
        order_by=("agent__structure__sigle", "agent__nom_cle", "pk"),
        verbose_name="Service",
        desk=True,
    )
    etat = Colonne(order_by=("est_ferme", "etat", "prochaine", "pk"), verbose_name="État")
    prochaine = ColonneDate(
        verbose_name="Prochaine étape", order_by=("est_ferme", "prochaine", "pk"), prefixe="Étape le"
    )
    dernier = ColonneDate(verbose_name="Dernier échange", order_by=("dernier", "pk"), prefixe="Échange le")
    personnes = Colonne(
        accessor="nommes", orderable=False, verbose_name="Personnes nommées", wide=True, default=""
    )
    restreint = Colonne(verbose_name="Réservé", order_by=("restreint", "pk"), desk=True)
    ouvert_le = ColonneDate(verbose_name="Ouvert le", visible=False)
    ferme_le = ColonneDate(verbose_name="Fermé le", visible=False)

    class Meta:
        model = Accompagnement
        fields: tuple[str, ...] = ()
        order_by = ("prochaine",)
        attrs: dict[str, str] = {"class": "data-table stack one-line"}

    def render_agent(self, record: Accompagnement) -> SafeString:
        """Name as a link to the follow-up."""
        adresse = reverse("visites:accompagnement", args=[record.cle])
        return format_html('<a class="cut long" href="{}">{}</a>', adresse, record.agent)

    def value_agent(self, record: Accompagnement) -> str:
        """Name alone."""
        return str(record.agent)

    def render_etat(self, record: Accompagnement) -> SafeString:
        """Its word and colour."""
        return badge(EtatAccompagnement(record.etat), "", True)  # type: ignore[attr-defined]

    def value_etat(self, record: Accompagnement) -> str:
        """The word alone."""
        return str(EtatAccompagnement(record.etat).label)  # type: ignore[attr-defined]

    def render_prochaine(self, record: Accompagnement) -> SafeString | str:
        """The day, marked when it is past."""
        mots = format_date(record.prochaine)  # type: ignore[attr-defined]
        if record.etat == EtatAccompagnement.RETARD:  # type: ignore[attr-defined]
            return format_html('<span class="text-late">{} · retard</span>', mots)
        return mots

    def value_prochaine(self, record: Accompagnement) -> object:
        """The day itself."""
        return record.prochaine  # type: ignore[attr-defined]

    def render_personnes(self, record: Accompagnement) -> SafeString:
        """Their names, cut on a desk."""
        return cut_text(self.value_personnes(record))

    def value_personnes(self, record: Accompagnement) -> str:
        """Their names."""
        return ", ".join(str(membre.compte) for membre in record.nommes)  # type: ignore[attr-defined]

    def render_restreint(self, value: bool) -> str:
        """« oui », or nothing."""
        return "oui" if value else ""

    def value_restreint(self, value: bool) -> str:
        """The same, in full."""
        return "oui" if value else "non"
