"""Which of the visits held starts the follow-up anew: its own, and of the others the examinations alone."""

import datetime
from dataclasses import replace

from agents.enums import CategorieSuivi
from visites.enums import Declencheur, NatureVisite
from visites.rules.avis import Avis, next_visit
from visites.rules.bareme import Bareme, Faits, VisiteVue
from visites.rules.echeance import FaitsAgent

PERIODIQUES = {
    CategorieSuivi.SIMPLE: Declencheur.PERIODIQUE,
    CategorieSuivi.ADAPTE: Declencheur.ADAPTE,
    CategorieSuivi.RENFORCE: Declencheur.RENFORCE,
}
OCCASIONS = ("visite:", "embauche:")


def is_of_followup(visite: VisiteVue, bareme: Bareme) -> bool:
    """Whether it was placed for the follow-up, or held for one of its motives or for none that is known."""
    if visite.due is not None:
        return visite.due.startswith(OCCASIONS)
    return visite.motif == bareme.sans_motif or "suivi" in bareme.groupes.get(visite.motif, ())


def renews(visite: VisiteVue, natures: frozenset[str], bareme: Bareme) -> bool:
    """Whether the follow-up runs anew from this visit: its nature serves the rule; of another motive, an
    examination alone, which holds all that a periodic visit does."""
    if natures and visite.nature not in natures:
        return False
    return visite.nature == NatureVisite.EXAMEN or is_of_followup(visite, bareme)


def followup_base(faits: Faits, bareme: Bareme) -> FaitsAgent:
    """The facts of the follow-up: the visit that it runs from, and the day that a professional chose since.

    Without any that renews it, none: what a nurse attests never starts the months of an examination.
    """
    base, tenues = faits.base, faits.tenues
    if not tenues:
        return base
    regle = bareme.regles.get(PERIODIQUES[CategorieSuivi(base.categorie)])
    natures = regle.natures if regle is not None else frozenset()
    derniere = tenues[-1]
    if renews(derniere, natures, bareme):
        return base if is_of_followup(derniere, bareme) else replace(base, autre_motif=True)
    rangs = [rang for rang, visite in enumerate(tenues) if renews(visite, natures, bareme)][-1:]
    if not rangs:
        return replace(
            base,
            derniere_visite=None,
            derniere_visite_pk=None,
            prochaine_choisie=None,
            visite_a_part=derniere.date,
            visite_a_part_pk=derniere.pk,
        )
    compte = tenues[rangs[0]]
    choisie = _chosen(compte)
    for visite in tenues[rangs[0] + 1 :]:
        sienne = _chosen(visite)
        if is_of_followup(visite, bareme):
            choisie = sienne
        elif sienne is not None and (choisie is None or sienne < choisie):
            choisie = sienne
    return replace(
        base,
        derniere_visite=compte.date,
        derniere_visite_pk=compte.pk,
        prochaine_choisie=choisie,
        autre_motif=not is_of_followup(compte, bareme),
        visite_a_part=None if compte is derniere else derniere.date,
        visite_a_part_pk=None if compte is derniere else derniere.pk,
    )


def _chosen(visite: VisiteVue) -> datetime.date | None:
    return next_visit(Avis("", visite.validite_mois, visite.prochaine_visite), visite.date)
