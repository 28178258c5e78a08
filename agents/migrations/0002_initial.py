# Constraints and index of the personnel file.

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agents", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="structure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_fin__isnull", True), ("date_fin__gte", models.F("date_debut")), _connector="OR"
                ),
                name="agents_structure_periode",
                violation_error_message="La fin précède le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="structure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("date_fin__isnull", True)),
                fields=("sigle",),
                name="agents_structure_sigle",
                violation_error_message="Une structure ouverte porte déjà ce sigle.",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsabilite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_fin__isnull", True), ("date_fin__gte", models.F("date_debut")), _connector="OR"
                ),
                name="agents_responsabilite_periode",
                violation_error_message="La fin précède le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="heurestravaillees",
            constraint=models.UniqueConstraint(
                fields=("annee", "mois", "structure"),
                name="agents_heures_uniques",
                nulls_distinct=False,
                violation_error_message="Les heures de ce mois sont déjà saisies.",
            ),
        ),
        migrations.AddConstraint(
            model_name="heurestravaillees",
            constraint=models.CheckConstraint(
                condition=models.Q(("mois__gte", 1), ("mois__lte", 12)),
                name="agents_heures_mois",
                violation_error_message="Le mois va de 1 à 12.",
            ),
        ),
        migrations.AddIndex(
            model_name="agent",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("nom_cle"), name="gin_trgm_ops"),
                name="agents_nom_cle_trgm",
            ),
        ),
        migrations.AddConstraint(
            model_name="agent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_depart__isnull", True),
                    ("date_embauche__isnull", True),
                    ("date_depart__gte", models.F("date_embauche")),
                    _connector="OR",
                ),
                name="agents_depart_apres_embauche",
                violation_error_message="Le départ précède l’embauche.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_naissance__isnull", True),
                    ("date_embauche__isnull", True),
                    ("date_naissance__lt", models.F("date_embauche")),
                    _connector="OR",
                ),
                name="agents_naissance_avant_embauche",
                violation_error_message="La naissance ne précède pas l’embauche.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affectation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_fin__isnull", True), ("date_fin__gte", models.F("date_debut")), _connector="OR"
                ),
                name="agents_affectation_periode",
                violation_error_message="La fin précède le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affectation",
            constraint=models.UniqueConstraint(
                fields=("agent", "date_debut"),
                name="agents_affectation_debut",
                violation_error_message="Une affectation commence déjà ce jour-là.",
            ),
        ),
        migrations.AddConstraint(
            model_name="affectation",
            constraint=models.CheckConstraint(
                condition=models.Q(("temps_travail__gte", 1), ("temps_travail__lte", 100)),
                name="agents_affectation_temps",
                violation_error_message="Le temps de travail va de 1 à 100 %.",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_fin__isnull", True), ("date_fin__gte", models.F("date_debut")), _connector="OR"
                ),
                name="agents_absence_periode",
                violation_error_message="La fin précède le début.",
            ),
        ),
    ]
