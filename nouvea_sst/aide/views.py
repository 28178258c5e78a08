"""The help of one page, the contents of the help, and what the reader's role may see and do."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import URLPattern, get_resolver, reverse
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_connecte
from nouvea_sst.comptes.documentation import libelles
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.roles import MATRICE
from nouvea_sst.lib import guides
from nouvea_sst.lib.aide import MAISON, TOUCHES, read_help, read_texts

GUIDE_COMMUN = "commun"
# The words of the glossary stand in the help of each page; operating the machine is read beside it.
SANS_PAGE = {"../glossaire.md", "../exploitation.md"}
DOMAINES = {
    MAISON: "Pour commencer",
    "agents": "Agents et absences",
    "visites": "Visites",
    "signalements": "Signalements, accidents, actions",
    "commissions": "Commissions",
    "reporting": "Pilotage, dossiers et vues",
    "documents": "Documents",
    "imports": "Imports",
    "travaux": "Travaux",
    "referentiel": "Référentiel",
    "comptes": "Comptes",
    "journal": "Journal",
}


@acces_connecte
@require_safe
def page(request: HttpRequest, page: str) -> HttpResponse:
    """Show the help of one page; the drawer asks for its body alone."""
    lue = read_help(page, request.user)
    if lue is None:
        raise Http404
    modele = "aide/_corps.html" if request.htmx else "aide/page.html"
    return render(request, modele, {"lue": lue})


@acces_connecte
@require_safe
def sommaire(request: HttpRequest) -> HttpResponse:
    """List the help of the pages that this account may open."""
    ouvertes = {nom for nom, vue in named_views() if may_open(request.user, vue)}
    groupes: dict[str, list[tuple[str, Any]]] = {}
    for nom, aide in read_texts().items():
        if nom in ouvertes:
            domaine = nom.partition(":")[0] if ":" in nom else MAISON
            groupes.setdefault(domaine, []).append((nom, aide))
    contexte = {
        "groupes": [(titre, groupes[cle]) for cle, titre in DOMAINES.items() if cle in groupes],
        "touches": TOUCHES,
        "guide": guide_of(request.user),
    }
    return render(request, "aide/sommaire.html", contexte)


@acces_connecte
@require_safe
def guide(request: HttpRequest, nom: str) -> HttpResponse:
    """Show the guide of a role, one's own or another's, or what is common to all of them."""
    fichier = {GUIDE_COMMUN: guides.COMMUN, guides.COMMUN: ""}.get(nom, nom)
    if fichier not in guides.list_guides():
        raise Http404
    lu = guides.read_guide(fichier, guide_address)
    contexte = {"guide": lu, "commun": nom == GUIDE_COMMUN, "sien": nom == guide_of(request.user)}
    return render(request, "aide/guide.html", contexte)


def guide_of(user: Any) -> str:
    """Return the name of the guide of this account."""
    return Role(user.role).value


def guide_address(nomme: str) -> str:
    """Turn what a guide names into an address; nothing for a document that the application does not show."""
    chemin = PurePosixPath(nomme)
    if chemin.suffix == ".png":
        return static(f"guide/{chemin.name}")
    if nomme == "../permissions.md":
        return reverse("aide:droits")
    if chemin.suffix == ".md" and chemin.stem in guides.list_guides() and len(chemin.parts) == 1:
        return reverse("aide:guide", args=[GUIDE_COMMUN if chemin.stem == guides.COMMUN else chemin.stem])
    if nomme in SANS_PAGE:
        return ""
    raise ValueError(f"leads nowhere: {nomme}")


@acces_connecte
@require_safe
def droits(request: HttpRequest) -> HttpResponse:
    """Say, domain by domain, what the reader's role may see and do, and who may do the rest."""
    role = Role(request.user.role)  # type: ignore[union-attr]
    mots = libelles()
    groupes: dict[str, dict[str, list[Any]]] = {}
    for droit, roles in MATRICE.items():
        groupe = groupes.setdefault(droit.partition(".")[0], {"oui": [], "non": []})
        if role in roles:
            groupe["oui"].append(mots[droit])
        else:
            groupe["non"].append((mots[droit], ", ".join(str(r.label) for r in roles)))
    contexte = {
        "role": role.label,
        "portee": request.user.portee,  # type: ignore[union-attr]
        "groupes": [(titre, groupes[cle]) for cle, titre in DOMAINES.items() if cle in groupes],
    }
    return render(request, "aide/droits.html", contexte)


def named_views(motifs: Any = None, espace: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each view of the house with the full name of its address."""
    for motif in get_resolver().url_patterns if motifs is None else motifs:
        if isinstance(motif, URLPattern):
            yield f"{espace}{motif.name}", motif.callback
        else:
            yield from named_views(motif.url_patterns, f"{motif.namespace}:" if motif.namespace else espace)


def may_open(user: Any, vue: Any) -> bool:
    """Whether a view lets this account in."""
    if getattr(vue, "acces_connecte", False) or getattr(vue, "acces_public", False):
        return True
    return any(user.has_perm(droit) for droit in getattr(vue, "droit_requis", ()))
