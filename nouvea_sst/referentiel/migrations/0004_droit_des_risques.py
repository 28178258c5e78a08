"""No list is of the domain of risks: the right says what it opens."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("referentiel", "0003_textes_et_retraits")]

    operations = [
        migrations.AlterModelOptions(
            name="parametre",
            options={
                "default_permissions": (),
                "ordering": ["code", "-date_effet"],
                "permissions": [
                    ("view_parametre", "Voir le référentiel"),
                    ("change_parametre", "Modifier les valeurs et listes du métier"),
                    ("change_medical", "Modifier les valeurs et listes médicales"),
                    ("change_risques", "Modifier les valeurs des risques"),
                    ("change_technique", "Modifier les valeurs et listes techniques"),
                ],
                "verbose_name": "paramètre",
            },
        ),
    ]
