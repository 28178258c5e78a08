"""Seals the days of the journal that are over, without ever holding up who writes in it."""

import datetime

from django.db import connection, transaction
from django.db.models import Max, Min

from nouvea_sst.comptes.models import LigneJournal, Sceau
from nouvea_sst.comptes.rules.sceaux import CHAMPS, ORIGINE, compute_seal
from nouvea_sst.lib.affichage import as_day, start_of

UN_JOUR = datetime.timedelta(days=1)
# Between the moment written on a line and the moment it is sent, whatever the two clocks say.
REPOS = datetime.timedelta(minutes=10)
LUES = 2000
ECRITURES = """
SELECT EXISTS (
  SELECT FROM pg_locks
  WHERE locktype = 'relation' AND relation = 'comptes_lignejournal'::regclass AND mode = 'RowExclusiveLock'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND granted AND pid IS DISTINCT FROM pg_backend_pid()
)
"""


@transaction.atomic
def seal_journal(*, maintenant: datetime.datetime) -> list[Sceau]:
    """Seal each day that is over and not sealed; return the seals, none while somebody is writing.

    No line may slip between two seals by committing late. Keys come from a sequence, so they rise with time;
    whoever holds a key up to the last one seen took it before that line was committed, by an INSERT
    that locks the table (ROW EXCLUSIVE) before it asks for its key and until its transaction ends.
    So: read the last key, then look whether any other transaction holds that lock. If none does, every key
    up to there is a line already visible or will never be one, gaps included. If one does, nothing is
    sealed and the next run tries again: nobody waits for the sealer. Prepared transactions count too; a
    snapshot's xmin would not do, a key can be taken before the transaction has its number. Statements
    must see what has just been committed: READ COMMITTED, and a sequence without cache, as by default.

    No journal line: the seal tells the same, cannot be altered either, and such a line would ask for a
    seal every night of a journal where nothing happened.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext('comptes.sceau'))")
        fin = start_of(as_day(maintenant - REPOS))
        plafond = LigneJournal.objects.filter(quand__lt=fin).aggregate(pk=Max("pk"))["pk"] or 0
        curseur.execute(ECRITURES)
        if curseur.fetchone()[0]:
            return []
    dernier, faits = Sceau.objects.latest_seal(), []
    while sceau := _seal_next(dernier, plafond, fin, maintenant):
        dernier = sceau
        faits.append(sceau)
    return faits


def _seal_next(
    dernier: Sceau | None, plafond: int, fin: datetime.datetime, maintenant: datetime.datetime
) -> Sceau | None:
    """Seal the first day that has lines without a seal, up to this key and before this moment."""
    apres, precedent = (dernier.derniere, dernier.empreinte) if dernier else (0, ORIGINE)
    reste = LigneJournal.objects.sealed_by(apres=apres, derniere=plafond).filter(quand__lt=fin)
    debut = reste.aggregate(quand=Min("quand"))["quand"]
    if debut is None:
        return None
    # A line dated of a day already sealed goes into the next one, where verify_seals points at it.
    jour = max(as_day(debut), dernier.jour + UN_JOUR) if dernier else as_day(debut)
    derniere = reste.filter(quand__lt=start_of(jour + UN_JOUR)).aggregate(pk=Max("pk"))["pk"]
    lignes = LigneJournal.objects.sealed_by(apres=apres, derniere=derniere).values_list(*CHAMPS)
    calcul = compute_seal(
        precedent=precedent, jour=jour, moment=maintenant, lignes=lignes.iterator(chunk_size=LUES)
    )
    return Sceau.objects.create(
        jour=jour,
        premiere=calcul.premiere,
        derniere=calcul.derniere,
        nombre=calcul.nombre,
        precedent=precedent,
        empreinte=calcul.empreinte,
        scelle_le=maintenant,
    )
