"""Models and migrations say the same."""

import pytest
from django.core.management import call_command

from nouvea_sst.comptes.models import LigneJournal

pytestmark = pytest.mark.django_db


def test_no_migration_is_missing():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)


def test_missing_migration_is_reported(monkeypatch, capsys):
    monkeypatch.setattr(LigneJournal._meta.get_field("acte"), "max_length", 81)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    assert "acte" in capsys.readouterr().out
