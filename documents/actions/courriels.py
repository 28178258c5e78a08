"""Writes the messages to be sent, sends them, sends one again, notes what came back, and forgets the rest."""

import datetime
import smtplib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.encoders import encode_base64
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from documents.enums import CanalMessage, EtatCourriel
from documents.models import Courriel
from documents.retours import open_box
from documents.rules.envois import delay_after, gives_up, is_final
from documents.rules.retours import Retour, read_retour, return_path, word_status
from documents.sms import NumeroRefuse, Passerelle, PasserelleOccupee
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.chiffrement import seal, unseal
from nouvea_sst.lib.scelles import ScelleRompu
from nouvea_sst.lib.trousseau import CleManquante
from nouvea_sst.lib.versions import check_version
from nouvea_sst.travaux.actions import defer_once

TACHE_COURRIELS = "documents.send_courriels"
TACHE_RETOURS = "documents.read_retours"
PAR_PASSAGE = 2000
GARDE = datetime.timedelta(days=7)
INJOIGNABLE = "Serveur injoignable"
ESSAI = "[TEST] "
SANS_DOMAINE = "nouvea.invalid"
FERME = "Contenu illisible : sa clé manque"
MARQUE = "documents.retours"
PAS_A_RENVOYER = "Ce message ne se renvoie pas : il est en attente, envoyé, ou son contenu a été effacé."

Transmettre = Callable[[Courriel], None]


@dataclass(frozen=True)
class Issue:
    """What came of an attempt: final or not, in words that quote nothing of the message."""

    reponse: str
    finale: bool = False
    coupee: bool = False


@dataclass(frozen=True)
class Piece:
    """A file that goes with a message; its name tells nothing of anybody."""

    nom: str
    genre: str
    contenu: bytes
    parametres: dict[str, str] = field(default_factory=dict)

    def as_part(self) -> MIMENonMultipart:
        """Return the part of the message."""
        principal, _, precis = self.genre.partition("/")
        partie = MIMENonMultipart(principal, precis)
        for nom, valeur in self.parametres.items():
            partie.set_param(nom, valeur)
        partie.set_payload(self.contenu)
        encode_base64(partie)
        partie.add_header("Content-Disposition", "attachment", filename=self.nom)
        return partie


def write_courriel(*, adresse: str, objet: str, texte: str, pieces: Sequence[Piece] = ()) -> Courriel:
    """Write a message to one address, with its files, in the transaction of the act that it tells of.

    Raises ValueError (BadHeaderError) for a subject or an address of several lines.
    """
    message = EmailMessage(objet, texte, None, [adresse], attachments=[p.as_part() for p in pieces])
    return queue_message(message=message, adresse=adresse)


def queue_message(*, message: Any, adresse: str) -> Courriel:
    """Write a message as it will leave to one address; its act has its own journal line.

    Elsewhere than in production its subject says so.
    """
    if settings.MODE != "production" and not message.subject.startswith(ESSAI):
        message.subject = f"{ESSAI}{message.subject}"
    domaine = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    reference = make_msgid(domain=domaine or SANS_DOMAINE)
    message.extra_headers["Message-ID"] = reference
    return queue_courriel(
        adresse=adresse,
        objet=message.subject,
        reference=reference,
        contenu=message.message().as_bytes(linesep="\r\n"),
    )


@transaction.atomic
def queue_courriel(
    *, adresse: str, objet: str, reference: str, contenu: bytes, canal: str = CanalMessage.COURRIEL
) -> Courriel:
    """Write a message, sealed, in the transaction of the act that it tells of; the worker is woken after it.

    Its act has its own journal line. Raises CleManquante.
    """
    maintenant = timezone.now()
    courriel = Courriel(
        canal=canal,
        adresse=adresse,
        objet=objet[:200],
        reference=reference,
        depuis_le=maintenant,
        prochain_le=maintenant,
        cree_le=maintenant,
    )
    seal(courriel, "contenu", contenu)
    courriel.save()
    transaction.on_commit(wake_worker)
    return courriel


