from django.db import migrations
from django.db.models import F


def date_effects(apps, schema_editor):
    """Say of what was approved before that it took effect at once."""
    demandes = apps.get_model("comptes", "DemandeCompte").objects
    demandes.filter(etat="approuvee", effet_le=None).update(effet_le=F("decidee_le"))


class Migration(migrations.Migration):
    dependencies = [("comptes", "0010_avis_et_delais")]

    operations = [migrations.RunPython(date_effects, migrations.RunPython.noop)]
