"""The journal is sealed day by day, and what is done to it behind its triggers shows."""

import contextlib
import datetime
import hashlib
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from nouvea_sst.comptes.actions import seal_journal
from nouvea_sst.comptes.enums import NatureJournal
from nouvea_sst.comptes.models import LigneJournal, Sceau
from nouvea_sst.comptes.rules.sceaux import CHAMPS, ORIGINE, compute_seal
from nouvea_sst.comptes.tasks import seal_days
from nouvea_sst.lib.affichage import as_day, start_of

MINUIT = start_of(datetime.date(2026, 3, 13))
MATIN = MINUIT + datetime.timedelta(hours=2)
JOURS = [datetime.date(2026, 3, jour) for jour in (10, 11, 12)]


def write(quand, acte="un.acte"):
    """Write one line as if it were that moment."""
    champ = LigneJournal._meta.get_field("quand")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(champ, "auto_now_add", False)
        return LigneJournal.objects.create(
            quand=quand, nature=NatureJournal.ACTE, acteur_cle="systeme", acteur_nom="Système", acte=acte
        )


@contextlib.contextmanager
def owner():
    """Write as the owner of the tables can: triggers asleep."""
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("SET LOCAL session_replication_role = replica")
        yield curseur
        curseur.execute("SET LOCAL session_replication_role = origin")


def verify(**options):
    """Run the command; return its summary and whether it failed."""
    sortie, refus = io.StringIO(), None
    try:
        call_command("verifier_journal", json=True, stdout=sortie, **options)
    except CommandError as erreur:
        refus = erreur
    return json.loads(sortie.getvalue()), refus


@pytest.fixture
def scelles(db):
    """Three days of three lines, sealed."""
    for jour in JOURS:
        for heure in (8, 12, 23):
            write(start_of(jour) + datetime.timedelta(hours=heure, minutes=59))
    return seal_journal(maintenant=MATIN)


def middle_line():
    return LigneJournal.objects.order_by("pk")[4]


def test_each_day_over_has_its_seal_chained_to_the_day_before(scelles):
    pks = list(LigneJournal.objects.order_by("pk").values_list("pk", flat=True))
    assert [sceau.jour for sceau in scelles] == JOURS
    assert [(s.premiere, s.derniere, s.nombre) for s in scelles] == [
        (pks[rang], pks[rang + 2], 3) for rang in (0, 3, 6)
    ]
    assert [s.precedent for s in scelles] == [ORIGINE, scelles[0].empreinte, scelles[1].empreinte]
    assert all(s.scelle_le == MATIN for s in scelles)


def test_untouched_journal_verifies(scelles):
    bilan, refus = verify()
    assert refus is None
    assert (bilan["concorde"], bilan["sceaux"], bilan["lignes"], bilan["sans_sceau"]) == (True, 3, 9, 0)
    assert bilan["dernier"] == {"jour": "2026-03-12", "empreinte": scelles[-1].empreinte}


def test_command_says_it_in_french(scelles, capsys):
    call_command("verifier_journal")
    dit = capsys.readouterr().out
    assert "3 sceaux pour 9 lignes, relus en entier ; 0 ligne sans sceau encore." in dit
    assert f"Dernier sceau : 12/03/2026, {scelles[-1].courte}" in dit
    with owner() as curseur:
        curseur.execute("UPDATE comptes_lignejournal SET acte = 'x' WHERE id = %s", [middle_line().pk])
    with pytest.raises(CommandError, match="ne concorde plus à partir du 11/03/2026") as refus:
        call_command("verifier_journal")
    assert refus.value.returncode == 1
    assert "11/03/2026 : le contenu d’une ligne ou du sceau a changé" in capsys.readouterr().out


