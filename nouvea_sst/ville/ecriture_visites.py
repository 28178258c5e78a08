"""Writes the visits of the demonstration city, and who asks for one."""

import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from agents.models import Agent, Site
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.dates import next_working_day
from nouvea_sst.referentiel.models import JourFerie
from nouvea_sst.ville.lignes import LigneDemande, LigneVisite, Ville
from visites.enums import EtendueMesure
from visites.models import (
    AbsenceProfessionnel,
    CreneauOccupe,
    DemandeVisite,
    DemiJournee,
    Motif,
    MotifExcuse,
    Restriction,
    TypeRestriction,
    Visite,
)

LOT = 4000
FIN_DE_JOURNEE = datetime.time(16)
MIDI = datetime.time(12)
MATINEE, APRES_MIDI = (datetime.time(8), MIDI), (datetime.time(13), FIN_DE_JOURNEE)
RECENTES, CRENEAU, LIBRES = datetime.timedelta(days=21), 15, 2
ENTRETIEN = 45


def write_visites(ville: Ville, agents: dict[str, int], comptes: dict[str, Any]) -> None:
    """Write visits and their restrictions."""
    motifs = dict(Motif.objects.values_list("code", "pk"))
    types = dict(TypeRestriction.objects.values_list("libelle", "pk"))
    for debut in range(0, len(ville.visites), LOT):
        lignes = ville.visites[debut : debut + LOT]
        visites = Visite.objects.bulk_create(_visite(ligne, agents, comptes, motifs) for ligne in lignes)
        Restriction.objects.bulk_create(
            Restriction(
                visite=visite,
                agent_id=visite.agent_id,
                type_id=types[r.type],
                precision=r.precision,
                etendue=EtendueMesure.POSTE if r.au_poste else EtendueMesure.TOUT,
                date_debut=r.debut,
                date_fin=r.fin,
            )
            for visite, ligne in zip(visites, lignes, strict=True)
            for r in ligne.restrictions
        )


RAISONS = {
    "agent": "Souhaite parler de son poste.",
    "service": "Le poste change en janvier : horaires et trajets.",
    "medecin": "À revoir après le changement de poste.",
}
REPONSES = {
    "refusee": "Vu la semaine passée : rien de neuf à examiner.",
    "retenue": "Un rendez-vous vous sera donné.",
}


def write_half_days(ville: Ville) -> None:
    """Give the visits of the last weeks and those to come their half-days, and open a few more."""
    lieu = Site.objects.order_by("libelle").first()
    if lieu is None:
        return
    depuis = ville.jour - RECENTES
    visites = Visite.objects.filter(date__gte=depuis, heure__isnull=False).exclude(etat="annulee")
    groupes: dict[tuple[int, datetime.date, bool], list[Visite]] = {}
    for visite in visites.order_by("date", "heure", "pk"):
        apres_midi = visite.heure is not None and visite.heure >= MIDI
        groupes.setdefault((visite.professionnel_id or 0, visite.date or depuis, apres_midi), []).append(
            visite
        )
    for (professionnel, date, apres_midi), siennes in groupes.items():
        a_venir = any(v.etat == "placee" for v in siennes)
        heures = APRES_MIDI if apres_midi else MATINEE
        demi = DemiJournee.objects.create(
            professionnel_id=professionnel,
            lieu=lieu,
            date=date,
            debut=min([heures[0], *(v.heure for v in siennes if v.heure)]),
            fin=heures[1],
            duree=CRENEAU,
            capacite=8 if a_venir else max(8, len(siennes)),
            etat="ouverte" if a_venir else "close",
        )
        Visite.objects.filter(pk__in=[v.pk for v in siennes]).update(demi_journee=demi, duree=CRENEAU)
    _say_how_they_went(ville.jour)
    _open_free(ville, lieu)
    _write_absences(ville)
    _write_entretiens(ville, lieu)


