"""docs/permissions.md, docs/etats.md and docs/champs.md say what the code says."""

from django.core.management import call_command

from nouvea_sst.champs import render_champs
from nouvea_sst.comptes.documentation import SIGLES, render_permissions
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.roles import MATRICE
from nouvea_sst.etats import render_etats
from tests.architecture.maison import RACINE


def test_permissions_page_is_up_to_date():
    page = (RACINE / "docs/permissions.md").read_text(encoding="utf8")
    assert page == render_permissions(), "run: python manage.py documenter"


def test_permissions_page_names_every_right_and_role():
    page = render_permissions()
    assert [droit for droit in MATRICE if f"`{droit}`" not in page] == []
    assert [role for role in Role if role.label not in page] == []


def test_permissions_page_marks_who_holds_a_right(monkeypatch):
    monkeypatch.setitem(MATRICE, "comptes.view_journal", (Role.AUDITEUR, Role.CHEF))
    ligne = next(ligne for ligne in render_permissions().splitlines() if "comptes.view_journal" in ligne)
    marques = [cellule.strip() for cellule in ligne.split("|")[3:-1]]
    assert [s for s, m in zip(SIGLES.values(), marques, strict=True) if m] == ["CHE", "AUD"]


def test_states_page_is_up_to_date():
    page = (RACINE / "docs/etats.md").read_text(encoding="utf8")
    assert page == render_etats(), "run: python manage.py documenter"


def test_states_page_says_what_may_follow():
    page = render_etats()
    assert "| Nouveau | Qualifié, Rejeté |" in page
    assert "| Réalisée | fin |" in page


def test_fields_page_is_up_to_date():
    page = (RACINE / "docs/champs.md").read_text(encoding="utf8")
    assert page == render_champs(), "run: python manage.py documenter"


def test_fields_page_says_the_class_and_the_audience():
    page = render_champs()
    visite = page.partition("### Visite (`Visite`)")[2].partition("###")[0]
    assert "| `conclusion` | conclusion | H1 | La section et les RH ;" in visite


def test_command_writes_the_page(tmp_path, capsys):
    call_command("documenter", dossier=tmp_path)
    assert (tmp_path / "permissions.md").read_text(encoding="utf8") == render_permissions()
    assert (tmp_path / "etats.md").read_text(encoding="utf8") == render_etats()
    assert (tmp_path / "champs.md").read_text(encoding="utf8") == render_champs()
    assert str(tmp_path) in capsys.readouterr().out
