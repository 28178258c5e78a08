"""Requests for a visit and visits due of each place, their secret fields full of canaries."""

import datetime
from typing import Any

from django.utils import timezone

from tests.fuites.canaris import Voliere
from visites.enums import (
    Cloture,
    EtatDemande,
    EtatDue,
    OrigineDemande,
    RegleEcheance,
    SuiteEngagement,
)
from visites.models import DemandeVisite, Engagement, Motif, RegleVisite, VisiteDue


class Demandes:
    """What an agent is due, and who asked for it."""

    voliere: Voliere
    jour: datetime.date

    def make_commitment(self, place: str, dossier: Any, restriction: Any) -> None:
        """The commitment to apply a measure, which was refused."""
        agent = dossier.agent
        fixes = {"restriction": restriction, "destinataire": None, "suite": SuiteEngagement.REFUSEE}
        lieux = {"structure": agent.structure, "poste": agent.poste}
        dossier.keep(Engagement.objects.create(**self.voliere.fill(Engagement, place, **fixes, **lieux)))

    def make_requests(self, place: str, dossier: Any) -> None:
        """A request that was kept with the visit due that came of it, one to examine, a due put aside."""
        v, agent = self.voliere, dossier.agent
        commun = {"agent": agent, "demandeur": None, "origine": OrigineDemande.AGENT}
        retenue = v.fill(DemandeVisite, place, **commun, etat=EtatDemande.RETENUE)
        demande = dossier.keep(DemandeVisite.objects.create(**retenue))
        deposee = v.fill(
            DemandeVisite, f"{place} deposee", **commun, reponse="", traitee_par="", traitee_le=None
        )
        dossier.keep(DemandeVisite.objects.create(**deposee))
        motif = Motif.objects.create(
            code=f"due_{place}",
            libelle=v.text("visites.VisiteDue.motif", place),
            libelle_public=f"Due {place}",
        )
        regle = RegleVisite.objects.create(
            declencheur=f"essai_{place}", motif=motif, libelle=f"Règle {place}", date_effet=self.jour
        )
        due = {"agent": agent, "regle": regle, "motif": motif, "famille": RegleEcheance.DEMANDE}
        for suffixe, etats in (
            ("", {"cle": f"demande:{demande.pk}", "ecartee_parce_que": "", "close_le": None}),
            (" ecartee", {"cle": "arret:1", "etat": EtatDue.ECARTEE, "cloture": Cloture.ECARTEE}),
        ):
            fait = {"libelle": "Demande", "valeur": v.text("visites.VisiteDue.preuve", f"{place}{suffixe}")}
            vide = {"regle": "", "version": "", "source": "", "fiabilite": "", "calcul": ""}
            fixes = due | etats | {"preuve": vide | {"faits": [fait]}, "calculee_le": timezone.now()}
            dossier.keep(VisiteDue.objects.create(**v.fill(VisiteDue, f"{place}{suffixe}", **fixes)))
