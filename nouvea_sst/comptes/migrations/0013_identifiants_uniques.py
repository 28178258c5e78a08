import django.db.models.functions.text
from django.core.management.base import CommandError
from django.db import migrations, models


def name_twins(apps, schema_editor):
    """Say which accounts stop the migration, before the database says it in its own words."""
    noms = apps.get_model("comptes", "Utilisateur").objects.order_by("username")
    lus = {}
    for nom in noms.values_list("username", flat=True):
        lus.setdefault(nom.lower(), []).append(nom)
    jumeaux = ["« " + " », « ".join(groupe) + " »" for groupe in lus.values() if len(groupe) > 1]
    if jumeaux:
        raise CommandError(
            f"Ces identifiants ne diffèrent que par les majuscules : {' ; '.join(jumeaux)}. "
            "Renommez les comptes avec la version précédente, puis relancez la mise à jour."
        )


class Migration(migrations.Migration):
    dependencies = [("comptes", "0012_demandes_a_deux")]

    operations = [
        migrations.RunPython(name_twins, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="utilisateur",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"),
                name="comptes_identifiant_unique",
                violation_error_message="Un compte porte déjà cet identifiant.",
            ),
        ),
    ]
