import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0009_fermeture_dite"),
    ]

    operations = [
        migrations.CreateModel(
            name="AvisCompte",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("reinit_demandee", "Un nouveau mot de passe a été demandé pour votre compte."),
                            ("reinit_accordee", "Le nouveau mot de passe demandé est approuvé."),
                            ("lien", "Un lien pour choisir le mot de passe de votre compte a été créé."),
                            ("choisi", "Le mot de passe de votre compte a été choisi par un lien."),
                            ("change", "Le mot de passe de votre compte a été changé."),
                            ("role_demande", "Un autre rôle a été demandé pour votre compte."),
                            ("role_accorde", "L’autre rôle demandé pour votre compte est approuvé."),
                            ("role_change", "Le rôle de votre compte a changé."),
                            ("adresse_demandee", "Une autre adresse a été demandée pour votre compte."),
                            ("adresse_accordee", "L’autre adresse demandée pour votre compte est approuvée."),
                            ("adresse_changee", "L’adresse de votre compte a changé."),
                            (
                                "fiche_demandee",
                                "Un changement du lien entre un compte et votre fiche a été demandé.",
                            ),
                            (
                                "fiche_accordee",
                                "Le changement du lien entre un compte et votre fiche est approuvé.",
                            ),
                            ("fiche_changee", "Le lien entre un compte et votre fiche a changé."),
                            ("rouv_demandee", "La réouverture de votre compte a été demandée."),
                            ("rouvert", "Votre compte est rouvert."),
                        ],
                        max_length=20,
                        verbose_name="ce qui est dit",
                    ),
                ),
                ("adresse", models.EmailField(blank=True, max_length=254, verbose_name="adresse")),
                ("cree_le", models.DateTimeField(db_index=True, verbose_name="dit le")),
                ("envoye_le", models.DateTimeField(blank=True, null=True, verbose_name="envoyé le")),
            ],
            options={
                "verbose_name": "avis sur un compte",
                "verbose_name_plural": "avis sur un compte",
                "ordering": ["-cree_le", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="demandecompte",
            name="comptes_demande_une",
        ),
        migrations.RemoveConstraint(
            model_name="demandecompte",
            name="comptes_demande_deux_personnes",
        ),
        migrations.AddField(
            model_name="demandecompte",
            name="cible",
            field=models.CharField(blank=True, max_length=254, verbose_name="ce qui est demandé"),
        ),
        migrations.AddField(
            model_name="demandecompte",
            name="effet_le",
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="prend effet le"),
        ),
        migrations.AddField(
            model_name="demandecompte",
            name="precision",
            field=models.CharField(blank=True, max_length=254, verbose_name="ce que lit qui approuve"),
        ),
        migrations.AlterField(
            model_name="demandecompte",
            name="etat",
            field=models.CharField(
                choices=[
                    ("en_attente", "En attente"),
                    ("en_delai", "Approuvée, pas encore en effet"),
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
        migrations.AlterField(
            model_name="demandecompte",
            name="nature",
            field=models.CharField(
                choices=[
                    ("creation", "Nouveau compte"),
                    ("role", "Changement de rôle"),
                    ("reinitialisation", "Nouveau mot de passe"),
                    ("reouverture", "Compte à rouvrir"),
                    ("adresse", "Autre adresse électronique"),
                    ("fiche", "Fiche d’agent du compte"),
                ],
                max_length=20,
                verbose_name="nature",
            ),
        ),
        migrations.AddField(
            model_name="aviscompte",
            name="compte",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avis",
                to=settings.AUTH_USER_MODEL,
                verbose_name="compte",
            ),
        ),
        migrations.AddField(
            model_name="aviscompte",
            name="lien",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avis",
                to="comptes.liencompte",
                verbose_name="lien",
            ),
        ),
    ]
