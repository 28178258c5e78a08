"""What was signed of a conclusion, in words that no later change touches, and the measures that it found."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from visites.models import Restriction, Visite
from visites.querysets import RestrictionQuerySet
from visites.rules.avis import Avis, Courante, Mesure
from visites.rules.lecteurs import MesureLue, word_measure


def read_signed(visite: Visite) -> tuple[Avis, dict[int, Restriction]]:
    """Return the conclusion that stands, settled, and its measures by key in the order they are read."""
    avis = Avis(
        visite.conclusion,
        prochaine_visite=visite.prochaine_visite,
        message_employeur=visite.message_employeur,
        orientation_id=visite.orientation_id,
        finies=set(Restriction.toutes.filter(finie_par=visite).values_list("pk", flat=True)),
    )
    posees = visite.restrictions.select_related("type").order_by("date_debut", "pk")
    return avis, {restriction.pk: restriction for restriction in posees}


def as_measures(posees: dict[int, Restriction]) -> dict[int, Mesure]:
    """Return measures as they were typed, by key."""
    return {
        cle: Mesure(r.type_id, r.precision, r.date_debut, r.date_fin, etendue=r.etendue)
        for cle, r in posees.items()
    }


def running(visite: Visite) -> RestrictionQuerySet:
    """Measures of earlier visits that hold on the day of this one or begin later, and those that it ended."""
    vivantes = Q(retiree_le=None) & (Q(date_fin=None) | Q(date_fin__gte=visite.date))
    autres = Restriction.toutes.filter(agent=visite.agent_id, visite__date__lte=visite.date)
    lues: RestrictionQuerySet = autres.exclude(visite=visite).filter(vivantes | Q(finie_par=visite))
    return lues.select_related("type").order_by("date_debut", "pk")


def as_running(visite: Visite, restriction: Restriction) -> Courante:
    """Return a running measure as it stood before this visit."""
    fin = restriction.fin_avant if restriction.finie_par_id == visite.pk else restriction.date_fin
    return Courante(restriction.pk, restriction.type_id, restriction.date_debut, fin)


def word_running(visite: Visite, restriction: Restriction) -> str:
    """Return its words, with the end it had before this visit."""
    lue, courante = restriction.lue, as_running(visite, restriction)
    avant = MesureLue(lue.libelle, lue.precision, lue.date_debut, courante.date_fin, lue.etendue)
    return word_measure(avant, visite.date)


def word_terms(
    visite: Visite,
    mesures: Iterable[MesureLue],
    courantes: Iterable[Restriction] = (),
    finies: Iterable[int] = (),
) -> dict[str, Any]:
    """Return the words that lists and posts give today; kept at the signature, they change no more.

    A correction keeps the post and the motive of the version that it replaces.
    """
    agent, cles, lues = visite.agent, set(finies), list(courantes)
    tete = {
        "poste": agent.poste.intitule if agent.poste is not None else "",
        "motif": visite.motif.libelle,
        "motif_public": visite.motif.libelle_public,
    }
    return {
        **{nom: visite.signee_lue.get(nom, mots) for nom, mots in tete.items()},
        "mesures": [word_measure(mesure, visite.date) for mesure in mesures],
        "gardees": [word_running(visite, r) for r in lues if r.pk not in cles],
        "finies": [word_running(visite, r) for r in lues if r.pk in cles],
    }


def keep_terms(visite: Visite) -> None:
    """Keep the words of the version that has just been signed."""
    posees = visite.restrictions.select_related("type").order_by("date_debut", "pk")
    courantes = list(running(visite))
    finies = [r.pk for r in courantes if r.finie_par_id == visite.pk]
    visite.signee_lue = word_terms(visite, [r.lue for r in posees], courantes, finies)
    visite.save(update_fields=["signee_lue"])
