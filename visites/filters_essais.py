"""Filters of the rows of a trial: what becomes of each, its motive, where it stands before and after."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import django_filters
from django.http import HttpRequest, QueryDict

from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.dates import add_months
from visites.models import EssaiRegle
from visites.rules.essais import (
    APPARUES,
    AUTREMENT,
    AVANCEES,
    BOUGENT,
    DISPARUES,
    INCHANGEES,
    MOIS,
    NON_DUE,
    PLUS_TARD,
    RECULEES,
    RETARD,
    SANS_JOUR,
    Mouvement,
)

TOUTES, DUES = "toutes", "dues"
EFFETS = {
    APPARUES: "Nouvelle",
    DISPARUES: "N’a plus lieu",
    AVANCEES: "Plus tôt",
    RECULEES: "Plus tard",
    AUTREMENT: "Même jour, autre règle ou preuve",
    INCHANGEES: "Sans changement",
}
AMPLEURS = {
    "7": "d’une semaine au plus",
    "30": "de 8 à 30 jours",
    "90": "de 31 à 90 jours",
    "0": "de plus de 90 jours",
}


def place_choices(jour: datetime.date) -> list[tuple[str, str]]:
    """Where a visit due may stand for a trial of this day."""
    mois = [add_months(jour.replace(day=1), rang) for rang in range(MOIS)]
    return [
        (DUES, "Due, quel que soit le jour"),
        (RETARD, f"En retard le {format_date(jour)}"),
        *((f"{m:%Y-%m}", format_date(m, "mois")) for m in mois),
        (PLUS_TARD, "Au-delà de 24 mois"),
        (SANS_JOUR, "Due, sans jour calculable"),
    ]


class MouvementFilter(django_filters.FilterSet):
    """The rows stand in the trial, not in a table: `lignes` are all of them, `write` shows those kept.

    Without any choice, those that move: new, gone, earlier, later.
    """

    effet = django_filters.ChoiceFilter(
        label="Ce qui change",
        choices=[*EFFETS.items(), (TOUTES, "Toutes, avant ou après")],
        empty_label="Celles qui bougent",
    )
    motif = django_filters.ChoiceFilter(label="Motif", empty_label="Tous")
    avant = django_filters.ChoiceFilter(label="Avec la règle en vigueur", empty_label="Indifférent")
    apres = django_filters.ChoiceFilter(label="Avec la version à l’essai", empty_label="Indifférent")
    ampleur = django_filters.ChoiceFilter(
        label="De combien", choices=[*AMPLEURS.items()], empty_label="Indifférent"
    )

    class Meta:
        model = EssaiRegle
        fields: list[str] = []

    def __init__(
        self,
        donnees: QueryDict,
        *,
        request: HttpRequest,
        jour: datetime.date,
        lignes: Sequence[Mouvement],
        write: Callable[[list[Mouvement]], list[dict[str, Any]]],
        motifs: Sequence[tuple[str, str]],
        cles: Mapping[int, str],
    ) -> None:
        super().__init__(donnees, queryset=EssaiRegle.objects.none(), request=request)
        self.jour, self.lignes, self.write, self.cles = jour, lignes, write, cles
        self.filters["motif"].extra["choices"] = list(motifs)
        for cote in ("avant", "apres"):
            self.filters[cote].extra["choices"] = place_choices(jour)

    @cached_property
    def qs(self) -> list[dict[str, Any]]:
        """The rows that answer, as they are shown."""
        self.form.is_valid()
        choix = self.form.cleaned_data
        return self.write([ligne for ligne in self.lignes if self._keeps(ligne, choix)])

    def _keeps(self, ligne: Mouvement, choix: Mapping[str, str]) -> bool:
        effet, motif, ampleur = (choix.get(nom) for nom in ("effet", "motif", "ampleur"))
        if effet != TOUTES and ligne.effet not in ((effet,) if effet else BOUGENT):
            return False
        if motif and self.cles.get(ligne.motif) != motif:
            return False
        if ampleur and ligne.ampleur != ampleur:
            return False
        return all(
            not demande
            or (
                ligne.place(cote, self.jour) != NON_DUE
                if demande == DUES
                else demande == ligne.place(cote, self.jour)
            )
            for cote, demande in enumerate((choix.get("avant"), choix.get("apres")))
        )
