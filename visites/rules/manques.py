"""Missed appointments: counted with the visit that they were for; alone, they make one due."""

from collections.abc import Sequence

from visites.enums import Declencheur
from visites.rules.bareme import Bareme, Faits, Proposition, Reponse, VisiteVue
from visites.rules.preuves import tell_fact, write_day, write_proof
from visites.rules.regles import Regle
from visites.rules.suivi import renews

# How the key of such a due begins; the first missed visit follows.
ABSENCE = "absence:"


def count_missed(faits: Faits, bareme: Bareme, reponse: Reponse) -> None:
    """Count the missed appointments with the visit that they were for; alone, they make one due."""
    relance = bareme.regles.get(Declencheur.RELANCE)
    seules: dict[int, list[VisiteVue]] = {}
    for visite in faits.manquees:
        due = next((d for d in reponse.dues if _was_for(visite, d, bareme)), None)
        if due is None:
            seules.setdefault(visite.motif, []).append(visite)
            continue
        due.absences += 1
        due.preuve["faits"] = [
            *(f for f in due.preuve["faits"] if f["libelle"] != "Rendez-vous manqué"),
            tell_fact("Rendez-vous manqué", f"le {write_day(visite.date)}, {_times(due.absences)}")
            | {"url_name": "visites:visite", "pk": visite.pk},
        ]
        if relance is not None and relance.accepts(due.absences):
            due.priorite = min(due.priorite, relance.priorite)
    if relance is not None and relance.accepts(1):
        for visites in seules.values():
            _miss_alone(faits, bareme, reponse, relance, visites)


def _was_for(visite: VisiteVue, due: Proposition, bareme: Bareme) -> bool:
    """Whether a missed visit was for this due: placed for it, else of its kind since its fact."""
    if visite.due is not None:
        return visite.due == due.cle
    return (due.fait_le is None or visite.date >= due.fait_le) and bareme.serves(visite, due.regle)


def _miss_alone(
    faits: Faits, bareme: Bareme, reponse: Reponse, relance: Regle, visites: Sequence[VisiteVue]
) -> None:
    """Missed visits of one motive that no rule asks for again make one due, until one of it is held.

    It keeps the day that the first of them gives: missing again puts nothing off.
    """
    restees: list[VisiteVue] = []
    for visite in visites:
        cle = f"{ABSENCE}{visite.pk}"
        tenue = _held_after(faits, bareme, visite)
        if tenue is not None:
            reponse.servies[cle] = tenue
        elif restees or cle in faits.connues or bareme.looks_at(relance, visite.date):
            restees.append(visite)
    if not restees:
        return
    premiere, nombre = restees[0], len(restees)
    lignes = [
        tell_fact(
            "Rendez-vous manqué", f"le {write_day(visite.date)}" + (f", {_times(rang)}" if nombre > 1 else "")
        )
        | {"url_name": "visites:visite", "pk": visite.pk}
        for rang, visite in enumerate(restees, 1)
    ]
    preuve = write_proof(relance, lignes, premiere.date, premiere.date)
    jour = relance.day_from(premiere.date, premiere.date)
    due = Proposition(
        f"{ABSENCE}{premiere.pk}",
        relance,
        premiere.date,
        jour,
        preuve,
        premiere.motif,
        relance.priorite,
        nombre,
    )
    reponse.dues.append(due)


def _held_after(faits: Faits, bareme: Bareme, visite: VisiteVue) -> VisiteVue | None:
    """The visit held since which stands for this missed one."""
    groupes = bareme.groupes.get(visite.motif, frozenset())
    for tenue in faits.tenues:
        meme = tenue.motif in (visite.motif, bareme.sans_motif)
        meme = meme or "suivi" in groupes and renews(tenue, frozenset(), bareme)
        if tenue.date >= visite.date and meme:
            return tenue
    return None


def _times(nombre: int) -> str:
    return "1re fois" if nombre == 1 else f"{nombre}e fois"
