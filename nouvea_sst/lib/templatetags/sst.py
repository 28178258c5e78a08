"""Tags and filters of every template: icons, state badges, French numbers and dates. Built in."""

import re
import uuid
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django_tables2 import Table

from nouvea_sst.lib import affichage
from nouvea_sst.lib.aide import read_texts
from nouvea_sst.lib.annulation import Annulation, read_annulation
from nouvea_sst.lib.etats import EtatChoices, member_of
from nouvea_sst.lib.graphiques import Graphique
from nouvea_sst.lib.icones import badge, icon
from nouvea_sst.lib.tableaux import Puce, Tableau, describe_filters, kept_parameters

register = template.Library()


@register.simple_tag
def icone(name: str, titre: str = "", couleur: str = "", classe: str = "") -> SafeString:
    """{% icone "house" %}; with titre="devient" it is read aloud; couleur="#a1231a" is for PDF only."""
    return icon(name, label=titre, fill=couleur, classes=classe)


@register.simple_tag
def etat(
    objet: Any, champ: str = "etat", texte: str = "", quiet: bool = False, pdf: bool = False
) -> SafeString:
    """{% etat visite %} or {% etat membre quiet=True texte="12 j" %}: the badge of a state."""
    member = objet if isinstance(objet, EtatChoices) else member_of(objet, champ)
    return badge(member, texte, quiet, pdf) if member else SafeString("")


@register.simple_tag
def echeance(
    jour: date | None, aujourdhui: date, bientot: int = 15, quiet: bool = False, pdf: bool = False
) -> SafeString:
    """{% echeance visite.echeance jour quiet=True %}: badge « 12 j de retard », « dans 6 j »."""
    if jour is None:
        return SafeString("")
    member, words = affichage.describe_due(jour, aujourdhui, bientot)
    return badge(member, words, quiet, pdf)


@register.simple_tag
def meter(presentes: int, attendues: int, nom: str = "pièces") -> SafeString:
    """{% meter 5 7 %}: pieces out of n as small boxes, « 5 pièces sur 7 » for screen readers, then 5/7."""
    boxes = format_html_join(
        "", '<i class="{}"></i>', (("on" if rank < presentes else "off",) for rank in range(attendues))
    )
    return format_html(
        '<span class="meter{}" role="img" aria-label="{} {} sur {}">{}</span> {}/{}',
        " is-done" if presentes >= attendues else "",
        presentes,
        nom,
        attendues,
        boxes,
        presentes,
        attendues,
    )


@register.filter
def nombre(value: affichage.Nombre | None, decimals: int | None = None) -> str:
    """{{ 1612|nombre }} gives « 1 612 »; {{ taux|nombre:1 }} keeps one decimal."""
    return affichage.format_number(value, decimals)


@register.filter
def xpf(value: affichage.Nombre | None) -> str:
    """{{ montant|xpf }} gives « 312 000 XPF »."""
    return affichage.format_xpf(value)


@register.filter
def pourcent(value: affichage.Nombre | None, decimals: int = 1) -> str:
    """{{ 12.5|pourcent }} gives « 12,5 % »."""
    return affichage.format_percent(value, decimals)


@register.filter
def date_fr(value: date | datetime | None, form: str = "") -> str:
    """{{ jour|date_fr }} 24/11/2026; forms: court jour mois lettre long moment heure (format_date)."""
    return affichage.format_date(value, form)


@register.filter
def relatif(value: date | datetime | None, aujourdhui: date) -> str:
    """{{ jour|relatif:aujourdhui }} gives « dans 6 jours »; the view passes the day."""
    return affichage.relative(value, aujourdhui)


@register.filter
def pluriel(count: affichage.Nombre | None, forms: str = "s") -> str:
    """visite{{ n|pluriel }}, chev{{ n|pluriel:"al,aux" }}: French rule, plural from 2."""
    return affichage.plural(count, forms)


@register.filter
def quantite(count: affichage.Nombre, noun: str) -> str:
    """{{ n|quantite:"visite" }} gives « 3 visites »; {{ n|quantite:"travail,travaux" }}."""
    return affichage.count_of(count, noun)


@register.filter
def de_nom(nom: object) -> str:
    """Visite {{ agent.nom_courant|de_nom }} gives « Visite d’Anaïs Kaloi »."""
    return affichage.de(str(nom))


@register.filter
def exposant(texte: str) -> SafeString:
    """{{ periode|exposant }} raises the ending of each « 1er »; anything else is escaped as usual."""
    morceaux = re.split(r"(?<=\b1)er\b", str(texte))
    return format_html_join(SafeString("<sup>er</sup>"), "{}", ((morceau,) for morceau in morceaux))


class Actives(list[Puce]):
    """The chips, with what the filter form carries on and the address without any filter."""

    gardes: list[tuple[str, str]]
    tout_effacer: str


@register.simple_tag(takes_context=True)
def puces(context: template.Context, filterset: Any) -> Actives:
    """{% puces filtre as actives %}: the active filters, each with the address without it."""
    request = context["request"]
    active = Actives(describe_filters(filterset, request))
    active.gardes = kept_parameters(filterset, request)
    active.tout_effacer = f"?{urlencode(active.gardes)}" if active else ""
    return active


@register.simple_tag(takes_context=True)
def tableau(context: template.Context, table: Table) -> Tableau:
    """{% tableau table as t %}: a django-tables2 table as components/table.html reads it."""
    page: Any = getattr(table, "context", None) or {}
    return Tableau(table, context["request"], exportable=bool(page.get("exportable", True)))


@register.simple_tag(takes_context=True)
def page_aidee(context: template.Context) -> str:
    """{% page_aidee as page %}: the name of the page shown when its help is written, else nothing."""
    match = context["request"].resolver_match
    return match.view_name if match and match.view_name in read_texts() else ""


@register.simple_tag
def annulation_de(message: Any) -> Annulation | None:
    """{% annulation_de message as retour %}: the button that a message brings, if it brings one."""
    return read_annulation(message)


@register.simple_tag(takes_context=True)
def jeton(context: template.Context) -> SafeString:
    """{% jeton %}: the one-time token of a form that creates; the one just sent while errors come back."""
    request = context["request"]
    envoye = request.POST.get("jeton", "") if request.method == "POST" else ""
    return format_html('<input type="hidden" name="jeton" value="{}">', envoye or uuid.uuid4())


@register.simple_tag
def champs_en_erreur(form: BaseForm) -> list[BoundField]:
    """{% champs_en_erreur form as fautifs %}: the fields to correct, in the order of the form."""
    return [field for field in form if field.errors]


@register.simple_tag
def graphique(chart: Graphique, pdf: bool = False) -> SafeString:
    """{% graphique g %} on screen, {% graphique g pdf=True %} in a document."""
    return render_to_string(
        "graphiques/papier.html" if pdf else "graphiques/figure.html", {"graphique": chart}
    )
