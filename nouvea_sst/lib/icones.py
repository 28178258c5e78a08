"""Bootstrap icons as inline SVG, and the state badge made of one icon and a word."""

import re
from functools import lru_cache

from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from nouvea_sst.lib.etats import CLASSES, EtatChoices

_SVG = re.compile(r'<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>', re.DOTALL)


@lru_cache(maxsize=512)
def _read(name: str) -> tuple[str, SafeString]:
    """Return viewBox and paths of an icon; TemplateDoesNotExist when there is none of that name."""
    source = get_template(f"bs_icon/{name}.svg").render({"height": 16})
    found = _SVG.search(source)
    if found is None:
        raise ValueError(f"{name}: not an SVG with a viewBox")
    paths = " ".join(found.group(2).split())
    return found.group(1), mark_safe(paths)  # noqa: S308 the paths come from a pinned package, not from a user


def icon(name: str, label: str = "", fill: str = "", classes: str = "") -> SafeString:
    """Return the inline SVG of a Bootstrap icon: hidden from screen readers, unless it has a label.

    `fill` is for PDF, where the page's CSS does not reach inside an SVG; on screen the CSS wins over it.
    """
    box, paths = _read(name)
    css = f"icon {classes}".strip()
    colour = format_html(' fill="{}"', fill) if fill else ""
    if not label:
        return format_html(
            '<svg class="{}" viewBox="{}" aria-hidden="true"{}>{}</svg>', css, box, colour, paths
        )
    # The title is the tooltip on screen and the alternative text in a PDF.
    return format_html(
        '<svg class="{}" viewBox="{}" role="img" aria-label="{}"{}><title>{}</title>{}</svg>',
        css,
        box,
        label,
        colour,
        label,
        paths,
    )


def badge(etat: EtatChoices, text: str = "", quiet: bool = False, pdf: bool = False) -> SafeString:
    """Return the badge of a state: its icon, and its label or other words for the same state.

    In a PDF every picture needs an alternative text: there the icon is named; on screen the words suffice.
    """
    return format_html(
        '<span class="state {}{}">{} {}</span>',
        "quiet " if quiet else "",
        etat.classe,
        icon(etat.icone, label=str(etat.label) if pdf else "", fill=CLASSES[etat.classe]),
        text or etat.label,
    )
