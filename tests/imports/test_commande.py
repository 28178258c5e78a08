"""manage.py importer."""

import io
import json

import pytest
from django.core.management import CommandError, call_command, load_command_class

from agents.models import Agent
from nouvea_sst.imports.lecture.genre import TABLEAU
from nouvea_sst.imports.models import Import, Profil
from tests.architecture.ecritures import written_tables
from tests.imports.fichiers import BOULA, GONY, make_csv, make_xlsx
from visites.models import MedecinRepris

pytestmark = pytest.mark.django_db


@pytest.fixture
def registre(tmp_path):
    def write(lignes=(BOULA, GONY), nom="registre.csv", **options):
        chemin = tmp_path / nom
        chemin.write_bytes(make_csv(lignes, **options))
        return str(chemin)

    return write


def run(*arguments):
    sortie, erreurs = io.StringIO(), io.StringIO()
    call_command("importer", *arguments, stdout=sortie, stderr=erreurs)
    return sortie.getvalue()


def refuse(*arguments):
    """Exit code and words of a refusal."""
    erreurs = io.StringIO()
    with pytest.raises(SystemExit) as sortie:
        call_command("importer", *arguments, stdout=io.StringIO(), stderr=erreurs)
    return sortie.value.code, erreurs.getvalue().strip()


@pytest.mark.parametrize("simuler", [[], ["--simuler"]])
@pytest.mark.parametrize(
    "nom, genre",
    [
        ("registre.xlsm", "Un classeur avec macros (.xlsm)"),
        ("REGISTRE.XLSB", "Un classeur binaire (.xlsb)"),
        ("registre.xltx", "Un modèle de classeur (.xltx)"),
    ],
)
def test_other_workbooks_are_refused_by_name_with_what_to_do(tmp_path, nom, genre, simuler):
    chemin = tmp_path / nom
    chemin.write_bytes(make_xlsx([BOULA, GONY]))
    code, phrase = refuse("agents", str(chemin), *simuler)
    assert (code, phrase) == (1, f"{genre} ne se lit pas ici : {TABLEAU}.")
    assert not Import.objects.exists() and not Agent.objects.exists()


def test_help_names_every_format():
    aide = " ".join(
        load_command_class("nouvea_sst", "importer").create_parser("", "importer").format_help().split()
    )
    for fin in (".csv", ".tsv", ".xlsx", ".xls", ".ods"):
        assert aide.count(fin) >= 2, fin


def test_json_has_exactly_these_keys(registre):
    fautif = [*GONY[:5], "31/02/2024", *GONY[6:]]
    resultat = json.loads(run("agents", registre([BOULA, fautif]), "--json"))
    assert resultat == {
        "lignes": 2,
        "crees": 1,
        "modifies": 0,
        "inchanges": 0,
        "refuses": [
            {
                "ligne": 3,
                "colonne": "Date d’embauche",
                "valeur": "31/02/2024",
                "motif": "Cette date n’existe pas. Corrigez le fichier, puis importez-le à nouveau.",
            }
        ],
    }
    assert list(resultat) == ["lignes", "crees", "modifies", "inchanges", "refuses"]


def test_second_run_is_unchanged_and_history_remembers(registre):
    run("agents", registre())
    assert json.loads(run("agents", registre(), "--json"))["inchanges"] == 2
    assert Import.objects.filter(etat="applique").count() == 2


def test_simulation_says_the_same_and_writes_nothing(registre):
    with written_tables() as ecrites:
        resultat = json.loads(run("agents", registre(), "--simuler", "--json"))
    assert ecrites == set()
    assert (resultat["crees"], Agent.objects.count(), Import.objects.count()) == (2, 0, 0)


def test_words_without_json(registre):
    texte = run("agents", registre([BOULA, [*GONY[:1], "", *GONY[2:]]]), "--simuler")
    assert "2 lignes : 1 créé, 0 modifié, 0 inchangé, 1 refusé." in texte
    assert "Ligne 3, Nom : Le champ « Nom d’usage » est vide." in texte
    assert "rien n’a été écrit" in texte


