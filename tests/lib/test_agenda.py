"""An appointment as a calendar reads it: parsed again here as the norm says, hostile words included."""

import datetime
import re

import pytest

from nouvea_sst.lib.agenda import Evenement, write_agenda

ECRIT = datetime.datetime(2026, 11, 22, 21, 0, tzinfo=datetime.UTC)
DEBUT = datetime.datetime(2026, 11, 30, 8, 15)  # noqa: DTZ001


def event(**champs):
    faits = {
        "uid": "rendez-vous-12@exemple.nc",
        "rang": 1,
        "ecrit_le": ECRIT,
        "debut": DEBUT,
        "minutes": 30,
        "titre": "Rendez-vous",
        "lieu": "16, rue du Général-Mangin ; bâtiment B",
        "organisateur": "sst@exemple.nc",
        "invite": "agent@exemple.nc",
    }
    return Evenement(**faits | champs)


def parse(octets):
    """Components as nested (name, properties, children), read with the rules of RFC 5545 § 3.1 and 3.3.11."""
    texte = octets.decode("utf-8").replace("\r\n ", "")
    assert texte.endswith("\r\n") and "\n" not in texte.replace("\r\n", "")
    pile = [("", {}, [])]
    for ligne in texte.split("\r\n")[:-1]:
        nom, valeur = re.match(r"([A-Z-]+(?:;[^:]*)?):(.*)", ligne).groups()
        if nom == "BEGIN":
            pile.append((valeur, {}, []))
        elif nom == "END":
            fini = pile.pop()
            assert fini[0] == valeur
            pile[-1][2].append(fini)
        else:
            assert nom not in pile[-1][1], f"{nom} stands twice"
            lue = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], valeur)
            pile[-1][1][nom] = lue
    ((calendrier,),) = [pile[0][2]]
    return calendrier


def test_appointment_is_read_back_whole():
    nom, entete, parties = parse(write_agenda(event()))
    assert (nom, entete["METHOD"], entete["VERSION"]) == ("VCALENDAR", "REQUEST", "2.0")
    fuseau, rendez_vous = parties
    assert fuseau[1]["TZID"] == "Pacific/Noumea"
    assert fuseau[2][0][1]["TZOFFSETTO"] == "+1100"
    lus = rendez_vous[1]
    assert lus["DTSTART;TZID=Pacific/Noumea"] == "20261130T081500"
    assert lus["DTEND;TZID=Pacific/Noumea"] == "20261130T084500"
    assert lus["DTSTAMP"] == "20261122T210000Z"
    assert lus["LOCATION"] == "16, rue du Général-Mangin ; bâtiment B"
    assert lus["UID"] == "rendez-vous-12@exemple.nc" and lus["SEQUENCE"] == "1"


def test_cancelled_keeps_its_uid_and_says_so():
    _, entete, (_, rendez_vous) = parse(write_agenda(event(rang=3, annule=True)))
    assert entete["METHOD"] == "CANCEL"
    assert (rendez_vous[1]["STATUS"], rendez_vous[1]["SEQUENCE"]) == ("CANCELLED", "3")


@pytest.mark.parametrize(
    "lieu",
    [
        "é" * 200,
        "a" * 74 + "é" + "𝄞" * 40,
        "salle 2\r\nATTENDEE:mailto:autre@exemple.nc",
        "x\nEND:VEVENT\nBEGIN:VEVENT",
        "deux \\ barres, virgule ; point-virgule : deux points",
        "\x00\x07\u2028fin",
    ],
)
def test_words_of_a_place_stay_words_and_no_line_passes_75_bytes(lieu):
    octets = write_agenda(event(lieu=lieu))
    assert all(len(ligne) <= 75 for ligne in octets.split(b"\r\n"))
    _, _, parties = parse(octets)
    assert [nom for nom, _, _ in parties] == ["VTIMEZONE", "VEVENT"]
    lus = parties[1][1]
    attendu = lieu.replace("\r\n", "\n")
    attendu = "".join(c for c in attendu if c == "\n" or c.isprintable())
    assert lus["LOCATION"] == attendu
    assert [nom for nom in lus if nom.startswith("ATTENDEE")] == ["ATTENDEE;RSVP=FALSE"]


def test_an_address_of_several_lines_adds_no_property():
    octets = write_agenda(event(invite="a@exemple.nc\r\nX-AUTRE:1"))
    assert not any(ligne.startswith(b"X-AUTRE") for ligne in octets.split(b"\r\n"))
