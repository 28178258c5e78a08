from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0014_poste_connu"),
    ]

    operations = [
        migrations.AlterField(
            model_name="demandecompte",
            name="etat",
            field=models.CharField(
                choices=[
                    ("en_attente", "En attente"),
                    ("en_delai", "Approuvée avec délai"),
                    ("approuvee", "Approuvée"),
                    ("refusee", "Refusée"),
                    ("annulee", "Annulée"),
                ],
                db_index=True,
                default="en_attente",
                max_length=15,
                verbose_name="état",
            ),
        ),
    ]