def test_profile_by_name(registre):
    Profil.objects.create(
        cible="agents", nom="Nu", colonnes={"a": "nom", "b": "prenom"}, cle="nom+prenom", ordre_date=""
    )
    chemin = registre([["BOULA", "Nathalie"]], entete=["A", "B"])
    assert json.loads(run("agents", chemin, "--profil", "Nu", "--json"))["crees"] == 1
    assert Agent.objects.get().cle_import == "nom+prenom=boula|nathalie"


def test_unknown_profile(registre):
    assert refuse("agents", registre(), "--profil", "Rien") == (1, "Aucun profil ne s’appelle « Rien ».")


def test_unreadable_files_end_with_1_and_one_sentence(registre, tmp_path):
    pdf = tmp_path / "r.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    code, phrase = refuse("agents", str(pdf), "--json")
    assert (code, phrase.count("\n")) == (1, 0)
    assert phrase.startswith("Un document PDF ne se lit pas ici")
    assert refuse("agents", str(tmp_path / "absent.csv"))[0] == 1
    assert refuse("agents", str(tmp_path))[0] == 1


def test_missing_columns_keep_no_import(registre):
    code, phrase = refuse("agents", registre([["F", "12/03/1980"]], entete=["Sexe", "Date de naissance"]))
    assert (code, phrase) == (1, "Aucune colonne du fichier ne donne « Nom d’usage » et « Prénom ».")
    assert not Import.objects.exists()


def test_unknown_target(registre):
    with pytest.raises(CommandError, match="« plantes » n’est pas une cible : .*agents"):
        call_command("importer", "plantes", registre())


@pytest.fixture
def dossier(tmp_path):
    """The register, doctors and a file that is nobody's business, in a folder."""
    (tmp_path / "agents.csv").write_bytes(make_csv([BOULA, GONY]))
    (tmp_path / "medecins.csv").write_text("ID_MEDECIN;TITRE;PRENOM;NOM\n2;Dr;ANNE;LE GOFF\n")
    (tmp_path / "enfants.csv").write_text("ID_ENFANT;PRENOM\n1;Léo\n")
    return tmp_path


def test_folder(dossier):
    texte = run(str(dossier))
    assert "agents.csv : 2 lignes : 2 créés" in texte and "medecins.csv : 1 ligne : 1 créé" in texte
    assert "Aucune cible ne porte le nom de enfants.csv" in texte
    assert (Agent.objects.count(), MedecinRepris.objects.get().libelle) == (2, "Dr ANNE LE GOFF")
    encore = json.loads(run(str(dossier), "--json"))
    assert {nom: fait["inchanges"] for nom, fait in encore["fichiers"].items()} == {
        "agents.csv": 2,
        "medecins.csv": 1,
    }
    assert encore["sans_cible"] == ["enfants.csv"]


def test_folder_in_simulation_writes_nothing(dossier):
    with written_tables() as ecrites:
        run(str(dossier), "--simuler")
    assert ecrites == set()


def test_a_file_that_cannot_be_read_does_not_keep_the_others_back(dossier):
    (dossier / "agents.csv").write_bytes(b"%PDF-1.7")
    with pytest.raises(SystemExit) as sortie:
        run(str(dossier))
    assert sortie.value.code == 1
    assert MedecinRepris.objects.exists() and not Agent.objects.exists()


def test_folder_without_anything_to_read(tmp_path):
    with pytest.raises(SystemExit):
        run(str(tmp_path))
    with pytest.raises(CommandError, match="n’est pas un dossier"):
        run(str(tmp_path / "absent"))


def test_workbook(tmp_path):
    chemin = tmp_path / "r.xlsx"
    chemin.write_bytes(
        make_xlsx([["Registre"], [], ["Matricule", "Nom", "Prénom"], [9003120, "BOULA", "Nathalie"]])
    )
    assert json.loads(run("agents", str(chemin), "--json"))["crees"] == 1
    assert Agent.objects.get().matricule == "3120"
