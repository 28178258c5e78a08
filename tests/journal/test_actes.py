"""Each act that the code writes has its words."""

import re
from pathlib import Path

import pytest

from nouvea_sst.comptes.actes import ACTES, word_act
from tests.architecture.maison import RACINE, code_files

ECRIT = re.compile(r'acte="([a-z_]+\.[a-z_]+)"')


def written(racine: Path) -> set[str]:
    """Codes that stand in the code as text."""
    textes = (chemin.read_text(encoding="utf8") for chemin in code_files(racine))
    return {code for texte in textes for code in ECRIT.findall(texte)}


def test_every_act_written_has_its_words():
    codes = written(RACINE)
    assert len(codes) > 50
    assert sorted(codes - set(ACTES)) == []


@pytest.mark.parametrize("code", ACTES)
def test_words_begin_with_a_capital_and_hold_no_code(code):
    assert ACTES[code][0].isupper() and "_" not in ACTES[code]


def test_act_that_no_longer_exists_keeps_its_code():
    assert word_act("ancien.acte") == "ancien.acte"
