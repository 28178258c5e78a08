"""Typed days of leave stop at ten years: a larger number made the list of accidents fail."""

import django.core.validators
from django.db import migrations, models

JOURS_MAX = 3650
TROP_DE_JOURS = "Un arrêt saisi compte 3\u202f650 jours au plus."


def cap(apps, schema_editor):
    """Bring what was typed beyond down to the bound; its history keeps the number typed."""
    accidents = apps.get_model("signalements", "Accident").objects
    accidents.filter(jours_saisis__gt=JOURS_MAX).update(jours_saisis=JOURS_MAX)


def jours():
    """The column, bounded."""
    return models.PositiveIntegerField(
        blank=True,
        null=True,
        validators=[django.core.validators.MaxValueValidator(JOURS_MAX, TROP_DE_JOURS)],
        verbose_name="jours d’arrêt saisis",
    )


class Migration(migrations.Migration):
    dependencies = [("signalements", "0002_histoire")]

    operations = [
        migrations.RunPython(cap, migrations.RunPython.noop),
        migrations.AlterField(model_name="accident", name="jours_saisis", field=jours()),
        migrations.AlterField(model_name="histoireaccident", name="jours_saisis", field=jours()),
        migrations.AddConstraint(
            model_name="accident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("jours_saisis__isnull", True), ("jours_saisis__lte", JOURS_MAX), _connector="OR"
                ),
                name="signalements_accident_jours_saisis",
                violation_error_message=TROP_DE_JOURS,
            ),
        ),
    ]
