"""Recomputes the visits due, or says what would change."""

import datetime
import json
import re
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agents.models import Agent
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.dates import add_months
from visites.actions import BilanSuivis, refresh_suivis
from visites.calcul import simulate
from visites.dossiers import read_bareme
from visites.models import Motif
from visites.restitution import Explication, count_effects, explain_lot
from visites.rules.echeance import RegleInconnue

MOTS = {"creees": "créée", "gardees": "gardée", "modifiees": "modifiée", "closes": "close"}
EFFETS = ("creees", "gardees", "modifiees", "closes")
ENTETE = f"{'motif':<46}{'créées':>8}{'gardées':>9}{'modifiées':>11}{'closes':>8}"
# No visit is due outside of them, and no month of them reaches past the calendar.
ANNEES = (1900, 2199)
MOIS_PASSE = "Ce mois est passé : seules les visites encore dues aujourd’hui y sont comptées."
AVEC_MOIS = f"{'retard':>8}{'du mois':>9}"


class Command(BaseCommand):
    """`python manage.py calculer_visites [--mois 2026-12] [--simuler] [--json]`: may be run again."""

    help = "Recalcule les visites dues de chaque agent ; --simuler dit ce qui changerait et n’écrit rien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be chosen."""
        parser.add_argument(
            "--mois",
            default="",
            help="année et mois, comme 2026-12 : compte et nomme ce qui est dû à la fin du mois",
        )
        parser.add_argument("--simuler", action="store_true", help="n’écrit rien")
        parser.add_argument(
            "--json", action="store_true", help="résultat en JSON, avec l’explication par agent"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute or simulate, and say how many by motive."""
        jour, mois = timezone.localdate(), read_mois(options["mois"])
        explique = options["json"] or mois is not None
        explications: list[Explication] = []
        try:
            if options["simuler"]:
                bilan = BilanSuivis()
                for lot in simulate(read_bareme(jour), list_agents()):
                    bilan += BilanSuivis(motifs=lot.count(), erreurs=tuple(lot.erreurs))
                    if explique:
                        explications += explain_lot(lot)
            else:
                temoin = (lambda lot: explications.extend(explain_lot(lot))) if explique else None
                bilan = refresh_suivis(acteur=None, jour=jour, temoin=temoin)
        except RegleInconnue as manque:
            raise CommandError(str(manque)) from manque
        if mois is not None:
            explications = [e for e in explications if e.echeance is not None and e.echeance <= mois[1]]
            bilan = replace(bilan, motifs=count_effects(explications))
        if options["json"]:
            self._tell_json(jour, mois, options["simuler"], bilan, explications)
        else:
            self._tell(mois, options["simuler"], bilan, explications)
        if bilan.erreurs:
            qui = ", ".join(name_of(bilan.erreurs))
            raise CommandError(f"Calcul impossible pour {count_of(len(bilan.erreurs), 'agent')} : {qui}.")

    def _tell(self, mois: Any, simule: bool, bilan: BilanSuivis, explications: list[Explication]) -> None:
        if not simule:
            self.stdout.write(f"Échéances de visite : {bilan}.")
        self.stdout.write(ENTETE + (AVEC_MOIS if mois else ""))
        noms = dict(Motif.objects.values_list("pk", "libelle"))
        for motif, nom in noms.items():
            comptes = bilan.motifs.get(motif)
            if not comptes and not any(e.motif == motif for e in explications):
                continue
            nombres = [(comptes or {}).get(effet, 0) for effet in EFFETS]
            ligne = f"{nom[:45]:<46}" + "".join(
                f"{n:>{largeur}}" for n, largeur in zip(nombres, (8, 9, 11, 8), strict=True)
            )
            if mois:
                ligne += "{retard:>8}{du_mois:>9}".format(**count_due(mois, motif, explications))
            self.stdout.write(ligne)
        if mois and mois[1] < timezone.localdate():
            self.stdout.write(MOIS_PASSE)
        if simule:
            self.stdout.write("Simulation : rien n’a été écrit.")

    def _tell_json(
        self,
        jour: datetime.date,
        mois: Any,
        simule: bool,
        bilan: BilanSuivis,
        explications: list[Explication],
    ) -> None:
        motifs = {pk: (code, nom) for pk, code, nom in Motif.objects.values_list("pk", "code", "libelle")}
        matricules = dict(Agent.objects.values_list("pk", "matricule"))
        resultat = {
            "jour": jour.isoformat(),
            "mois": f"{mois[0]:%Y-%m}" if mois else None,
            "simulation": simule,
            "motifs": [
                {
                    "code": motifs[pk][0],
                    "libelle": motifs[pk][1],
                    **{effet: comptes.get(effet, 0) for effet in EFFETS},
                    **(count_due(mois, pk, explications) if mois else {}),
                }
                for pk, comptes in sorted(bilan.motifs.items())
            ],
            "erreurs": name_of(bilan.erreurs),
            "agents": [
                {
                    "matricule": matricules.get(e.agent),
                    "motif": motifs[e.motif][0],
                    "echeance": e.echeance.isoformat() if e.echeance else None,
                    "manques": e.absences,
                    "effet": MOTS[e.effet],
                    "cloture": e.preuve.get("cloture", ""),
                    "code": e.preuve.get("code", ""),
                    "regle": e.preuve["regle"],
                    "version": e.preuve["version"],
                    "source": e.preuve["source"],
                    "faits": [f"{fait['libelle']} : {fait['valeur']}" for fait in e.preuve["faits"]],
                    "calcul": e.preuve["calcul"],
                }
                for e in explications
            ],
        }
        self.stdout.write(json.dumps(resultat, ensure_ascii=False, indent=1))


def count_due(mois: Any, motif: int, explications: list[Explication]) -> dict[str, int]:
    """How many visits of a motive stay due: late when the month begins, and in the month."""
    jours = [e.echeance for e in explications if e.motif == motif and e.effet != "closes" and e.echeance]
    retard = sum(jour < mois[0] for jour in jours)
    return {"retard": retard, "du_mois": len(jours) - retard}


def read_mois(texte: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of « 2026-12 »; None for nothing. Raises CommandError for anything else."""
    if not texte:
        return None
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", texte) or texte.startswith("0000"):
        raise CommandError("Le mois s’écrit comme 2026-12 : l’année, un tiret, le mois.")
    if not ANNEES[0] <= int(texte[:4]) <= ANNEES[1]:
        raise CommandError(f"L’année du mois va de {ANNEES[0]} à {ANNEES[1]}.")
    debut = datetime.date.fromisoformat(f"{texte}-01")
    return debut, add_months(debut, 1) - datetime.timedelta(days=1)


def list_agents() -> list[int]:
    """The keys of all agents."""
    return list(Agent.objects.order_by("pk").values_list("pk", flat=True))


def name_of(cles: tuple[int, ...]) -> list[str]:
    """The matricules of these agents, their key for those without."""
    connus = dict(Agent.objects.filter(pk__in=cles).values_list("pk", "matricule"))
    return [connus.get(cle) or f"clé {cle}" for cle in cles]
