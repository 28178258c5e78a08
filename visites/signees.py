"""What was signed of a conclusion, as the rules of its correction take it."""

from visites.models import Restriction, Visite
from visites.rules.avis import Avis, Mesure


def read_signed(visite: Visite) -> tuple[Avis, dict[int, Restriction]]:
    """Return the conclusion that stands, settled, and its measures by key in the order they are read."""
    avis = Avis(
        visite.conclusion,
        prochaine_visite=visite.prochaine_visite,
        message_employeur=visite.message_employeur,
        orientation_id=visite.orientation_id,
    )
    posees = visite.restrictions.select_related("type").order_by("date_debut", "pk")
    return avis, {restriction.pk: restriction for restriction in posees}


def as_measures(posees: dict[int, Restriction]) -> dict[int, Mesure]:
    """Return measures as they were typed, by key."""
    return {
        cle: Mesure(r.type_id, r.precision, r.date_debut, r.date_fin, etendue=r.etendue)
        for cle, r in posees.items()
    }
