"""What the yearly examination of consultations asks for."""

import datetime

from nouvea_sst.comptes.enums import AvisConsultation

SANS_MOTIF = "Dites en une phrase ce qui manque ou ce qui a été demandé."
TROP_TOT = "L’année {annee} n’a pas commencé : rien n’a encore été consulté."
SANS_LIGNE = "Aucune consultation à examiner en {annee}."
DEJA_TIREE = "Vous avez déjà tiré l’échantillon de {annee}."
CLOS = "Cet examen est clos : rien ne s’y change plus."
RESTE = "Il reste des consultations à examiner : l’examen se clôt quand toutes le sont."


def period_of(annee: int, jour: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and last day that an examination of this year covers, on this day; None before it.

    Of a year under way it covers what was read up to the draw.
    """
    debut, fin = datetime.date(annee, 1, 1), datetime.date(annee, 12, 31)
    return None if jour < debut else (debut, min(fin, jour))


def needs_motif(avis: str) -> bool:
    """Whether this opinion has to say why: all but « justified »."""
    return avis != AvisConsultation.JUSTIFIEE
