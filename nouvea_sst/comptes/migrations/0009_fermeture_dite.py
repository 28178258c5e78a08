from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comptes", "0008_comptes_deja_ouverts")]

    operations = [
        migrations.AddConstraint(
            model_name="utilisateur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ferme_le__isnull", True), ("is_active", True), ("motif_fermeture", "")),
                    models.Q(
                        ("ferme_le__isnull", False),
                        ("is_active", False),
                        models.Q(("motif_fermeture", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="comptes_fermeture_dite",
                violation_error_message="Un compte désactivé porte sa date et son motif.",
            ),
        ),
    ]