def _say_how_they_went(jour: datetime.date) -> None:
    """Who was seen had come; the reasons of the excused; the answers to the appointments to come."""
    dans = Visite.objects.filter(demi_journee__isnull=False)
    dans.filter(etat="realisee").update(venue=True, arrivee=F("heure"))
    motifs = list(MotifExcuse.objects.order_by("ordre", "pk"))
    for rang, visite in enumerate(dans.filter(etat="excuse").order_by("pk")):
        Visite.objects.filter(pk=visite.pk).update(excuse=motifs[rang % len(motifs)] if motifs else None)
    a_venir = list(dans.filter(etat="placee", date__gt=jour).order_by("date", "heure", "pk"))
    section = str(Utilisateur.objects.filter(role=Role.COORDINATEUR).order_by("pk").first() or "La section")
    veille = timezone.make_aware(datetime.datetime.combine(jour - datetime.timedelta(days=1), FIN_DE_JOURNEE))
    voies = ["telephone", "lien", "responsable"]
    for rang, visite in enumerate(a_venir):
        if rang % 5 < len(voies):
            Visite.objects.filter(pk=visite.pk).update(
                reponse="confirmee",
                reponse_voie=voies[rang % 5],
                repondu_par="L’agent" if voies[rang % 5] == "lien" else section,
                repondu_le=veille,
            )
    passee = DemiJournee.objects.filter(date__lt=jour, etat="close").order_by("-date", "debut").first()
    if a_venir and passee is not None:
        deplacee = a_venir[-1]
        Visite.objects.filter(pk=deplacee.pk).update(demi_journee=passee)
        Visite.objects.filter(pk=deplacee.pk).update(demi_journee=deplacee.demi_journee)


def _open_free(ville: Ville, lieu: Site) -> None:
    """Two half-days of the doctor still to fill, in the weeks to come, on days when he has none."""
    medecin = Utilisateur.objects.filter(role=Role.MEDECIN).order_by("pk").first()
    feries = JourFerie.objects.between(ville.jour, ville.jour + 2 * RECENTES)
    jour, ouvertes = ville.jour + datetime.timedelta(days=2), 0
    while medecin is not None and ouvertes < LIBRES:
        jour = next_working_day(jour + datetime.timedelta(days=1), feries)
        if not DemiJournee.objects.filter(professionnel=medecin, date=jour).exists():
            DemiJournee.objects.create(
                professionnel=medecin,
                lieu=lieu,
                date=jour,
                debut=MATINEE[0],
                fin=datetime.time(10),
                duree=CRENEAU,
                capacite=8,
            )
            ouvertes += 1


def _write_absences(ville: Ville) -> None:
    """A leave behind, a training of one morning and a leave to come: the last one meets a half-day."""
    medecin = Utilisateur.objects.filter(role=Role.MEDECIN).order_by("pk").first()
    infirmier = Utilisateur.objects.filter(role=Role.INFIRMIER).order_by("pk").first()
    un = datetime.timedelta(days=1)
    feries = JourFerie.objects.between(ville.jour, ville.jour + 3 * RECENTES)
    if medecin is not None:
        passee, loin = ville.jour - 2 * RECENTES, next_working_day(ville.jour + 2 * RECENTES, feries)
        for debut, fin, nature in ((passee, passee + 4 * un, "conge"), (loin, loin + 4 * un, "conge")):
            AbsenceProfessionnel.objects.create(
                professionnel=medecin, nature=nature, date_debut=debut, date_fin=fin
            )
        derniere = DemiJournee.objects.filter(professionnel=medecin, date__gt=ville.jour).last()
        if derniere is not None:
            AbsenceProfessionnel.objects.create(
                professionnel=medecin,
                nature="formation",
                date_debut=derniere.date,
                date_fin=derniere.date,
                debut=derniere.debut,
                fin=datetime.time(derniere.debut.hour + 1),
            )
    if infirmier is not None:
        jour = next_working_day(ville.jour + 3 * un, feries)
        AbsenceProfessionnel.objects.create(
            professionnel=infirmier, nature="conge", date_debut=jour, date_fin=jour + un
        )


