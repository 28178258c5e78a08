"""The table of all indicators, each figure with the address of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.indicateurs.ecriture import shown_change, write_ecart, write_part, write_taux
from reporting.rules.taux import Comparaison


@dataclass(frozen=True)
class LigneTableau:
    """An indicator, ready to be written."""

    code: str
    nom: str
    texte: str
    actuel: str
    url: str
    avant: str
    url_avant: str
    ecart: str
    mieux: bool | None
    calcul: str
    raison: str


def write_rows(
    figures: Mapping[str, Comparaison], adresses: Mapping[str, str], avant: Mapping[str, str]
) -> list[LigneTableau]:
    """Return one row an indicator; a figure of this day has no address for a year ago."""
    return [
        LigneTableau(
            code=code,
            nom=deux.definition.nom,
            texte=deux.definition.texte,
            actuel=write_taux(deux.actuel),
            url=adresses.get(code, "") if deux.actuel.valeur is not None else "",
            avant=write_taux(deux.avant),
            url_avant=avant.get(code, "") if deux.avant.valeur is not None else "",
            ecart=write_ecart(deux),
            mieux=deux.mieux if shown_change(deux) else None,
            calcul=write_part(deux.actuel),
            raison=deux.actuel.raison or deux.avant.raison,
        )
        for code, deux in figures.items()
    ]
