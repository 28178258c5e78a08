"""The clock of sick-leave rights on the agent's page, for those who manage them."""

import datetime
from typing import Any

from agents.enums import RaisonDroits
from agents.faits import Fiche, Horloge, read_bareme, read_horloges
from agents.models import Agent
from agents.pourquoi import days, explain_horloge
from agents.rules.droits_maladie import Compte
from nouvea_sst.referentiel.enums import Fiabilite

VOIR = "agents.view_droits_maladie"


def clock_of(user: Any, agent: Agent, jour: datetime.date) -> dict[str, Any]:
    """Return what agents/_horloge.html needs; none for whoever may not read it, nor of an elected member."""
    if not user.has_perm(VOIR):
        return {"horloge": None}
    fiches = {agent.pk: Fiche(agent.statut, agent.est_elu, agent.date_embauche)}
    horloge = read_horloges([agent.pk], jour, read_bareme(jour), fiches)[agent.pk]
    if horloge.du_jour.raison == RaisonDroits.ELU:
        return {"horloge": None}
    solde, ligne = horloge.solde, horloge.du_jour.ligne
    return {
        "horloge": horloge,
        "lignes_droits": [
            (nom, days(droits), days(pris), days(reste))
            for nom, droits, pris, reste in (
                ("Plein traitement", solde.droits.plein, solde.pris.plein, solde.reste_plein),
                ("Demi-traitement", solde.droits.demi, solde.pris.demi, solde.reste_demi),
            )
        ],
        "a_verifier": ligne is not None and ligne.fiabilite != Fiabilite.TEXTE,
        "arrets_comptes": [
            _stop(compte, horloge)
            for compte in reversed(horloge.comptes)
            if compte.arret.fin >= solde.fenetre.debut
        ],
        "pourquoi": explain_horloge(horloge),
    }


def _stop(compte: Compte, horloge: Horloge) -> dict[str, Any]:
    """Return a stop in words; why it has no right, when it has none."""
    raison = horloge.droits[compte.arret.cle].raison
    return {
        "debut": compte.arret.debut,
        "fin": compte.arret.fin,
        "jours": days(compte.arret.jours),
        "plein": days(compte.part.plein),
        "demi": days(compte.part.demi),
        "sans": days(compte.part.sans),
        "reste_plein": days(compte.reste_plein),
        "reste_demi": days(compte.reste_demi),
        "raison": "" if raison == RaisonDroits.BAREME else raison.label,
    }