def wake_worker() -> None:
    """Have the messages sent now; without the queue, the next minute does it."""
    defer_once(tache=TACHE_COURRIELS)


def send_due(
    *, maintenant: datetime.datetime, canal: str = CanalMessage.COURRIEL, liaison: Any = None
) -> Counter[str]:
    """Send what is due, one transaction each; a silent server ends the round. Return the counts by state.

    `liaison` takes the place of the server of the settings.
    """
    comptes: Counter[str] = Counter()
    if liaison is None:
        liaison = Passerelle() if canal == CanalMessage.SMS else get_connection(settings.EMAIL_ENVOI)
    try:
        for _tour in range(PAR_PASSAGE):
            etat, coupee = send_next(liaison=liaison, maintenant=maintenant, canal=canal)
            if etat is None:
                break
            comptes[etat] += 1
            if coupee and not _reopens(liaison):
                break
    finally:
        _close(liaison)
    return comptes


@transaction.atomic
def send_next(
    *, liaison: Any, maintenant: datetime.datetime, canal: str = CanalMessage.COURRIEL
) -> tuple[str | None, bool]:
    """Try the message that has waited longest, its row held; return its state and whether the line broke.

    A stop between the server's yes and the end of the transaction sends it again, under the same reference.
    """
    attendus = Courriel.objects.due_at(maintenant).filter(canal=canal).select_for_update(skip_locked=True)
    courriel = attendus.order_by("prochain_le", "pk").first()
    if courriel is None:
        return None, False
    issue = transmit(liaison=liaison, courriel=courriel)
    courriel.essais += 1
    courriel.version += 1
    if issue is None:
        courriel.etat, courriel.envoye_le = EtatCourriel.ENVOYE, maintenant
        courriel.reponse, courriel.contenu = "", None
    else:
        courriel.reponse = issue.reponse
        if issue.finale:
            courriel.etat = EtatCourriel.REFUSE
        elif gives_up(courriel.depuis_le, maintenant):
            courriel.etat = EtatCourriel.NON_DISTRIBUE
        else:
            courriel.prochain_le = maintenant + delay_after(courriel.essais)
    courriel.save()
    return courriel.etat, issue is not None and issue.coupee


def transmit(*, liaison: Any, courriel: Courriel) -> Issue | None:
    """Open a message and hand it to the server or to the gateway; nothing when it was taken."""
    try:
        contenu = unseal(courriel, "contenu")
    except (CleManquante, ScelleRompu):
        return Issue(FERME)
    if courriel.canal == CanalMessage.SMS:
        return _hand_over(liaison, courriel, contenu.decode())
    try:
        liaison.open()
        liaison.connection.sendmail(sender_of(courriel=courriel), [courriel.adresse], contenu)
    except smtplib.SMTPRecipientsRefused as refus:
        code = next(iter(refus.recipients.values()))[0]
        return Issue(f"Adresse refusée ({code})", is_final(code))
    except smtplib.SMTPDataError as refus:
        return Issue(f"Message refusé ({refus.smtp_code})", is_final(refus.smtp_code))
    except smtplib.SMTPResponseException as refus:
        return Issue(f"Serveur occupé ({refus.smtp_code})", coupee=True)
    except (smtplib.SMTPException, OSError):
        return Issue(INJOIGNABLE, coupee=True)
    return None


def _hand_over(passerelle: Passerelle, courriel: Courriel, texte: str) -> Issue | None:
    try:
        passerelle.send(courriel.adresse, texte, courriel.reference)
    except PasserelleOccupee as refus:
        return Issue(f"Passerelle occupée ({refus.code})", coupee=True)
    except NumeroRefuse as refus:
        return Issue(f"Numéro refusé ({refus.code})", finale=True)
    except OSError:
        return Issue("Passerelle injoignable", coupee=True)
    return None


