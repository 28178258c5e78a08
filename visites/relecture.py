"""Reads a text that others will read: its clinical words are removed, or confirmed one by one."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from visites.enums import GenreMot
from visites.models import MotClinique
from visites.rules.lexique import Lexique, Marque, cut_text, distinct, find_marks, unconfirmed, word_refusal

CONFIRMES = "confirmes"


class ChampMots(forms.MultipleChoiceField):
    """A box for each clinical word of a text, which is shown with its words marked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, textes: list[tuple[str, list[Marque]]]) -> None:
        marques = [marque for _, siennes in textes for marque in siennes]
        choix = [
            (m.cle, f"Je garde « {m.mot} » ({GenreMot(m.genre).label.lower()})") for m in distinct(marques)
        ]
        super().__init__(label="Mots à relire", required=False, choices=choix)
        self.help_text = format_html_join(
            " · ", "{}", ((mark_text(texte, siennes),) for texte, siennes in textes)
        )


def mark_text(texte: str, marques: list[Marque]) -> SafeString:
    """Return the text as HTML, each clinical word within <mark>."""
    morceaux = cut_text(texte, marques)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", mot) if marque else mot,) for mot, marque in morceaux)
    )


class LexiqueLu:
    """The lexicon, read at most once however many texts are read against it."""

    @cached_property
    def lexique(self) -> Lexique:
        """The entries that are not put aside."""
        return MotClinique.objects.lexique()


class FormulaireRelu(forms.Form):
    """A form one of whose texts, `partage`, others read; `partages` names several.

    A clinical word in it refuses the form until it is gone or its box is ticked; `confirmes` then names those
    that were ticked. The text stays in the cleaned data: the preview shows what is typed.
    """

    partage: ClassVar[str] = ""
    partages: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, lu: LexiqueLu | None = None, **kwargs: Any) -> None:
        self.lu = lu or LexiqueLu()
        super().__init__(*args, **kwargs)

    @property
    def boites(self) -> forms.BoundField | None:
        """The boxes of the words to read again, when there are any."""
        return self[CONFIRMES] if CONFIRMES in self.fields else None

    def refuse_words(self, marques: list[Marque]) -> str:
        """Say beside the text which words are to be read again."""
        return word_refusal(marques)

    def clean(self) -> dict[str, Any]:
        """Mark the words of the shared texts, and refuse those that nobody confirmed."""
        lu = super().clean() or self.cleaned_data
        textes = {champ: lu.get(champ) or "" for champ in self.partages or (self.partage,)}
        trouves = {champ: find_marks(texte, self.lu.lexique) for champ, texte in textes.items() if texte}
        marques = [marque for siennes in trouves.values() for marque in siennes]
        lu[CONFIRMES] = []
        if marques:
            lus = [(textes[champ], siennes) for champ, siennes in trouves.items() if siennes]
            self.fields[CONFIRMES] = ChampMots(lus)
            coches = self[CONFIRMES].data or []
            lu[CONFIRMES] = [marque.cle for marque in distinct(marques) if marque.cle in coches]
            for champ, siennes in trouves.items():
                manquent = unconfirmed(siennes, lu[CONFIRMES])
                if manquent:
                    self.add_error(champ, self.refuse_words(manquent))
                    lu[champ] = textes[champ]
        return lu
