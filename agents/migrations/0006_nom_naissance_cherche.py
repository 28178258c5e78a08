"""The birth name is searched as it is typed: without accents nor case."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations

from nouvea_sst.lib.texte_base import Plie


class Migration(migrations.Migration):
    dependencies = [("agents", "0005_droit_consultations")]

    operations = [
        migrations.AddIndex(
            model_name="agent",
            index=GinIndex(OpClass(Plie("nom_naissance"), name="gin_trgm_ops"), name="agents_naissance_trgm"),
        ),
    ]
