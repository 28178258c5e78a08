"""How numbers, amounts, dates and delays are written in French. Pure: the day is always given."""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from nouvea_sst.lib.etats import EtatChoices
from nouvea_sst.lib.texte import fold

FINE = "\u202f"  # narrow no-break space: between thousands, before « % ; : ! ? »
INSECABLE = "\u00a0"  # no-break space: between a number and its unit
MOINS = "\u2212"
VIDE = "(vide)"  # a value that is not there, beside another

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

Nombre = int | float | Decimal


class EtatEcheance(EtatChoices):
    """Where a day stands between today and its due date."""

    RETARD = "retard", "En retard", "is-late", "exclamation-triangle-fill"
    BIENTOT = "bientot", "Bientôt", "is-soon", "clock-fill"
    A_VENIR = "a_venir", "À venir", "is-neutral", "calendar3"
    FAITE = "faite", "Faite", "is-done", "check-circle-fill"


def format_number(value: Nombre | None, decimals: int | None = None) -> str:
    """Write 1612.5 as « 1 612,5 »; `decimals` fixes how many; None gives an empty string."""
    if value is None:
        return ""
    exact = Decimal(int(value) if isinstance(value, float) and value.is_integer() else str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if not exact.is_finite():
        return ""
    text = f"{abs(exact):,f}".replace(",", FINE).replace(".", ",")
    return f"{MOINS}{text}" if exact < 0 else text


def format_xpf(value: Nombre | None) -> str:
    """Write an amount in Pacific francs, which have no cents: « 312 000 XPF »."""
    return "" if value is None else f"{format_number(value, 0)}{INSECABLE}XPF"


def format_percent(value: Nombre | None, decimals: int = 1) -> str:
    """Write a rate already in percent: 12.5 as « 12,5 % »."""
    return "" if value is None else f"{format_number(value, decimals)}{FINE}%"


def as_day(value: date | datetime) -> date:
    """Return the day in Nouméa of a date or of a moment."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def start_of(day: date) -> datetime:
    """Return the first instant of a day in Nouméa."""
    return timezone.make_aware(datetime.combine(day, time.min))


def format_date(value: date | datetime | None, form: str = "") -> str:
    """Write a date: "" 24/11/2026 · "court" 24/11 · "jour" mar. 24 · "mois" novembre 2026
    · "lettre" 24 novembre 2026 · "long" mardi 24 novembre 2026 · "moment" 24/11/2026 à 10:52 · "heure" 10:52.
    """
    if value is None:
        return ""
    day = as_day(value)
    number = "1er" if day.day == 1 else str(day.day)
    match form:
        case "":
            return f"{day:%d/%m/%Y}"
        case "court":
            return f"{day:%d/%m}"
        case "jour":
            return f"{JOURS[day.weekday()][:3]}. {number}"
        case "mois":
            return f"{MOIS[day.month - 1]} {day.year}"
        case "lettre":
            return f"{number} {MOIS[day.month - 1]} {day.year}"
        case "long":
            return f"{JOURS[day.weekday()]} {number} {MOIS[day.month - 1]} {day.year}"
    if form in {"moment", "heure"} and isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%H:%M}" if form == "heure" else f"{local:%d/%m/%Y} à {local:%H:%M}"
    raise ValueError(f"no such form of date: {form}")


def plural(count: Nombre | None, forms: str = "s") -> str:
    """Return the ending for a count, French rule: plural from 2. "s", or "al,aux" for another singular."""
    singular, _, many = forms.rpartition(",")
    return many if count is not None and abs(float(count)) >= 2 else singular


def count_of(count: Nombre, noun: str) -> str:
    """Write « 1 612 agents » from the singular; « travail,travaux » gives both forms."""
    singular, _, many = noun.partition(",")
    several = many or f"{singular}s"
    return f"{format_number(count)} {plural(count, f'{singular},{several}')}"


def de(nom: str) -> str:
    """Write « de » before a name: « d’Anaïs », « d’Hélène », « de Yann », « de Hnaweu ».

    An h before a vowel is taken as mute, as in most names; y is a vowel before a consonant only.
    """
    lettres = fold(nom)[:2]
    vocalic = lettres.startswith(tuple("aeiou"))
    mute = lettres[:1] == "h" and lettres[1:] in tuple("aeiouy")
    ypsilon = lettres[:1] == "y" and lettres[1:].isalpha() and lettres[1:] not in tuple("aeiouy")
    return f"d’{nom}" if vocalic or mute or ypsilon else f"de {nom}"


def _distance(days: int) -> str:
    """Write a number of days in the unit one would say: days to 60, months to two years, then years."""
    if days <= 60:
        return count_of(days, "jour")
    if days < 730:
        return f"{round(days / 30.44)} mois"
    return count_of(int(days / 365.25), "an")


def relative(value: date | datetime | None, today: date) -> str:
    """Write how far a day is from another: « dans 6 jours », « demain », « il y a 4 ans »."""
    if value is None:
        return ""
    days = (as_day(value) - today).days
    near = {-1: "hier", 0: "aujourd’hui", 1: "demain"}
    if days in near:
        return near[days]
    return f"dans {_distance(days)}" if days > 0 else f"il y a {_distance(-days)}"


def describe_due(value: date, today: date, soon: int = 15) -> tuple[EtatEcheance, str]:
    """Return state and words of a due date: late from the first day after, soon from `soon` days before.

    Past a year it is told in months, then in years: « 28 ans de retard ».
    """
    days = (value - today).days
    words = f"{format_number(abs(days))} j" if abs(days) <= 365 else _distance(abs(days))
    if days < 0:
        return EtatEcheance.RETARD, f"{words} de retard"
    words = "ce jour" if days == 0 else f"dans {words}"
    return (EtatEcheance.BIENTOT if days <= soon else EtatEcheance.A_VENIR), words
