"""The right to keep the structures and the posts, which every collectivité shares."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agents", "0009_responsabilite_collectivite")]

    operations = [
        migrations.AlterModelOptions(
            name="agent",
            options={
                "default_permissions": (),
                "ordering": ["nom_cle", "pk"],
                "permissions": [
                    ("view_agent", "Voir les agents"),
                    ("view_identite", "Voir la naissance et les numéros"),
                    ("view_equipe", "Voir son équipe"),
                    ("view_carriere", "Voir le statut, l’embauche et le départ"),
                    ("change_agent", "Ajouter et corriger un agent"),
                    ("change_structure", "Tenir les structures et les postes"),
                    ("export_agent", "Exporter les agents"),
                    ("view_consultations", "Voir qui a consulté un dossier"),
                ],
            },
        ),
    ]