def sender_of(*, courriel: Courriel) -> str:
    """Return the address to which a server that cannot deliver writes: it tells which message, signed."""
    if not settings.COURRIEL_RETOURS:
        return settings.DEFAULT_FROM_EMAIL
    return return_path(settings.COURRIEL_RETOURS, courriel.pk, mark_of(pk=courriel.pk))


def mark_of(*, pk: int) -> str:
    """Return what nobody else can write beside the number of a message."""
    return salted_hmac(MARQUE, str(pk), algorithm="sha256").hexdigest()[:16]


@transaction.atomic
def note_retour(*, retour: Retour, maintenant: datetime.datetime) -> Courriel | None:
    """Note that a message came back, or is late; nothing for what matches no message that left.

    A report is believed when it bears the signed address of its message, or its reference, which only who
    received the message knows.
    """
    courriel = _find_returned(retour)
    if courriel is None or courriel.etat != EtatCourriel.ENVOYE:
        return None
    courriel.reponse = word_status(retour)
    courriel.version += 1
    if retour.definitif:
        courriel.etat, courriel.revenu_le = EtatCourriel.REVENU, maintenant
        record_act(acteur=None, acte="documents.note_retour", objet=courriel)
    courriel.save()
    return courriel


def read_retours(*, maintenant: datetime.datetime) -> Counter[str]:
    """Read the box of returns and note each report; return the counts. Raises BoiteFermee."""
    comptes: Counter[str] = Counter()
    with open_box() as messages:
        for octets in messages:
            comptes["lus"] += 1
            retour = read_retour(octets)
            courriel = note_retour(retour=retour, maintenant=maintenant) if retour is not None else None
            if courriel is None:
                comptes["sans_suite"] += 1
            else:
                comptes["revenus" if courriel.etat == EtatCourriel.REVENU else "retardes"] += 1
    return comptes


def _find_returned(retour: Retour) -> Courriel | None:
    lignes = Courriel.objects.select_for_update()
    if retour.numero is not None and constant_time_compare(retour.marque, mark_of(pk=retour.numero)):
        return lignes.filter(pk=retour.numero).first()
    return lignes.filter(reference=retour.reference).first() if retour.reference else None


@transaction.atomic
def resend_courriel(*, acteur: Any, maintenant: datetime.datetime, pk: int, version: int) -> Courriel:
    """Try once more, for a day, a message that was refused or not delivered. Raises ValidationError."""
    courriel = Courriel.objects.select_for_update().get(pk=pk)
    if courriel.etat not in {EtatCourriel.REFUSE, EtatCourriel.NON_DISTRIBUE} or courriel.contenu is None:
        raise ValidationError(PAS_A_RENVOYER)
    check_version(courriel, version)
    courriel.etat, courriel.essais, courriel.reponse = EtatCourriel.EN_ATTENTE, 0, ""
    courriel.depuis_le = courriel.prochain_le = maintenant
    courriel.version += 1
    courriel.save()
    record_act(acteur=acteur, acte="documents.resend_courriel", objet=courriel)
    transaction.on_commit(wake_worker)
    return courriel


def forget_contents(*, maintenant: datetime.datetime) -> int:
    """Empty the messages refused or not delivered a week ago; return how many."""
    finis = Courriel.objects.filter(etat__in=[EtatCourriel.REFUSE, EtatCourriel.NON_DISTRIBUE])
    return finis.filter(depuis_le__lt=maintenant - GARDE, contenu__isnull=False).update(contenu=None)


def _reopens(liaison: Any) -> bool:
    """Whether the server answers again after the line broke."""
    _close(liaison)
    try:
        liaison.open()
    except (smtplib.SMTPException, OSError):
        return False
    return True


def _close(liaison: Any) -> None:
    """Hang up, whatever state the line is in."""
    with suppress(smtplib.SMTPException, OSError):
        liaison.close()
