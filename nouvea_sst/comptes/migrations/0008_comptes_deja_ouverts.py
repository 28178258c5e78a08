from django.db import migrations
from django.db.models import F
from django.db.models.functions import Now


def approve(apps, schema_editor):
    """Let in those who could log in before accounts were approved; say why others are closed."""
    comptes = apps.get_model("comptes", "Utilisateur").objects
    comptes.filter(approuve_le=None).update(approuve_le=F("date_joined"))
    comptes.filter(is_active=False).update(ferme_le=Now(), motif_fermeture="decision")


class Migration(migrations.Migration):
    dependencies = [("comptes", "0007_comptes_et_sessions")]

    operations = [migrations.RunPython(approve, migrations.RunPython.noop)]
