"""docs/permissions.md says what the matrix says."""

from nouvea_sst.comptes.documentation import render_permissions
from nouvea_sst.comptes.roles import MATRICE
from tests.architecture.maison import RACINE


def test_permissions_page_is_up_to_date():
    page = (RACINE / "docs/permissions.md").read_text(encoding="utf8")
    assert page == render_permissions(), "run: python manage.py documenter"


def test_permissions_page_names_every_right():
    page = render_permissions()
    assert [droit for droit in MATRICE if droit not in page] == []
