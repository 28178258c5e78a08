from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comptes", "0011_effet_des_demandes")]

    operations = [
        migrations.AddConstraint(
            model_name="demandecompte",
            constraint=models.UniqueConstraint(
                condition=models.Q(("etat__in", ["en_attente", "en_delai"])),
                fields=("compte", "nature"),
                name="comptes_demande_une",
                violation_error_message="Une demande semblable attend déjà.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandecompte",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat__in", ["approuvee", "en_delai"]), _negated=True),
                    models.Q(
                        ("decideur__isnull", False),
                        models.Q(("decideur", models.F("demandeur")), _negated=True),
                        models.Q(("decideur", models.F("compte")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="comptes_demande_deux_personnes",
                violation_error_message="Personne n’approuve ce qu’il a demandé, ni ce qui le concerne.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandecompte",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effet_le__isnull", False),
                    models.Q(("etat__in", ["approuvee", "en_delai"]), _negated=True),
                    _connector="OR",
                ),
                name="comptes_demande_effet",
                violation_error_message="Une demande approuvée dit quand elle prend effet.",
            ),
        ),
    ]
