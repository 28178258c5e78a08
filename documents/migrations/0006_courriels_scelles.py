"""The messages under way are sealed; a message may come back, and may leave by another channel."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Upper

import nouvea_sst.lib.scelles
from nouvea_sst.lib.chiffrement import seal

PARTIS = ["envoye", "revenu"]


def seal_waiting(apps, schema_editor):
    """Seal what is still to be sent, or may be sent again."""
    for courriel in apps.get_model("documents", "Courriel").objects.exclude(clair=b"").order_by("pk"):
        seal(courriel, "contenu", bytes(courriel.clair))
        courriel.save(update_fields=["contenu"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_versions_figees")]

    operations = [
        migrations.RenameField(model_name="courriel", old_name="contenu", new_name="clair"),
        migrations.AddField(
            model_name="courriel",
            name="contenu",
            field=nouvea_sst.lib.scelles.OctetsScelles(
                blank=True, classe="H2", ligne="reference", null=True, verbose_name="contenu"
            ),
        ),
        migrations.RunPython(seal_waiting, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="courriel", name="clair"),
        migrations.AddField(
            model_name="courriel",
            name="canal",
            field=models.CharField(
                choices=[("courriel", "Courriel"), ("sms", "SMS")],
                default="courriel",
                max_length=10,
                verbose_name="canal",
            ),
        ),
        migrations.AddField(
            model_name="courriel",
            name="revenu_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="revenu le"),
        ),
        migrations.AlterField(
            model_name="courriel",
            name="etat",
            field=models.CharField(
                choices=[
                    ("en_attente", "En attente"),
                    ("envoye", "Envoyé"),
                    ("refuse", "Refusé"),
                    ("non_distribue", "Non distribué"),
                    ("revenu", "Revenu"),
                ],
                default="en_attente",
                max_length=15,
                verbose_name="état",
            ),
        ),
        migrations.AddIndex(
            model_name="courriel",
            index=models.Index(
                Upper("adresse"), models.F("cree_le").desc(), name="documents_courriels_adresse"
            ),
        ),
        migrations.RemoveConstraint(model_name="courriel", name="documents_courriel_envoye_date"),
        migrations.AddConstraint(
            model_name="courriel",
            constraint=models.CheckConstraint(
                name="documents_courriel_envoye_date",
                condition=Q(etat__in=PARTIS, envoye_le__isnull=False)
                | (~Q(etat__in=PARTIS) & Q(envoye_le__isnull=True)),
                violation_error_message="Un message envoyé porte sa date, lui seul.",
            ),
        ),
        migrations.AddConstraint(
            model_name="courriel",
            constraint=models.CheckConstraint(
                name="documents_courriel_revenu_date",
                condition=Q(etat="revenu", revenu_le__isnull=False)
                | (~Q(etat="revenu") & Q(revenu_le__isnull=True)),
                violation_error_message="Un message revenu porte sa date, lui seul.",
            ),
        ),
    ]
