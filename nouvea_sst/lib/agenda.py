"""Writes an appointment as an iCalendar file (RFC 5545): what a calendar adds, moves or takes away."""

import datetime
from dataclasses import dataclass

FUSEAU = "Pacific/Noumea"
OCTETS_LIGNE = 75
# Nouméa has no summer time: one rule says it all.
HORAIRE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{FUSEAU}",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+1100",
    "TZOFFSETTO:+1100",
    "TZNAME:+11",
    "END:STANDARD",
    "END:VTIMEZONE",
)
PRODUIT = "-//Nouvea SST//Rendez-vous//FR"


@dataclass(frozen=True)
class Evenement:
    """An appointment in Nouméa: `uid` never changes, `rang` rises each time it is moved or cancelled."""

    uid: str
    rang: int
    ecrit_le: datetime.datetime
    debut: datetime.datetime
    minutes: int
    titre: str
    lieu: str
    organisateur: str
    invite: str
    annule: bool = False

    @property
    def methode(self) -> str:
        """What the calendar is asked to do."""
        return "CANCEL" if self.annule else "REQUEST"


def write_agenda(evenement: Evenement) -> bytes:
    """Return the file: UTF-8, CRLF, lines of 75 bytes at most. `debut` is the local hour."""
    fin = evenement.debut + datetime.timedelta(minutes=evenement.minutes)
    lignes = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUIT}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{evenement.methode}",
        *HORAIRE,
        "BEGIN:VEVENT",
        f"UID:{escape_text(evenement.uid)}",
        f"SEQUENCE:{evenement.rang}",
        f"DTSTAMP:{evenement.ecrit_le.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={FUSEAU}:{evenement.debut:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={FUSEAU}:{fin:%Y%m%dT%H%M%S}",
        f"SUMMARY:{escape_text(evenement.titre)}",
        f"LOCATION:{escape_text(evenement.lieu)}",
        f"STATUS:{'CANCELLED' if evenement.annule else 'CONFIRMED'}",
        f"ORGANIZER:mailto:{clean_address(evenement.organisateur)}",
        f"ATTENDEE;RSVP=FALSE:mailto:{clean_address(evenement.invite)}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(fold_line(ligne) for ligne in lignes)


def escape_text(texte: str) -> str:
    """Return a text value: what would end it, or begin another property, becomes two signs."""
    propre = texte.replace("\r\n", "\n").replace("\r", "\n")
    propre = "".join(c for c in propre if c == "\n" or (c.isprintable() or c == "\u00a0"))
    return propre.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def clean_address(adresse: str) -> str:
    """Return an address without what could end its line."""
    return "".join(c for c in adresse if c.isprintable() and not c.isspace())


def fold_line(ligne: str) -> bytes:
    """Cut a line into lines of 75 bytes at most, each next one begun by a space; no letter is cut in two."""
    parts: list[bytes] = []
    courante = b""
    for signe in ligne:
        octets = signe.encode("utf-8")
        if len(courante) + len(octets) > OCTETS_LIGNE:
            parts.append(courante)
            courante = b" "
        courante += octets
    return b"\r\n".join([*parts, courante]) + b"\r\n"
