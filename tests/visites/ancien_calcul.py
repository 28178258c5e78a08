"""The monthly calculation of the former software, as sirh.md §2.4 describes it, with its defects.

Small on purpose: each function is one case, and gives the row that the former software gave.
"""

import datetime

UN = datetime.timedelta(days=1)
LIMITE = 300


def month(annee, mois):
    """First and last day."""
    debut = datetime.date(annee, mois, 1)
    suivant = datetime.date(annee + (mois == 12), mois % 12 + 1, 1)
    return debut, suivant - UN


def add_months(jour, mois):
    """The same day, months later; days up to 28 are enough here."""
    rang = jour.year * 12 + jour.month - 1 + mois
    return datetime.date(rang // 12, rang % 12 + 1, jour.day)


def blocks(arrets, annee, mois, types):
    """Stops of these kinds that touch the month, joined when they follow on; only the last block is kept."""
    debut, fin = month(annee, mois)
    lus = [a for a in arrets if a.type in types and a.debut <= fin and a.fin >= debut][:LIMITE]
    jours, dernier = 0, None
    for arret in sorted(lus, key=lambda a: a.debut):
        jours = jours if dernier is not None and arret.debut == dernier + UN else 0
        jours += (arret.fin - arret.debut).days + 1
        dernier = arret.fin
    return jours, dernier


def accident_or_illness(arrets, annee, mois):
    """Cases 3 and 4 since 14/05/2017: the date is formatted as what it is not, the error is swallowed."""
    try:
        [arret.debut.strftime(b"%Y%m%d") for arret in arrets]
    except TypeError:
        return None


def illness(arrets, annee, mois):
    """Case 4 before that day: more than 30 days, less than 90."""
    jours, fin = blocks(arrets, annee, mois, {81})
    return ("maladie", fin + 2 * UN) if 30 < jours < 90 else None


def long_illness(arrets, annee, mois):
    """Case 5: more than 90 days."""
    jours, fin = blocks(arrets, annee, mois, {81, 76})
    return ("longue_maladie", fin + 2 * UN) if jours > 90 else None


def regular(visites, annee, mois):
    """Case 2: any visit, old ones too, whose end of validity falls in the month exactly."""
    for date, validite in visites:
        echeance = add_months(date, validite)
        if (echeance.year, echeance.month) == (annee, mois):
            return "reguliere", echeance
    return None


def newcomer(embauche, annee, mois):
    """Case 6."""
    return ("nouvel_arrivant", embauche) if (embauche.year, embauche.month) == (annee, mois) else None


def never_seen(visites, annee, mois):
    """Case 9."""
    return None if visites else ("sans_visite", datetime.date(annee, mois, 15))


def missed(convocations, annee, mois):
    """Case 8: those of « the month before », which in January is November."""
    avant, cette_annee = (12 - 1, annee - 1) if mois == 1 else (mois - 1, annee)
    return [c for c in convocations if (c.year, c.month) == (cette_annee, avant)]


def missed_count(convocations):
    """Its counter compares characters of « yyyyMMdd » that are no month."""
    return sum(f"{c:%Y%m%d}"[5:7] < f"{c.month:02}" for c in convocations)


def last_case_wins(*lignes):
    """One row an agent and month: the last case that gives one replaces what stood."""
    return next((ligne for ligne in reversed(lignes) if ligne is not None), None)


def close_up_to(lignes, annee, mois):
    """RG-SVM-20: a visit closes the rows with MOIS <= m and ANNEE <= y, whatever they were for."""
    return [ligne for ligne in lignes if ligne[1] <= mois and ligne[0] <= annee]


def position_allows(position_du_jour):
    """The position is the one of today, whatever the month calculated."""
    return position_du_jour in {"01", "04", "60"}
