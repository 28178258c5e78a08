"""The proof of a clock of sick-leave rights, and of an alert, in the words of components/why.html."""

import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from agents.enums import RaisonDroits, Statut
from agents.faits import Horloge
from agents.models import AlerteAbsence
from nouvea_sst.lib.affichage import count_of, format_date, format_number
from nouvea_sst.referentiel.enums import Fiabilite

REGLE = (
    "Chaque arrêt se compte dans les {} mois qui finissent à son premier jour : d’abord à plein "
    "traitement, puis à demi-traitement, puis sans traitement. Un jour payé le reste : un arrêt saisi après "
    "coup déplace ceux qui le suivent."
)
OTES = "les jours de congé pour affaires personnelles n’y comptent pas"


def days(jours: Decimal | int) -> str:
    """Write a number of days: « 43 j », « 0,5 j »."""
    exact = Decimal(jours)
    return f"{format_number(exact.normalize() if exact % 1 else int(exact))} j"


def explain_horloge(horloge: Horloge) -> dict[str, Any]:
    """Return the context of components/why.html for the clock of an agent."""
    du_jour, solde, ligne = horloge.du_jour, horloge.solde, horloge.du_jour.ligne
    regle = REGLE.format(solde.mois)
    reste = f"{days(solde.reste_plein)} à plein traitement, {days(solde.reste_demi)} à demi-traitement"
    calcul = [
        f"{days(solde.droits.plein)} − {days(solde.pris.plein)} pris = {days(solde.reste_plein)} à plein "
        "traitement",
        f"{days(solde.droits.demi)} − {days(solde.pris.demi)} pris = {days(solde.reste_demi)} à "
        "demi-traitement",
    ]
    if solde.impaye:
        calcul = ["L’arrêt en cours n’est pas payé : il ne reste rien tant qu’il dure"]
    return {
        "titre": "Pourquoi ce reste\u202f?",
        "faits": _facts(horloge),
        "regle_titre": f"La règle, barème du {format_date(ligne.date_effet)}" if ligne else "La règle",
        "regle": f"{ligne.libelle} : {describe_rights(horloge)}. {regle}" if ligne else regle,
        "source_url": "",
        "source_libelle": f"{ligne.source} · {Fiabilite(ligne.fiabilite).label}" if ligne else "",
        "calcul": calcul if du_jour.raison == RaisonDroits.BAREME else [du_jour.raison.label],
        "resultat": reste,
    }


def describe_rights(horloge: Horloge) -> str:
    """Write what the scale gives: « 90 j à plein traitement, 270 j à demi-traitement »."""
    droits = horloge.solde.droits
    return f"{days(droits.plein)} à plein traitement, {days(droits.demi)} à demi-traitement"


def _facts(horloge: Horloge) -> list[str]:
    du_jour, solde = horloge.du_jour, horloge.solde
    faits = [("Statut", str(Statut(du_jour.statut).label) if du_jour.statut else "non renseigné")]
    if du_jour.anciennete is not None:
        faits.append(("Ancienneté", f"{count_of(du_jour.anciennete, 'an')} ; {OTES}"))
    fenetre = solde.fenetre
    faits.append(
        (
            f"{count_of(solde.mois, 'mois,mois')} glissants",
            f"du {format_date(fenetre.debut)} au {format_date(fenetre.fin)}",
        )
    )
    pris = sum(1 for compte in horloge.comptes if compte.part_in(fenetre).total)
    if solde.arret is not None:
        faits.append(("Arrêt en cours, compté à son premier jour", format_date(solde.arret.debut)))
    faits.append(("Arrêts qui comptent", f"{pris}, soit {days(solde.pris.total)}"))
    if solde.pris.sans:
        faits.append(("Dont sans traitement", days(solde.pris.sans)))
    return [format_html("{}\u202f: <b>{}</b>", nom, mots) for nom, mots in faits]


def explain_alerte(alerte: AlerteAbsence) -> dict[str, Any]:
    """Return the context of components/why.html for an alert."""
    preuve = alerte.preuve
    version, source, fiabilite = (str(preuve.get(nom, "")) for nom in ("version", "source", "fiabilite"))
    reglage = f", réglage du {datetime.date.fromisoformat(version):%d/%m/%Y}" if version else ""
    return {
        "titre": "Pourquoi cette alerte\u202f?",
        "faits": [
            *(
                format_html("{}\u202f: <b>{}</b>", fait["libelle"], fait["valeur"])
                for fait in preuve["faits"]
            ),
            format_html(
                '<a href="{}">Les arrêts et les droits qui le disent</a>',
                reverse("agents:absences", args=[alerte.agent_id]),
            ),
        ],
        "regle_titre": f"La règle{reglage}",
        "regle": preuve["regle"],
        "source_url": "",
        "source_libelle": f"{source} · {Fiabilite(fiabilite).label}" if source and fiabilite else source,
        "calcul": [preuve["calcul"], describe_rising(alerte)],
        "resultat": alerte.titre,
    }


def describe_rising(alerte: AlerteAbsence) -> str:
    """When it was raised, and that it was too late when its day had gone by."""
    levee = f"Levée le {format_date(alerte.levee_le)}"
    if alerte.limite is None or alerte.levee_le <= alerte.limite:
        return levee
    return f"{levee}, après l’échéance : trop tard pour prévenir"
