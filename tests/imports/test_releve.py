"""The nightly feed: what it takes, what it leaves to a person, what it refuses."""

import datetime
import os
import threading
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from agents.models import Agent
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports import tasks
from nouvea_sst.imports.actions import ReleveEnCours, ReleveEteinte, abandon_import, apply_import, run_releve
from nouvea_sst.imports.actions.passages import VERROU
from nouvea_sst.imports.lecture import boite as lecture
from nouvea_sst.imports.models import FichierReleve, Import, Profil, Releve
from tests.architecture.ecritures import written_tables
from tests.imports.fichiers import BOULA, GONY, SAO, make_csv, make_xlsx

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
NOUMEA = ZoneInfo("Pacific/Noumea")


@pytest.fixture
def depots(tmp_path, settings):
    """A watched folder where every file is whole at once."""
    settings.DEPOTS, settings.DEPOTS_REPOS = tmp_path / "depots", 0
    settings.DEPOTS.mkdir()
    return settings.DEPOTS


def drop(depots, nom, contenu):
    (depots / nom).write_bytes(contenu)


def name_of(n):
    """Names that do not look alike."""
    return 3 * chr(65 + n % 26) + 3 * chr(65 + n // 26)


def many(nombre, **change):
    """A register of so many agents; change: a column of all of them."""
    lignes = [
        [
            str(2000 + n),
            name_of(n),
            "Paul",
            "M",
            f"12/03/{1960 + n % 20}",
            "01/02/2010",
            "C",
            "",
        ]
        for n in range(nombre)
    ]
    for rang, valeur in change.items():
        for ligne in lignes:
            ligne[int(rang.removeprefix("c"))] = valeur
    return lignes


def run(**options):
    return {f.nom: f for f in run_releve(acteur=None, jour=JOUR, **options).fichiers}


def there(depots):
    """Files by place, from the watched folder."""
    return sorted(str(c.relative_to(depots)) for c in depots.rglob("*") if not c.is_dir())


def issues(faits):
    return {nom: str(fichier.issue) for nom, fichier in faits.items()}


def test_a_clean_file_is_applied_its_refused_rows_wait_for_a_person(depots):
    drop(depots, "agents_20261124.csv", make_csv([BOULA, [*GONY[:5], "31/02/2024", *GONY[6:]]]))
    faits = run()
    assert issues(faits) == {"agents_20261124.csv": "applique"}
    assert faits["agents_20261124.csv"].motif == "1 créé, 0 modifié, 0 inchangé, 1 refusé"
    assert Agent.objects.get().nom == "BOULA"
    depot = Import.objects.get()
    assert (depot.depose_par, depot.etat, bytes(depot.contenu)[:2]) == (None, "applique", b"Ma")
    assert [ligne.numero for ligne in depot.lignes.to_correct()] == [3]
    assert there(depots) == ["traites/2026-11-24/agents_20261124.csv"]
    actes = LigneJournal.objects.filter(acte__startswith="imports.").order_by("pk")
    assert [(a.acte.removeprefix("imports."), a.acteur_nom) for a in actes] == [
        ("open_releve", "Système"),
        ("deposit_import", "Système"),
        ("apply_import", "Système"),
        ("take_fichier", "Système"),
        ("close_releve", "Système"),
    ]


def test_a_row_with_a_warning_waits_for_a_person_too(depots):
    drop(depots, "agents.csv", make_csv([BOULA]))
    run()
    jumelle = ["3121", "BOULLA", *BOULA[2:]]
    drop(depots, "agents.csv", make_csv([BOULA, jumelle, [*GONY[:7], BOULA[7]]]))
    (fait,) = run().values()
    assert (fait.issue, fait.motif) == ("applique", "1 créé, 0 modifié, 1 inchangé, 1 refusé")
    assert set(Agent.objects.values_list("nom", flat=True)) == {"BOULA", "GONY"}
    ligne = fait.depot.lignes.to_correct().get()
    assert (ligne.numero, "BOULLA" in ligne.cellules) == (3, True)
    assert "BOULA" in ligne.motif


def test_what_is_put_away_is_its_owner_s_alone(depots):
    drop(depots, "agents.csv", make_csv([BOULA]))
    drop(depots, "note.csv", b"%PDF-1.7")
    run()
    for chemin in depots.rglob("*"):
        assert chemin.stat().st_mode & 0o777 == (0o700 if chemin.is_dir() else 0o600), chemin


def test_the_same_file_again_is_said_and_put_away(depots):
    drop(depots, "agents_1.csv", make_csv([BOULA]))
    run()
    drop(depots, "agents_1.csv", make_csv([BOULA]))
    with written_tables() as ecrites:
        (fait,) = run().values()
    assert (fait.issue, fait.depot) == ("deja", None)
    assert fait.motif.startswith("Déjà appliqué le ")
    assert Import.objects.count() == 1
    assert not {t for t in ecrites if t.startswith("agents_")}
    assert there(depots) == ["traites/2026-11-24/(2) agents_1.csv", "traites/2026-11-24/agents_1.csv"]


def test_a_file_that_comes_back_after_another_is_news(depots):
    for statut in ("F", "C", "F"):
        drop(depots, "agents.csv", make_csv(many(3, c6=statut)))
        (fait,) = run().values()
        assert fait.issue == "applique"
    assert set(Agent.objects.values_list("statut", flat=True)) == {"F"}


@pytest.mark.parametrize(
    "lignes, raison",
    [
        (many(20) + many(20, c4="31/02/1980"), "lignes refusées sur 40, plus de 5 %"),
        (many(40, c6="F"), "40 lignes créées ou modifiées sur 40, plus de 30 %"),
        (many(15), "25 lignes de moins que la fois d’avant sur 40, plus de 10 %"),
    ],
    ids=["refusals", "changes", "shorter"],
)
def test_a_file_beyond_a_threshold_waits_for_a_decision(depots, lignes, raison):
    drop(depots, "agents.csv", make_csv(many(40)))
    run()
    avant = list(Agent.objects.order_by("pk").values())
    drop(depots, "agents.csv", make_csv(lignes))
    (fait,) = run().values()
    assert fait.issue == "attente"
    assert raison in fait.motif
    assert list(Agent.objects.order_by("pk").values()) == avant
    assert Import.objects.get(etat="depose").passage == fait
    assert len(there(depots)) == 2


def test_many_departures_wait_for_a_decision(depots):
    entete = ["Matricule", "Nom", "Prénom", "Date de départ"]
    noms = [[str(2000 + n), name_of(n), "Paul", ""] for n in range(80)]
    drop(depots, "agents.csv", make_csv(noms, entete=entete))
    run()
    partis = [[*ligne[:3], "30/10/2026" if rang < 20 else ""] for rang, ligne in enumerate(noms)]
    drop(depots, "agents.csv", make_csv(partis, entete=entete))
    (fait,) = run().values()
    assert (fait.issue, fait.motif) == ("attente", "20 départs annoncés sur 80, plus de 5 %")
    assert not Agent.objects.exclude(date_depart=None).exists()


def test_a_missing_column_waits_for_a_decision(depots):
    drop(depots, "agents.csv", make_csv([["3120", "F"]], entete=["Matricule", "Sexe"]))
    (fait,) = run().values()
    assert (fait.issue, fait.motif) == (
        "attente",
        "Aucune colonne du fichier ne donne « Nom d’usage » et « Prénom ».",
    )


def test_a_file_waits_behind_an_older_one(depots):
    drop(depots, "agents_1.csv", make_csv([["3120", "F"]], entete=["Matricule", "Sexe"]))
    drop(depots, "agents_2.csv", make_csv([BOULA]))
    faits = run()
    assert issues(faits) == {"agents_1.csv": "attente", "agents_2.csv": "attente"}
    assert "plus ancien" in faits["agents_2.csv"].motif
    # Sent anew while it waits, it is not taken twice; given up, it blocks no other.
    drop(depots, "agents_3.csv", make_csv([BOULA]))
    assert issues(run()) == {"agents_3.csv": "deja"}
    for depot in Import.objects.to_decide():
        abandon_import(acteur=None, import_id=depot.pk, raison="Essai")
    drop(depots, "agents_4.csv", make_csv([BOULA]))
    assert issues(run()) == {"agents_4.csv": "applique"}


def test_targets_are_told_by_name_by_profile_or_by_headers(depots):
    affectation = ["3120", "01/02/2026", "DEPEV – Espaces verts"]
    tete = ["Matricule", "Date debut aff", "Service"]
    Profil.objects.create(
        cible="agents", nom="Paie du mois", colonnes={"a": "nom", "b": "prenom"}, cle="nom+prenom"
    )
    drop(depots, "0 mouvements.csv", make_csv([affectation], entete=tete))
    drop(depots, "personnel.xlsx", make_xlsx([["Matricule", "Nom", "Prénom", "Sexe"], SAO[:4]]))
    drop(depots, "paie-du-mois-11.csv", make_csv([["WEMA", "Luc"]], entete=["A", "B"]))
    drop(depots, "agents20261124.csv", make_csv([BOULA]))
    faits = run()
    assert {nom: (f.depot.cible, f.depot.profil) for nom, f in faits.items()} == {
        "agents20261124.csv": ("agents", ""),
        "paie-du-mois-11.csv": ("agents", "Paie du mois"),
        "personnel.xlsx": ("agents", ""),
        "0 mouvements.csv": ("affectations", ""),
    }
    # Those that others point at come first, whatever their names.
    assert list(faits)[-1] == "0 mouvements.csv"
    assert set(issues(faits).values()) == {"applique"}


def test_what_cannot_be_read_is_refused_with_a_sentence(depots, settings):
    settings.IMPORT_TAILLE_MAX = 5000
    drop(depots, "agents.pdf", b"%PDF-1.7")
    drop(depots, "agents_vide.csv", b"")
    drop(depots, "agents_gros.csv", b"x" * 6000)
    drop(depots, "inconnu.csv", b"Alpha;Beta\n1;2\n")
    drop(depots, "agents\n<b>.csv", make_csv([BOULA]))
    (depots / os.fsdecode(b"agents\xff.csv")).write_bytes(make_csv([BOULA]))
    (depots / "agents_lien.csv").symlink_to("/etc/passwd")
    os.mkfifo(depots / "agents_tube.csv")
    drop(depots, "agents_b.csv", make_csv([BOULA]))
    os.link(depots / "agents_b.csv", depots / "agents_c.csv")
    faits = run()
    assert set(issues(faits).values()) == {"refuse"}
    assert all(fait.motif.endswith(".") and "\n" not in fait.motif for fait in faits.values())
    assert all(nom.isprintable() and "<" not in nom for nom in faits)
    assert "C’est un lien" in faits["agents_lien.csv"].motif
    assert Import.objects.count() == Agent.objects.count() == 0
    assert {chemin.split("/")[0] for chemin in there(depots)} == {"refuses"}
    notes = {c.name: c.read_text() for c in (depots / "refuses").glob("*.motif")}
    assert notes["agents_gros.csv.motif"] == faits["agents_gros.csv"].motif + "\n"
    # Nothing of what the link led to was read, nor changed.
    assert os.readlink(depots / "refuses" / "agents_lien.csv") == "/etc/passwd"


def test_what_is_being_written_and_folders_are_left_where_they_stand(depots, settings):
    drop(depots, "agents.csv.partiel", make_csv([BOULA]))
    drop(depots, ".agents.csv.swp", b"x")
    (depots / "ancien").mkdir()
    drop(depots / "ancien", "agents.csv", make_csv([BOULA]))
    settings.DEPOTS_REPOS = 60
    drop(depots, "agents.csv", make_csv([BOULA]))
    # An old date of its own, as « put -p » gives: the file is young all the same.
    os.utime(depots / "agents.csv", (0, 0))
    bilan = run_releve(acteur=None, jour=JOUR)
    assert (bilan.fichiers, bilan.dossiers) == ([], ["ancien"])
    assert bilan.en_ecriture == [".agents.csv.swp", "agents.csv", "agents.csv.partiel"]
    assert there(depots) == [".agents.csv.swp", "agents.csv", "agents.csv.partiel", "ancien/agents.csv"]
    settings.DEPOTS_REPOS = 0
    assert issues(run()) == {"agents.csv": "applique"}


def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_passage(depots, monkeypatch):
    drop(depots, "agents.csv", make_csv([BOULA]))
    with monkeypatch.context() as m:
        m.setattr(lecture.Boite, "read", lambda *a, **k: (_ for _ in ()).throw(lecture.FichierMouvant))
        assert run() == {}
    assert there(depots) == ["en_cours/agents.csv"]
    assert issues(run()) == {"agents.csv": "applique"}


def test_what_was_put_away_goes_after_its_time(depots, monkeypatch):
    drop(depots, "agents.csv", make_csv([BOULA]))
    drop(depots, "note.csv", b"%PDF-1.7")
    run()
    assert len(there(depots)) == 3
    plus_tard = timezone.now() + datetime.timedelta(days=6)
    monkeypatch.setattr("django.utils.timezone.now", lambda: plus_tard)
    run()
    assert len(there(depots)) == 3
    plus_tard += datetime.timedelta(days=2)
    run()
    assert there(depots) == []
    assert not any((depots / "traites").iterdir())


def test_a_folder_put_in_the_place_of_ours_by_a_link_is_not_followed(depots, tmp_path):
    (tmp_path / "ailleurs").mkdir()
    (depots / "traites").symlink_to(tmp_path / "ailleurs")
    drop(depots, "agents.csv", make_csv([BOULA]))
    with pytest.raises(OSError):
        run()
    assert list((tmp_path / "ailleurs").iterdir()) == []


def test_a_trial_writes_and_moves_nothing(depots):
    sans_service = ["5000", "WEMA", "Luc", "M", "12/03/1980", "01/02/2010", "C", ""]
    drop(depots, "agents.csv", make_csv([BOULA, sans_service]))
    affectation = ["5000", "01/02/2026", "DEPEV – Espaces verts"]
    tete = ["Matricule", "Date debut aff", "Service"]
    drop(depots, "affectations.csv", make_csv([affectation], entete=tete))
    drop(depots, "note.csv", b"%PDF-1.7")
    faits = run(simuler=True)
    # The second one finds what the first one would bring.
    assert issues(faits) == {"note.csv": "refuse", "agents.csv": "applique", "affectations.csv": "applique"}
    assert faits["affectations.csv"].depot.bilan["refuses"] == 0
    assert there(depots) == ["affectations.csv", "agents.csv", "note.csv"]
    for modele in (Agent, Import, Releve, FichierReleve, LigneJournal):
        assert modele.objects.count() == 0


def test_a_failure_in_one_file_leaves_it_to_a_person_and_the_others_go_on(depots, monkeypatch):
    echecs = iter([RuntimeError("panne")])

    def fail_once(**quoi):
        if echec := next(echecs, None):
            raise echec
        return apply_import(**quoi)

    monkeypatch.setattr("nouvea_sst.imports.actions.releves.apply_import", fail_once)
    drop(depots, "agents_1.csv", make_csv([BOULA]))
    drop(depots, "affectations.csv", make_csv([["9999", "01/02/2026", "DEPEV"]],
         entete=["Matricule", "Date debut aff", "Service"]))  # fmt: skip
    faits = run()
    assert issues(faits) == {"agents_1.csv": "attente", "affectations.csv": "applique"}
    assert "Une panne" in faits["agents_1.csv"].motif
    assert Agent.objects.count() == 0
    assert there(depots) == ["traites/2026-11-24/affectations.csv", "traites/2026-11-24/agents_1.csv"]


def test_without_a_folder_the_feed_is_off(tmp_path, settings):
    settings.DEPOTS = tmp_path / "absent"
    with pytest.raises(ReleveEteinte):
        run()
    tasks.take_depots()
    assert not Releve.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_passages_at_once_one_alone_works(depots):
    drop(depots, "agents.csv", make_csv([BOULA]))
    pris, fini = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_lock(hashtext(%s))", [VERROU])
            pris.set()
            fini.wait(20)
            # Closing alone lets go of it only once the server has noticed.
            curseur.execute("SELECT pg_advisory_unlock(hashtext(%s))", [VERROU])
        connection.close()

    fil = threading.Thread(target=hold)
    fil.start()
    pris.wait(20)
    with pytest.raises(ReleveEnCours):
        run()
    assert (there(depots), Releve.objects.count()) == (["agents.csv"], 0)
    fini.set()
    fil.join()
    assert issues(run()) == {"agents.csv": "applique"}


def test_each_file_has_its_own_identifier_so_that_it_can_be_undone(depots):
    drop(depots, "agents_1.csv", make_csv([BOULA]))
    drop(depots, "agents_2.csv", make_csv([GONY]))
    with acting(None):
        run()
    requetes = set(Import.objects.values_list("requete", flat=True))
    assert len(requetes) == 2
    assert "" not in requetes
