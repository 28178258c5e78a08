"""What a link answers to whoever opens it: each way of not opening has its sentence."""

import datetime
import hashlib
from dataclasses import dataclass

from visites.enums import EtatVisite, FinLien

USAGE = "reponse"
SIGNES_CRENEAU = 16
FAUX = "Ce lien n’est pas complet ou ne vient pas de ce service. Copiez-le en entier depuis le message."
AUTRE_USAGE = "Ce lien ne sert pas à répondre à un rendez-vous."
SERVI = "Ce lien a déjà servi : votre réponse est enregistrée."
REMPLACE = "Un lien plus récent vous a été envoyé : ouvrez le dernier message reçu."
ANNULE = "Ce rendez-vous a été annulé : vous n’avez pas à répondre."
DEPLACE = "Ce rendez-vous a été déplacé : un autre message vous donne le nouveau jour."
CLOS = "Ce rendez-vous n’attend plus de réponse."
EXPIRE = "Ce lien ne sert plus : le rendez-vous est commencé ou passé."


@dataclass(frozen=True)
class Jeton:
    """What a token says, once its signature is read."""

    usage: str
    visite: int
    creneau: str
    secret: str

    def __str__(self) -> str:
        return ".".join((self.usage, str(self.visite), self.creneau, self.secret))


def read_jeton(texte: str) -> Jeton | None:
    """Return the parts of a token; nothing for another form."""
    parties = texte.split(".")
    if len(parties) != 4 or not parties[1].isdecimal() or len(parties[1]) > 18:
        return None
    return Jeton(parties[0], int(parties[1]), parties[2], parties[3])


def mark_of_slot(
    date: datetime.date | None, heure: datetime.time | None, qui: int | None, lieu: int | None
) -> str:
    """Return the mark of a slot: another day, hour, professional or place has another."""
    return hashlib.sha256(f"{date}|{heure}|{qui}|{lieu}".encode()).hexdigest()[:SIGNES_CRENEAU]


def hash_of(jeton: str) -> str:
    """Return the hash under which a token is known."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def refuse_lien(
    *, fin: str, etat: str, meme_creneau: bool, expire_le: datetime.datetime, maintenant: datetime.datetime
) -> str:
    """Return why a link does not answer any more, in French; nothing while it does."""
    if fin:
        return SERVI if fin == FinLien.UTILISE else REMPLACE
    if etat == EtatVisite.ANNULEE:
        return ANNULE
    if not meme_creneau:
        return DEPLACE
    if etat != EtatVisite.PLACEE:
        return CLOS
    return EXPIRE if maintenant >= expire_le else ""
