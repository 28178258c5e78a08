import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comptes", "0012_demandes_a_deux")]

    operations = [
        migrations.AddConstraint(
            model_name="utilisateur",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"),
                name="comptes_identifiant_unique",
                violation_error_message="Un compte porte déjà cet identifiant.",
            ),
        ),
    ]
