"""Jobs that ended before ends were announced are not announced now."""

from django.db import migrations
from django.db.models import F


def mark_old_ends(apps, schema_editor):
    """Take their end for the day it was told."""
    Travail = apps.get_model("travaux", "Travail")
    Travail.objects.filter(fini_le__isnull=False).update(annonce_le=F("fini_le"))


class Migration(migrations.Migration):
    dependencies = [("travaux", "0002_annonce_et_abandon")]

    operations = [migrations.RunPython(mark_old_ends, migrations.RunPython.noop)]
