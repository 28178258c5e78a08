"""Names and lengths of files: the real house, and small faulty ones."""

import pytest

from tests.architecture import verifs_fichiers as v
from tests.architecture.maison import RACINE

VERIFS = [v.forbidden_names, v.unknown_names, v.long_files, v.long_templates, v.long_functions]
LONGUE = "def f():\n" + "    x = 1\n" * 59
FAUTES = [
    (v.forbidden_names, "agents/utils.py", ""),
    (v.forbidden_names, "nouvea_sst/lib/helpers.py", ""),
    (v.forbidden_names, "agents/services/paie.py", ""),
    (v.forbidden_names, "agents/mixins.py", ""),
    (v.forbidden_names, "tests/constants.py", ""),
    (v.unknown_names, "agents/divers.py", ""),
    (v.unknown_names, "agents/divers/x.py", ""),
    (v.unknown_names, "nouvea_sst/referentiel/roles.py", ""),
    (v.long_files, "agents/models.py", "x = 1\n" * 401),
    (v.long_files, "tests/agents/test_x.py", "x = 1\n" * 401),
    (v.long_files, "static/css/base.css", "\n" * 401),
    (v.long_templates, "agents/templates/agents/liste.html", "<p>\n" * 151),
    (v.long_templates, "templates/layout/base.html", "<p>\n" * 151),
    (v.long_functions, "agents/views.py", LONGUE),
    (v.long_functions, "tests/agents/test_x.py", LONGUE),
]
JUSTES = [
    (v.forbidden_names, "agents/rules/utilite.py", ""),
    (v.unknown_names, "agents/querysets.py", ""),
    (v.unknown_names, "nouvea_sst/comptes/roles.py", ""),
    (v.unknown_names, "nouvea_sst/lib/dates.py", ""),
    (v.long_files, "agents/models.py", "x = 1\n" * 400),
    (v.long_files, "agents/migrations/0001_initial.py", "x = 1\n" * 900),
    (v.long_files, ".venv/lib/enorme.py", "x = 1\n" * 900),
    (v.long_templates, "agents/templates/agents/liste.html", "<p>\n" * 150),
    (v.long_functions, "agents/views.py", "@x\n" + "def f():\n" + "    x = 1\n" * 58),
]


@pytest.mark.parametrize("verif", VERIFS)
def test_house(verif):
    fautes = verif(RACINE)
    assert not fautes, "\n".join(fautes)


@pytest.mark.parametrize("verif, nom, texte", FAUTES)
def test_fault_is_reported(plant, verif, nom, texte):
    assert len(verif(plant({nom: texte}))) == 1


@pytest.mark.parametrize("verif, nom, texte", JUSTES)
def test_right_file_is_left_alone(plant, verif, nom, texte):
    assert verif(plant({nom: texte})) == []
