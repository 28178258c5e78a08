"""Reads the forms of a page as a browser does: where each posts, and what it would post untouched."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import resolve


@dataclass
class Formulaire:
    """One form that posts."""

    adresse: str
    champs: dict[str, Any] = field(default_factory=dict)

    @property
    def nom(self) -> str:
        """URL name of the view that answers."""
        return resolve(self.adresse.partition("?")[0]).view_name

    def filled(self, **saisie: Any) -> dict[str, Any]:
        """What is posted once this is typed; a value None leaves the field out."""
        donnees = self.champs | {nom: valeur for nom, valeur in saisie.items()}
        return {nom: valeur for nom, valeur in donnees.items() if valeur is not None}


class _Lecteur(HTMLParser):
    """Collects forms, with the fields that point at them by their form attribute left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.formulaires = page, []
        self.courant: Formulaire | None = None
        self.liste, self.texte = "", ""

    def handle_starttag(self, balise: str, attributs: list[tuple[str, str | None]]) -> None:
        """Open a form, note a field."""
        a = dict(attributs)
        if balise == "form" and a.get("method", "").lower() == "post":
            self.courant = Formulaire(a.get("action") or self.page)
            self.formulaires.append(self.courant)
        if self.courant is None:
            return
        nom = a.get("name") or ""
        if balise == "input" and nom:
            genre = a.get("type", "text")
            if genre in {"checkbox", "radio"}:
                if "checked" in a:
                    self.courant.champs[nom] = a.get("value", "on")
            elif genre not in {"submit", "file"}:
                self.courant.champs[nom] = a.get("value") or ""
        elif balise == "select":
            self.liste = nom
            self.courant.champs.setdefault(nom, "")
        elif balise == "option" and "selected" in a:
            self.courant.champs[self.liste] = a.get("value") or ""
        elif balise == "textarea":
            self.texte = nom
            self.courant.champs[nom] = ""

    def handle_data(self, data: str) -> None:
        """Take the text of a textarea."""
        if self.courant is not None and self.texte:
            self.courant.champs[self.texte] += data.removeprefix("\n")

    def handle_endtag(self, balise: str) -> None:
        """Close what was open."""
        if balise == "form":
            self.courant = None
        elif balise == "textarea":
            self.texte = ""


def forms_of(html: str, page: str) -> list[Formulaire]:
    """Return the forms of a page that post."""
    lecteur = _Lecteur(page)
    lecteur.feed(html)
    return lecteur.formulaires


def open_form(client: Client, page: str, nom: str, adresse: str = "") -> Formulaire:
    """Open a page and return its form that this view answers."""
    reponse = client.get(page)
    assert reponse.status_code == 200, (page, reponse.status_code)
    return pick_form(reponse.content.decode(), page, nom, adresse)


def pick_form(html: str, page: str, nom: str, adresse: str = "") -> Formulaire:
    """Return the first form of a page that this view answers, at this address if one is given."""
    trouves = [f for f in forms_of(html, page) if f.nom == nom and adresse in ("", f.adresse)]
    assert trouves, f"{page} shows no form for {nom}"
    return trouves[0]
