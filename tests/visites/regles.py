"""The rules of the seed without a database, and facts in one line."""

import datetime
import json
from decimal import Decimal
from pathlib import Path

from agents.rules.chaines import Maillon, build_chaines
from visites.rules.bareme import Bareme, Faits, VisiteVue
from visites.rules.echeance import FaitsAgent, Valeur
from visites.rules.occasions import find_dues
from visites.rules.regles import Regle

D = datetime.date
JOUR = D(2026, 11, 24)
UN = datetime.timedelta(days=1)
DONNEES = Path(__file__).parents[2] / "visites" / "donnees"
MOTIFS = {
    ligne["code"]: rang
    for rang, ligne in enumerate(json.loads((DONNEES / "motifs.json").read_text(encoding="utf8")), 1)
}
NOMS = {rang: code for code, rang in MOTIFS.items()}
MALADIE, HOSPITALISATION, CLD, CLM, AT, RECHUTE, MP, MATERNITE, ENFANT = 81, 71, 75, 76, 77, 78, 79, 82, 80
FAMILLES = {81: "maladie", 71: "maladie", 75: "longue", 76: "longue", 77: "accident", 78: "accident",
            79: "professionnelle", 82: "maternite", 80: "enfant"}  # fmt: skip
PROLONGENT = {71, 72, 73, 75, 76, 81, 83}


def regle(ligne, pk):
    """A rule as the seed writes it."""
    return Regle(
        pk=pk,
        code=ligne["declencheur"],
        motif_id=MOTIFS[ligne["motif"]],
        libelle=ligne["libelle"],
        date_effet=D(2000, 1, 1),
        source=ligne["source"],
        fiabilite=ligne["fiabilite"],
        types=frozenset(ligne.get("types_absence", ())),
        positions=frozenset(ligne.get("positions", ())),
        natures=frozenset(ligne.get("natures", ())),
        **{
            champ: ligne[champ]
            for champ in ("operateur", "seuil", "operateur_fin", "seuil_fin", "unite_seuil", "depart",
                          "decalage", "unite", "priorite", "recul_mois")
            if champ in ligne
        },
    )  # fmt: skip


REGLES = {
    ligne["declencheur"]: regle(ligne, pk)
    for pk, ligne in enumerate(json.loads((DONNEES / "regles.json").read_text(encoding="utf8")), 1)
}
VALEURS = {
    code: Valeur(code, "Tous les", Decimal(mois), "mois", D(2000, 1, 1), "Un texte", "texte")
    for code, mois in (
        ("visites.delai_initiale", 3),
        ("visites.periodicite.simple", 60),
        ("visites.periodicite.simple.F", 24),
        ("visites.periodicite.adapte", 36),
        ("visites.periodicite.renforce", 48),
    )
}


def bareme(jour=JOUR, tolerance=0, **autres):
    """The scale of the seed on a day; `autres` replaces rules by their code, None takes one away."""
    regles = {code: r for code, r in (REGLES | autres).items() if r is not None}
    return Bareme.of(jour, regles, VALEURS, MOTIFS["sans_motif"], tolerance)


def stop(debut, jours, type=MALADIE, pk=None, accident=None):
    """A stop of so many days."""
    pk = pk or debut.toordinal()
    fin = debut + (jours - 1) * UN
    return Maillon(pk, debut, fin, type, FAMILLES[type], type in PROLONGENT, False, False, accident)


def visit(date, motif="periodique", pk=900, due=None, nature="examen", prochaine=None):
    """A visit, held or missed."""
    return VisiteVue(pk, date, MOTIFS[motif], due, nature, prochaine)


EMBAUCHE = D(2015, 1, 1)


def answer(*, arrets=(), tenues=(), jour=JOUR, embauche=EMBAUCHE, regles=None, tolerance=0, **faits):
    """What is due of an agent who was last seen on his latest visit, else in 2025."""
    derniere = max(tenues, key=lambda v: v.date, default=None)
    base = {
        "embauche": embauche,
        "derniere_visite": derniere.date if derniere else D(2025, 6, 2),
        "derniere_visite_pk": derniere.pk if derniere else 1,
    } | faits.pop("base", {})
    dossier = Faits(
        agent=7,
        base=FaitsAgent(**base),
        chaines=build_chaines(list(arrets), tolerance),
        tenues=list(tenues),
        **faits,
    )
    return find_dues(dossier, bareme(jour, tolerance, **(regles or {})))


def dues(**faits):
    """What is due beyond the periodic visit: (motive, day), in order."""
    return [
        (NOMS[due.motif], due.jour)
        for due in answer(**faits).dues
        if due.regle.code not in {"periodique", "professionnel", "adapte", "renforce"}
    ]
