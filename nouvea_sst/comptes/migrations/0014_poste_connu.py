from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comptes", "0013_identifiants_uniques")]

    operations = [
        migrations.AddField(
            model_name="essaiconnexion",
            name="reussi_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="dernière connexion réussie"),
        ),
    ]
