"""What becomes of messages when a part of them meet a fault and the server goes down for a while."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from documents.actions import send_due
from documents.enums import EtatCourriel
from documents.models import Courriel
from documents.outbox import Backend
from nouvea_sst.lib.serveur_essai import COUPE_APRES, Serveur

PART = 0.3
PANNE_TOURS = 20
PAS = datetime.timedelta(minutes=5)
TOURS_MAX = 400


@dataclass(frozen=True)
class MesureMessages:
    """Counts of a run: what the server took, how often, and what the outbox says of it."""

    messages: int
    envoyes: int
    refuses: int
    non_distribues: int
    perdus: int
    doubles: int
    coupures_apres: int
    plus_de_doubles: int
    fautes: dict[str, int]
    tours: int
    conformes: bool

    @property
    def tient(self) -> bool:
        """Nothing lost, no copy more than there were lines cut after DATA, each state true."""
        return self.conformes and self.perdus == 0 and self.doubles <= self.coupures_apres


def measure_messages(nombre: int, maintenant: datetime.datetime) -> MesureMessages:
    """Write so many messages and send them through a server that fails; leave_nothing() around."""
    Courriel.objects.all().delete()
    for rang in range(nombre):
        EmailMessage(
            "Un message",
            "Un message vous attend.",
            "sst@exemple.nc",
            [f"a{rang}@exemple.nc"],
            connection=Backend(),
        ).send()
    Courriel.objects.update(cree_le=maintenant, depuis_le=maintenant, prochain_le=maintenant)
    with Serveur(part=PART) as serveur:
        tours = _send_all(serveur, maintenant)
        return _count(nombre, serveur, tours)


def _send_all(serveur: Serveur, maintenant: datetime.datetime) -> int:
    """Send, a round every five minutes of the clock of the messages, the server down for twenty of them."""
    liaison = get_connection(
        settings.EMAIL_ENVOI,
        host="127.0.0.1",
        port=serveur.port,
        username="",
        password="",
        use_tls=False,
        timeout=5,
    )
    tours = 0
    while Courriel.objects.filter(etat=EtatCourriel.EN_ATTENTE).exists() and tours < TOURS_MAX:
        serveur.panne = 1 <= tours <= PANNE_TOURS
        send_due(maintenant=maintenant + tours * PAS, liaison=liaison)
        tours += 1
    return tours


def _count(nombre: int, serveur: Serveur, tours: int) -> MesureMessages:
    lignes = list(Courriel.objects.values_list("reference", "adresse", "etat"))
    etats = {etat: {r for r, _a, e in lignes if e == etat} for etat in EtatCourriel}
    refusees = {adresse for _r, adresse, etat in lignes if etat == EtatCourriel.REFUSE}
    recus = set(serveur.recus)
    return MesureMessages(
        messages=nombre,
        envoyes=len(etats[EtatCourriel.ENVOYE]),
        refuses=len(etats[EtatCourriel.REFUSE]),
        non_distribues=len(etats[EtatCourriel.NON_DISTRIBUE]),
        perdus=sum(
            1
            for reference, adresse, _etat in lignes
            if reference not in recus and adresse not in serveur.definitifs
        ),
        doubles=sum(fois - 1 for fois in serveur.recus.values()),
        coupures_apres=serveur.fautes[COUPE_APRES],
        plus_de_doubles=max(serveur.recus.values(), default=1) - 1,
        fautes=dict(sorted(serveur.fautes.items())),
        tours=tours,
        conformes=len(lignes) == nombre
        and etats[EtatCourriel.ENVOYE] <= recus
        and refusees == serveur.definitifs,
    )