@pytest.mark.parametrize("champ", [champ for champ in CHAMPS if champ not in {"id", "quand", "champs"}])
def test_text_of_a_line_changed_names_its_day(scelles, champ):
    with owner() as curseur:
        ordre = f"UPDATE comptes_lignejournal SET {champ} = 'x' WHERE id = %s"  # noqa: S608 (one of CHAMPS)
        curseur.execute(ordre, [middle_line().pk])
    bilan, refus = verify()
    assert refus and [e["jour"] for e in bilan["ecarts"]] == ["2026-03-11"]


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE comptes_lignejournal SET quand = quand + interval '1 microsecond' WHERE id = %s",
        "UPDATE comptes_lignejournal SET champs = '[\"nom\"]' WHERE id = %s",
        "DELETE FROM comptes_lignejournal WHERE id = %s",
        "UPDATE comptes_sceau SET nombre = 4 WHERE %s BETWEEN premiere AND derniere",
        "UPDATE comptes_sceau SET scelle_le = now() WHERE %s BETWEEN premiere AND derniere",
        "UPDATE comptes_sceau SET derniere = derniere - 1 WHERE %s BETWEEN premiere AND derniere",
    ],
)
def test_what_the_owner_changes_or_takes_away_names_the_day(scelles, ordre):
    with owner() as curseur:
        curseur.execute(ordre, [middle_line().pk])
    bilan, refus = verify()
    assert refus and bilan["premier_jour"] == "2026-03-11"


def test_two_lines_that_change_places_name_their_day(scelles):
    with owner() as curseur:
        pk = middle_line().pk
        for depuis, vers in ((pk, -1), (pk + 1, pk), (-1, pk + 1)):
            curseur.execute("UPDATE comptes_lignejournal SET id = %s WHERE id = %s", [vers, depuis])
    bilan, refus = verify()
    assert refus and [e["jour"] for e in bilan["ecarts"]] == ["2026-03-11"]


def test_line_put_into_a_hole_of_the_sequence_names_the_day(db):
    write(MINUIT - datetime.timedelta(hours=30))
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        perdue = write(MINUIT - datetime.timedelta(hours=3)).pk
        raise ZeroDivisionError
    write(MINUIT - datetime.timedelta(hours=2))
    seal_journal(maintenant=MATIN)
    assert verify()[1] is None
    with owner() as curseur:
        curseur.execute(
            "INSERT INTO comptes_lignejournal"
            " SELECT (jsonb_populate_record(l, jsonb_build_object('id', %s::int))).*"
            " FROM comptes_lignejournal l ORDER BY l.id DESC LIMIT 1",
            [perdue],
        )
    bilan, refus = verify()
    assert refus and bilan["premier_jour"] == "2026-03-12"


def test_line_added_later_with_an_old_date_names_that_day_before_and_after_its_own_seal(scelles):
    write(start_of(JOURS[1]) + datetime.timedelta(hours=10))
    bilan, refus = verify()
    assert refus and [e["jour"] for e in bilan["ecarts"]] == ["2026-03-11"]
    seal_journal(maintenant=MATIN + datetime.timedelta(days=1))
    bilan, refus = verify()
    assert refus and [e["jour"] for e in bilan["ecarts"]] == ["2026-03-11"]


def test_whole_day_taken_away_shows_even_if_the_next_seal_is_hung_onto_the_one_before(scelles):
    with owner() as curseur:
        curseur.execute(
            "DELETE FROM comptes_lignejournal WHERE id BETWEEN %s AND %s",
            [scelles[1].premiere, scelles[1].derniere],
        )
        curseur.execute("DELETE FROM comptes_sceau WHERE id = %s", [scelles[1].pk])
    assert verify()[0]["premier_jour"] == "2026-03-12"
    with owner() as curseur:
        curseur.execute(
            "UPDATE comptes_sceau SET precedent = %s WHERE id = %s", [scelles[0].empreinte, scelles[2].pk]
        )
    bilan, refus = verify()
    assert refus and bilan["premier_jour"] == "2026-03-12"


def test_end_cut_off_shows_by_the_hash_kept_elsewhere(scelles):
    gardee = scelles[-1].courte
    assert verify(ancre=gardee)[1] is None
    with owner() as curseur:
        curseur.execute("DELETE FROM comptes_lignejournal WHERE id >= %s", [scelles[2].premiere])
        curseur.execute("DELETE FROM comptes_sceau WHERE id = %s", [scelles[2].pk])
    assert verify()[1] is None
    bilan, refus = verify(ancre=gardee)
    assert "des sceaux ont été ôtés ou refaits" in str(refus) and bilan["concorde"] is False
    with pytest.raises(CommandError, match="n’est pas une empreinte"):
        call_command("verifier_journal", ancre="3f2a")


