"""What the letters of appointments say: convocation, notice to who answers for the agent, sheet, message."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q

from agents.models import Agent, Responsabilite, Structure
from documents.actions import Message, Piece, Pli, mailing_order, pick_modele, read_modeles
from documents.enums import GenreLettre, ModeEnvoi
from documents.mise_en_page import Cadre, Page, Presence
from documents.models import EnTete, LettreEmise
from documents.valeurs import (
    address_of,
    agent_values,
    appointment_values,
    former_values,
    letter_values,
    write_hour,
    write_rank,
)
from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.agenda import Evenement, write_agenda
from visites.enums import EtatVisite
from visites.models import Visite
from visites.presence import read_counts
from visites.querysets import VisiteQuerySet
from visites.rules.lettres import AVIS, CONVOCATION, find_replaced, next_key, read_key, write_key

RESPONSABLE = "Le responsable de la structure"
MINUTES = 30
FICHIER_AGENDA = "rendez-vous.ics"
TITRE = "Rendez-vous"


@dataclass
class Tirage:
    """The letters of a lot, in mailing order, what goes in front, and why some are not made."""

    plis: list[Pli] = field(default_factory=list)
    devant: list[Page] = field(default_factory=list)
    ecartees: list[str] = field(default_factory=list)


def placed(visites: VisiteQuerySet, jour: datetime.date) -> VisiteQuerySet:
    """Visits that one may still be told of: placed, today or later, with an hour and a professional.

    A psychologist writes his own letters: his appointments are in nobody else's lot.
    """
    a_venir = visites.filter(etat=EtatVisite.PLACEE, date__gte=jour, professionnel__isnull=False)
    return with_letter_names(a_venir.exclude(professionnel__role=Role.PSYCHOLOGUE))


def with_letter_names(visites: VisiteQuerySet) -> VisiteQuerySet:
    """Visits with what their letters name."""
    return visites.select_related(
        "agent__structure__direction", "agent__poste", "professionnel", "demi_journee__lieu"
    )


def key_of(genre: str, visite: Visite) -> str:
    """Return what makes a letter unique."""
    jour = visite.date or datetime.date.min
    return write_key(genre, visite.pk, jour, visite.heure, visite.professionnel_id)


def filed_keys(agents: Iterable[int]) -> dict[tuple[str, int], list[str]]:
    """Return the keys of the letters that went, oldest first, by kind and visit."""
    siennes = LettreEmise.objects.filter(agent__in=set(agents)).filter(
        Q(cle__startswith=f"{CONVOCATION}:") | Q(cle__startswith=f"{AVIS}:")
    )
    parties: dict[tuple[str, int], list[str]] = {}
    for cle in siennes.order_by("emise_le", "pk").values_list("cle", flat=True):
        dite = read_key(cle)
        parties.setdefault((dite.genre, dite.visite), []).append(cle)
    return parties


class Redaction:
    """Writes the letters of many visits in few queries.

    `ecrit_le` is the moment of the messages that go beside, for the agents who have an address: without it
    none is written. `lien` makes the address by which an agent answers, as his message
    goes. `nommer` looks for who answers for each agent, in one query for each structure.
    """

    def __init__(
        self,
        visites: Iterable[Visite],
        cadre: Cadre,
        *,
        ecrit_le: datetime.datetime | None = None,
        nommer: bool = True,
        lien: Callable[[Visite], str] | None = None,
    ) -> None:
        self.visites = sorted(visites, key=lambda v: (mailing_order(agent=v.agent), v.date, v.heure, v.pk))
        self.cadre, self.ecrit_le, self.nommer, self.lien = cadre, ecrit_le, nommer, lien
        agents = {visite.agent_id for visite in self.visites}
        self.comptes, self.deja = read_counts(self.visites), filed_keys(agents)
        self.modeles = read_modeles()
        self._responsables: dict[int, list[Responsabilite]] = {}

    def write(self, *, avis: bool, feuilles: bool) -> Tirage:
        """Return the convocations, with their notices and sheets if wanted. Raises ValidationError."""
        tirage = Tirage()
        if feuilles:
            tirage.devant = self.write_sheets()
        for visite in self.visites:
            if visite.agent.date_depart is not None and visite.agent.date_depart < visite.date:  # type: ignore[operator]
                tirage.ecartees.append(f"{visite.agent} : a quitté la Ville avant le rendez-vous.")
                continue
            if visite.venue:
                tirage.ecartees.append(f"{visite.agent} : est venu au rendez-vous.")
                continue
            tirage.plis.append(self._convocation(visite))
            if avis:
                self._notice(visite, tirage)
        return tirage

    def _values(self, visite: Visite) -> dict[str, str]:
        return {
            **agent_values(visite.agent),
            **letter_values(self.cadre.entete, self.cadre.signataire, self.cadre.jour),
            **appointment_values(
                visite.date or self.cadre.jour,
                visite.heure,
                place_of(visite, self.cadre.entete),
                str(visite.professionnel),
            ),
        }

    def _convocation(self, visite: Visite) -> Pli:
        """The convocation, or the letter that replaces the one before when it told another day or hour."""
        base, deja = key_of(CONVOCATION, visite), self.deja.get((CONVOCATION, visite.pk), [])
        avant, comptes = find_replaced(base, deja), self.comptes[visite.pk]
        genre = GenreLettre.RELANCE if comptes.apres_manque else GenreLettre.CONVOCATION
        valeurs = self._values(visite) | {"relance.rang": write_rank(max(comptes.manquees, 1))}
        if avant is not None:
            genre, valeurs = GenreLettre.REPORT, valeurs | former_values(avant.jour, avant.heure)
        modele = pick_modele(modeles=self.modeles, genre=genre, statut=visite.agent.statut)
        page = Page(modele, valeurs, address_of(visite.agent))
        message = None
        if self.ecrit_le is not None and settings.COURRIEL and visite.agent.courriel:
            message = partial(self._message, visite, self.ecrit_le, deplace=avant is not None)
        mode = ModeEnvoi.PAPIER if message is None else ModeEnvoi.COURRIEL
        return Pli(visite.agent, next_key(base, deja), page, mode, message)

    def _message(self, visite: Visite, ecrit_le: datetime.datetime, *, deplace: bool) -> Message:
        """The message of a convocation, with the link made for it."""
        lien = self.lien(visite) if self.lien is not None else ""
        return write_message(visite, self.cadre.entete, ecrit_le, deplace=deplace, lien=lien)

    def _notice(self, visite: Visite, tirage: Tirage) -> None:
        """Add the notice to who answers for the agent: by name where an account does, else by function."""
        structure = visite.agent.structure
        if structure is None:
            tirage.ecartees.append(f"{visite.agent} : sans structure, avis non établi.")
            return
        tenue = self._manager(visite.agent) if self.nommer else None
        service = tenue.structure.libelle if tenue and tenue.structure else structure.libelle
        nom = str(tenue.compte) if tenue is not None else RESPONSABLE
        valeurs = self._values(visite) | {"responsable.nom": nom, "responsable.service": service}
        base, deja = key_of(AVIS, visite), self.deja.get((AVIS, visite.pk), [])
        cle, avant, genre = next_key(base, deja), find_replaced(base, deja), GenreLettre.AVIS_RESPONSABLE
        if avant is not None:
            genre, valeurs = GenreLettre.AVIS_REPORT, valeurs | former_values(avant.jour, avant.heure)
        elif deja:
            # Another professional, same day and hour: the notice says nothing else.
            cle = deja[-1]
        page = Page(pick_modele(modeles=self.modeles, genre=genre), valeurs, [nom, service])
        tirage.plis.append(Pli(visite.agent, cle, page))

    def _manager(self, agent: Agent) -> Responsabilite | None:
        """The nearest account over his structure that is not his own."""
        structure: Structure | None = agent.structure
        if structure is None:
            return None
        if structure.pk not in self._responsables:
            tenues = Responsabilite.objects.over(structure).open_on(self.cadre.jour)
            ouvertes = tenues.filter(compte__is_active=True, structure__isnull=False)
            self._responsables[structure.pk] = list(ouvertes.select_related("compte", "structure"))
        return next((t for t in self._responsables[structure.pk] if t.compte_id != agent.compte_id), None)

    def write_sheets(self) -> list[Page]:
        """One sheet for each professional and day, by hour."""
        par_jour: dict[tuple[Any, Any], list[Visite]] = {}
        for visite in sorted(self.visites, key=lambda v: (v.date, v.professionnel_id, v.heure, v.pk)):
            par_jour.setdefault((visite.date, visite.professionnel), []).append(visite)
        return [self._sheet(jour, qui, visites) for (jour, qui), visites in par_jour.items()]

    def _sheet(self, jour: datetime.date, qui: Any, visites: Sequence[Visite]) -> Page:
        valeurs = {
            **letter_values(self.cadre.entete, self.cadre.signataire, self.cadre.jour),
            "journee.jour": format_date(jour, "long"),
            "journee.professionnel": str(qui),
            "journee.nombre": str(len(visites)),
        }
        presences = [
            Presence(write_hour(v.heure), str(v.agent), v.agent.structure.sigle if v.agent.structure else "")
            for v in visites
        ]
        return Page(
            pick_modele(modeles=self.modeles, genre=GenreLettre.FEUILLE_PRESENCE), valeurs, (), presences
        )


def place_of(visite: Visite, entete: EnTete) -> str:
    """Return where the appointment is: the place of its half-day, else the one of the head."""
    return visite.demi_journee.lieu.libelle if visite.demi_journee is not None else entete.lieu_rendez_vous


def write_message(
    visite: Visite,
    entete: EnTete,
    ecrit_le: datetime.datetime,
    *,
    deplace: bool = False,
    annule: bool = False,
    lien: str = "",
) -> Message:
    """Return the message that goes beside the convocation, with its file for the calendar.

    It says the day, the hour and the place: neither why, nor with whom.
    """
    debut = datetime.datetime.combine(visite.date or ecrit_le.date(), visite.heure or datetime.time(8))
    lieu = visite.demi_journee.lieu.libelle if visite.demi_journee is not None else entete.adresse
    quand = f"{format_date(debut.date(), 'long')} à {write_hour(visite.heure)}"
    fait = "est déplacé au" if deplace else "est fixé le"
    phrases = [
        "Bonjour,",
        f"Votre rendez-vous du {quand} est annulé." if annule else f"Votre rendez-vous {fait} {quand}.",
        *([] if annule else [f"Lieu : {lieu}.", "Une convocation vous parvient par le courrier interne."]),
        f"Dites si vous venez en ouvrant cette adresse. Elle est à vous seul et ne sert qu’une fois :\n{lien}"
        if lien
        else "",
        f"En cas d’empêchement, appelez le {entete.telephone}." if entete.telephone and not annule else "",
        entete.organisme,
    ]
    expediteur = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> ")
    evenement = Evenement(
        uid=f"rendez-vous-{visite.pk}@{expediteur.rpartition('@')[2] or 'localhost'}",
        rang=visite.version,
        ecrit_le=ecrit_le,
        debut=debut,
        minutes=visite.duree or MINUTES,
        titre=TITRE,
        lieu=lieu,
        organisateur=entete.courriel or expediteur,
        invite=visite.agent.courriel,
        annule=annule,
    )
    genre = {"method": evenement.methode, "charset": "utf-8"}
    piece = Piece(FICHIER_AGENDA, "text/calendar", write_agenda(evenement), genre)
    objet = f"{TITRE} annulé" if annule else f"{TITRE} déplacé" if deplace else TITRE
    texte = "\n\n".join(phrase for phrase in phrases if phrase) + "\n"
    return Message(visite.agent.courriel, objet, texte, (piece,))


def refuse_empty(visites: Sequence[Visite]) -> None:
    """Raise ValidationError when nobody is to be convoked."""
    if not visites:
        raise ValidationError(
            "Aucun rendez-vous placé à venir sur ces jours : il n’y a personne à convoquer."
        )