def _write_entretiens(ville: Ville, lieu: Site) -> None:
    """Two half-days of the psychologist in the weeks to come, some slots taken, and a day away."""
    psychologue = Utilisateur.objects.filter(role=Role.PSYCHOLOGUE).order_by("pk").first()
    if psychologue is None:
        return
    feries, jour = JourFerie.objects.between(ville.jour, ville.jour + 3 * RECENTES), ville.jour
    for rang in range(2):
        jour = next_working_day(jour + datetime.timedelta(days=1 + 6 * rang), feries)
        demi = DemiJournee.objects.create(
            professionnel=psychologue,
            lieu=lieu,
            date=jour,
            debut=APRES_MIDI[0],
            fin=APRES_MIDI[1],
            duree=ENTRETIEN,
            capacite=4,
        )
        CreneauOccupe.objects.bulk_create(
            CreneauOccupe(demi_journee=demi, heure=heure) for heure in demi.heures[rang : rang + 2]
        )
    absent = next_working_day(jour + datetime.timedelta(days=1), feries)
    AbsenceProfessionnel.objects.create(
        professionnel=psychologue, nature="formation", date_debut=absent, date_fin=absent
    )


def write_demandes(ville: Ville, agents: dict[str, int], comptes: dict[str, Any]) -> None:
    """Write the requests of the stories, and those of the manager and of the agent who have an account."""
    noms = {
        a.pk: a.nom_courant
        for a in Agent.objects.filter(pk__in=[agents[d.matricule] for d in ville.demandes])
    }
    DemandeVisite.objects.bulk_create(_demande(ligne, agents, noms, comptes) for ligne in ville.demandes)
    encadrant, joueur = comptes[Role.ENCADRANT], comptes[Role.AGENT]
    hier = ville.jour - datetime.timedelta(days=1)
    demandees = set(DemandeVisite.objects.values_list("agent_id", flat=True))
    equipe = Agent.objects.visible_to(encadrant).filter(compte=None).exclude(pk__in=demandees)
    siens = [(joueur, Agent.objects.filter(compte=joueur), "agent"), (encadrant, equipe, "service")]
    for compte, choix, origine in siens:
        agent = choix.filter(est_elu=False).order_by("pk").first()
        if agent is not None:
            DemandeVisite.objects.create(
                agent=agent,
                origine=origine,
                demandeur=compte,
                nom_demandeur=str(compte),
                demandee_le=hier,
                raison=RAISONS[origine],
            )


def _demande(
    ligne: LigneDemande, agents: dict[str, int], noms: dict[int, str], comptes: dict[str, Any]
) -> DemandeVisite:
    agent_id = agents[ligne.matricule]
    demandeur = comptes[Role.MEDECIN] if ligne.origine == "medecin" else None
    autres = {"agent": noms[agent_id], "service": "Chef de service"}
    traitee = ligne.etat != "deposee"
    return DemandeVisite(
        agent_id=agent_id,
        origine=ligne.origine,
        etat=ligne.etat,
        demandeur=demandeur,
        nom_demandeur=str(demandeur or autres[ligne.origine]),
        demandee_le=ligne.demandee_le,
        raison=RAISONS[ligne.origine],
        reponse=REPONSES.get(ligne.etat, ""),
        traitee_par=str(comptes[Role.COORDINATEUR]) if traitee else "",
        traitee_le=ligne.demandee_le + datetime.timedelta(days=2) if traitee else None,
    )


def _visite(
    ligne: LigneVisite, agents: dict[str, int], comptes: dict[str, Any], motifs: dict[str, int]
) -> Visite:
    professionnel = comptes[ligne.professionnel]
    tenue = ligne.etat == "realisee"
    instant = timezone.make_aware(datetime.datetime.combine(ligne.date, ligne.heure or FIN_DE_JOURNEE))
    return Visite(
        agent_id=agents[ligne.matricule],
        motif_id=motifs[ligne.motif],
        nature=ligne.nature,
        etat=ligne.etat,
        date=ligne.date,
        heure=ligne.heure,
        professionnel=professionnel,
        nom_professionnel=str(professionnel),
        conclusion=ligne.conclusion,
        validite_mois=ligne.validite_mois,
        prochaine_visite=ligne.prochaine,
        signee_le=instant if tenue else None,
    )
