"""How the visits of the city went: who came, and who excused himself."""

import datetime
from typing import Any

from tests.fuites.canaris import Voliere
from visites.enums import Conclusion, EtatVisite, Reponse, VoieReponse
from visites.models import ConclusionCorrigee, MotifExcuse, Orientation, Visite
from visites.signees import word_terms

VENUE = {
    "heure": datetime.time(9),
    "annulee_parce_que": "",
    "venue": True,
    "arrivee": datetime.time(8, 55),
    "reponse": Reponse.CONFIRMEE,
    "reponse_voie": VoieReponse.TELEPHONE,
    "excuse_precision": "",
}


def make_excused(voliere: Voliere, place: str, placee: dict[str, Any]) -> Visite:
    """A visit of which the agent excused himself, with its reason and its words."""
    motif = MotifExcuse.objects.create(
        libelle=voliere.text("visites.Visite.excuse", place), date_effet=datetime.date(1970, 1, 1)
    )
    return Visite.objects.create(
        **placee,
        etat=EtatVisite.EXCUSE,
        excuse=motif,
        excuse_precision=voliere.text("visites.Visite.excuse_precision", place),
        date=voliere.day("visites.Visite.date", f"{place} excusee"),
        heure=datetime.time(10),
    )


def correct_visit(voliere: Voliere, place: str, dossier: Any, visite: Visite) -> None:
    """Say where a visit sends the agent on, and what its conclusion said before it was corrected."""
    visite.orientation = Orientation.objects.create(libelle=voliere.text("visites.Visite.orientation", place))
    mots = word_terms(visite, [])
    visite.signee_lue = mots | {"mesures": [voliere.text("visites.Visite.signee_lue", place)]}
    visite.save()
    modele = "visites.ConclusionCorrigee"
    avant = {
        "visite": visite,
        "numero": 1,
        "conclusion": Conclusion.AMENAGEMENT,
        "mesures": [[voliere.text(f"{modele}.mesures", place), "", None, None]],
    }
    dossier.keep(ConclusionCorrigee.objects.create(**voliere.fill(ConclusionCorrigee, place, **avant)))
