"""Columns of the register of letters and of the messages."""

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.enums import ModeEnvoi
from documents.models import Courriel, LettreEmise
from nouvea_sst.lib.colonnes import Colonne, ColonneDate, ColonneEtat, ColonneNombre, cut_text


class LettreTable(tables.Table):
    """Letters that went, latest first; the link opens the very file."""

    nom = "lettre"
    legende = "Lettres émises"
    vide = "Aucune lettre établie pour l’instant"
    colonne_titre = "agent"

    emise_le = ColonneDate(verbose_name="Établie le", form="moment", order_by=("emise_le", "pk"))
    agent = Colonne(verbose_name="Agent", order_by=("agent__nom_cle", "pk"), wide=True)
    service = Colonne(accessor="agent__structure__sigle", verbose_name="Service", desk=True)
    lettre = Colonne(accessor="modele__type__libelle", verbose_name="Lettre", wide=True)
    version = Colonne(accessor="modele__numero", verbose_name="Version", visible=False)
    destinataire = Colonne(verbose_name="Destinataire", desk=True)
    mode = Colonne(verbose_name="Envoi", desk=True)
    emise_par = Colonne(
        verbose_name="Par", visible=False, default="Le système", order_by=("emise_par__last_name", "pk")
    )
    fichier = Colonne(
        accessor="pk",
        verbose_name="Fichier",
        orderable=False,
        exclude_from_export=True,
        attrs={"td": {"class": "corner"}},
    )

    class Meta:
        order_by = "-emise_le"
        attrs: dict[str, str] = {"class": "data-table stack one-line"}

    def render_agent(self, record: LettreEmise) -> SafeString:
        """Name as a link."""
        return format_html(
            '<a class="cut long" href="{}">{}</a>',
            reverse("agents:agent", args=[record.agent_id]),
            record.agent,
        )

    def value_agent(self, record: LettreEmise) -> str:
        """Name alone."""
        return str(record.agent)

    def render_lettre(self, value: str) -> SafeString:
        """Its name on one line."""
        return cut_text(value)

    def value_lettre(self, value: str) -> str:
        """Its whole name."""
        return value

    def render_mode(self, record: LettreEmise) -> str:
        """The word of the way."""
        return str(ModeEnvoi(record.mode).label)

    def render_fichier(self, record: LettreEmise) -> SafeString:
        """The very file."""
        return format_html(
            '<a href="{}">Ouvrir<span class="visually-hidden"> la lettre n° {}</span></a>',
            reverse("documents:ouvrir", args=[record.document_id]),
            record.pk,
        )


class CourrielTable(tables.Table):
    """Messages, latest first."""

    nom = "message"
    legende = "Messages"
    vide = "Aucun message écrit pour l’instant"
    colonne_titre = "adresse"

    cree_le = ColonneDate(verbose_name="Écrit le", form="moment", order_by=("cree_le", "pk"))
    pk = Colonne(verbose_name="N°", desk=True)
    adresse = Colonne(verbose_name="Adresse", order_by=("adresse", "pk"))
    canal = Colonne(verbose_name="Canal", accessor="get_canal_display", orderable=False)
    objet = Colonne(verbose_name="Objet", visible=False, orderable=False)
    etat = ColonneEtat(verbose_name="État")
    reponse = Colonne(verbose_name="Pourquoi", orderable=False)
    essais = ColonneNombre(verbose_name="Essais", desk=True)
    essai_le = ColonneDate(verbose_name="Prochain essai", form="moment", desk=True, orderable=False)
    envoye_le = ColonneDate(verbose_name="Envoyé le", form="moment", desk=True)
    acte = Colonne(accessor="pk", verbose_name="Acte", orderable=False, exclude_from_export=True)

    class Meta:
        order_by = "-cree_le"
        attrs: dict[str, str] = {"class": "data-table stack one-line"}

    def render_acte(self, record: Courriel) -> str:
        """The button, for a message that may still be sent."""
        if not record.a_renvoyer:  # type: ignore[attr-defined]
            return ""
        return render_to_string("documents/_renvoi.html", {"ligne": record}, request=self.request)