def test_nothing_is_sealed_twice_nor_before_its_day_is_over(scelles):
    assert seal_journal(maintenant=MATIN) == []
    write(MATIN)
    assert seal_journal(maintenant=MATIN + datetime.timedelta(hours=20)) == []
    assert seal_journal(maintenant=MINUIT + datetime.timedelta(days=1, minutes=5)) == []
    assert [s.nombre for s in seal_journal(maintenant=MATIN + datetime.timedelta(days=1))] == [1]
    assert verify()[1] is None and Sceau.objects.count() == 4


def test_task_seals_what_is_over_and_leaves_no_line(db):
    write(timezone.now() - datetime.timedelta(days=2))
    seal_days()
    sceau = Sceau.objects.get()
    assert sceau.jour == as_day(timezone.now() - datetime.timedelta(days=2))
    assert LigneJournal.objects.count() == sceau.nombre == 1


@pytest.mark.django_db(transaction=True)
def test_line_committed_late_waits_for_nobody_and_is_sealed_the_next_time():
    autre = connection.copy()
    write(MINUIT - datetime.timedelta(hours=3))
    try:
        autre.set_autocommit(False)
        with autre.cursor() as curseur:
            curseur.execute(
                "INSERT INTO comptes_lignejournal SELECT (jsonb_populate_record(l, jsonb_build_object("
                "'id', nextval(pg_get_serial_sequence('comptes_lignejournal', 'id'))))).*"
                " FROM comptes_lignejournal l LIMIT 1"
            )
        write(MINUIT - datetime.timedelta(hours=1))
        assert seal_journal(maintenant=MATIN) == []
        autre.commit()
    finally:
        autre.close()
    assert [s.nombre for s in seal_journal(maintenant=MATIN)] == [3]
    assert verify()[1] is None


@pytest.mark.django_db(transaction=True)
def test_reader_of_the_journal_does_not_hold_the_seal_up():
    autre = connection.copy()
    write(MINUIT - datetime.timedelta(hours=3))
    try:
        autre.set_autocommit(False)
        with autre.cursor() as curseur:
            curseur.execute("SELECT count(*) FROM comptes_lignejournal")
        assert len(seal_journal(maintenant=MATIN)) == 1
    finally:
        autre.close()


@pytest.mark.parametrize(
    "ordre", ["UPDATE comptes_sceau SET nombre = 0", "DELETE FROM comptes_sceau", "TRUNCATE comptes_sceau"]
)
def test_database_refuses_to_change_a_seal(scelles, ordre):
    with (
        pytest.raises(DatabaseError, match="sceau"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(ordre)


def test_seal_covers_every_column_of_a_line():
    assert [champ.attname for champ in LigneJournal._meta.concrete_fields] == list(CHAMPS)


def test_canonical_form_never_changes():
    """Written by hand: a seal of today must verify in ten years."""
    moment = datetime.datetime(2026, 3, 12, 8, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=11)))
    calcul = compute_seal(
        precedent=ORIGINE, jour=JOURS[2], moment=moment, lignes=[(7, moment, "acte", "é", ["nom"])]
    )
    texte = (
        f'["journal-1","{ORIGINE}","2026-03-12","2026-03-11T21:00:00.000000+00:00"]\n'
        '[7,"2026-03-11T21:00:00.000000+00:00","acte","\\u00e9",["nom"]]\n[1,7,7]\n'
    )
    assert calcul.empreinte == hashlib.sha256(texte.encode()).hexdigest()
    assert (calcul.nombre, calcul.premiere, calcul.derniere) == (1, 7, 7)


def test_auditor_alone_reads_the_hash_to_keep(client_de, scelles):
    assert scelles[-1].courte in client_de("auditeur").get("/journal/").content.decode()
    page = client_de("chef").get("/journal/").content.decode()
    assert scelles[-1].courte not in page and "Dernier sceau" not in page
