"""Reads the forms of a page, to send each as the page gives it, empty texts filled in."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# What is not free text, though its input is of type text.
TYPES = re.compile(r"date|jj/mm|hh:mm|numeric|matricule|recherche")
MUETS = {"submit", "button", "reset", "file", "image"}


@dataclass
class Formulaire:
    """Where a form goes, and what it sends."""

    adresse: str
    methode: str
    champs: dict[str, list[str]] = field(default_factory=dict)
    vides: set[str] = field(default_factory=set)

    def typed(self, texte: str) -> dict[str, list[str]]:
        """Return what it sends once somebody typed this text wherever a text was missing."""
        manquent = {nom: [texte] for nom in self.vides if not "".join(self.champs[nom]).strip()}
        return self.champs | manquent


class Lecteur(HTMLParser):
    """Reads forms with their initial values; of radios and lists without choice, the first one."""

    def __init__(self) -> None:
        super().__init__()
        self.formulaires: list[Formulaire] = []
        self._ici: Formulaire | None = None
        self._texte = self._liste = ""
        self._multiple = self._choisi = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a form, note a field."""
        a = {nom: valeur or "" for nom, valeur in attrs}
        if tag == "form":
            self._ici = Formulaire(a.get("action", ""), a.get("method", "get").lower())
            self.formulaires.append(self._ici)
        elif self._ici is not None:
            self._field(tag, a)

    def _field(self, tag: str, a: dict[str, str]) -> None:
        assert self._ici is not None
        nom, genre = a.get("name", ""), a.get("type", "")
        if tag == "input" and nom and genre not in MUETS:
            if genre == "radio" and "checked" in a:
                self._ici.champs[nom] = [a.get("value", "")]
            elif genre == "radio":
                self._ici.champs.setdefault(nom, [a.get("value", "")])
            elif genre != "checkbox" or "checked" in a:
                self._ici.champs.setdefault(nom, []).append(a.get("value", ""))
                if genre in {"", "text"} and not a.get("value") and not TYPES.search(str(a)):
                    self._ici.vides.add(nom)
        elif tag == "textarea" and nom:
            self._texte = nom
            self._ici.champs[nom] = [""]
            self._ici.vides.add(nom)
        elif tag == "select" and nom:
            self._liste, self._multiple, self._choisi = nom, "multiple" in a, False
        elif tag == "option" and self._liste:
            if "selected" in a or not (self._multiple or self._liste in self._ici.champs):
                if "selected" in a and not self._multiple:
                    self._ici.champs[self._liste] = []
                self._ici.champs.setdefault(self._liste, []).append(a.get("value", ""))

    def handle_data(self, data: str) -> None:
        """Fill a text area."""
        if self._texte and self._ici is not None:
            self._ici.champs[self._texte][0] += data

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "form":
            self._ici = None
        elif tag == "textarea":
            self._texte = ""
        elif tag == "select":
            self._liste = ""


def forms_of(html: str) -> list[Formulaire]:
    """Return the forms of a page that post."""
    lecteur = Lecteur()
    lecteur.feed(html)
    return [f for f in lecteur.formulaires if f.methode == "post"]
