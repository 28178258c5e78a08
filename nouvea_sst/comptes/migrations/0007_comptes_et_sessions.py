import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("comptes", "0006_retraits"),
    ]

    operations = [
        migrations.CreateModel(
            name="DemandeCompte",
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
                            ("creation", "Nouveau compte"),
                            ("role", "Changement de rôle"),
                            ("reinitialisation", "Nouveau mot de passe"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinateur", "Coordinateur médico-social"),
                            ("chef", "Chef de section"),
                            ("medecin", "Médecin du travail"),
                            ("infirmier", "Infirmier de santé au travail"),
                            ("psychologue", "Psychologue"),
                            ("preventeur", "Préventeur"),
                            ("rh", "Gestionnaire RH"),
                            ("encadrant", "Encadrant"),
                            ("agent", "Agent"),
                            ("chct", "Membre du CHCT"),
                            ("auditeur", "Auditeur"),
                            ("administrateur", "Administrateur technique"),
                        ],
                        max_length=20,
                        verbose_name="rôle demandé",
                    ),
                ),
                ("demandee_le", models.DateTimeField(verbose_name="demandé le")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("en_attente", "En attente"),
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
                ("decidee_le", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
            ],
            options={
                "verbose_name": "demande",
                "ordering": ["demandee_le", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EssaiConnexion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "empreinte",
                    models.CharField(max_length=64, unique=True, verbose_name="empreinte de l’identifiant"),
                ),
                ("echecs", models.PositiveIntegerField(default=0, verbose_name="essais manqués de suite")),
                ("dernier_le", models.DateTimeField(verbose_name="dernier essai")),
            ],
            options={
                "verbose_name": "essai de connexion",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LienCompte",
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
                        choices=[("invitation", "Invitation"), ("reinitialisation", "Nouveau mot de passe")],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                (
                    "empreinte",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="empreinte"),
                ),
                ("cree_le", models.DateTimeField(verbose_name="créé le")),
                ("expire_le", models.DateTimeField(verbose_name="expire le")),
                ("fini_le", models.DateTimeField(blank=True, null=True, verbose_name="utilisé ou retiré le")),
            ],
            options={
                "verbose_name": "lien",
                "ordering": ["-cree_le", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SaisieGardee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("adresse", models.CharField(max_length=500, verbose_name="adresse de l’envoi")),
                ("champs", models.JSONField(default=dict, verbose_name="champs tapés")),
                ("fichiers", models.JSONField(default=list, verbose_name="fichiers perdus")),
                ("gardee_le", models.DateTimeField(db_index=True, verbose_name="gardée le")),
            ],
            options={
                "verbose_name": "saisie gardée",
                "verbose_name_plural": "saisies gardées",
                "ordering": ["-gardee_le", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SessionCompte",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("ouverte_le", models.DateTimeField(blank=True, null=True, verbose_name="ouverte le")),
                ("vue_le", models.DateTimeField(blank=True, null=True, verbose_name="dernière activité")),
                ("navigateur", models.CharField(blank=True, max_length=80, verbose_name="navigateur")),
                ("adresse", models.CharField(blank=True, max_length=45, verbose_name="poste")),
            ],
            options={
                "verbose_name": "session",
                "ordering": ["-vue_le", "session_key"],
                "default_permissions": (),
            },
        ),
        migrations.AlterModelOptions(
            name="utilisateur",
            options={
                "default_permissions": (),
                "permissions": [
                    ("view_journal", "Lire le journal"),
                    ("view_journal_section", "Lire le journal de la section, sans contenu"),
                    ("view_compte", "Voir les comptes"),
                    ("change_compte", "Ouvrir, changer et désactiver un compte"),
                    ("approve_compte", "Approuver les comptes et les rôles"),
                ],
                "verbose_name": "user",
                "verbose_name_plural": "users",
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="utilisateur",
            name="modification_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="utilisateur",
            name="suppression_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="utilisateur",
            name="creation_insert",
        ),
        migrations.AddField(
            model_name="histoireutilisateur",
            name="approuve_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="approuvé le"),
        ),
        migrations.AddField(
            model_name="histoireutilisateur",
            name="ferme_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="désactivé le"),
        ),
        migrations.AddField(
            model_name="histoireutilisateur",
            name="motif_fermeture",
            field=models.CharField(
                blank=True,
                choices=[
                    ("decision", "Décision d’un administrateur"),
                    ("depart", "Départ de l’agent"),
                    ("refus", "Création refusée"),
                ],
                max_length=15,
                verbose_name="motif de la désactivation",
            ),
        ),
        migrations.AddField(
            model_name="histoireutilisateur",
            name="revenu_le",
            field=models.DateField(blank=True, null=True, verbose_name="agent revenu le"),
        ),
        migrations.AddField(
            model_name="utilisateur",
            name="approuve_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="approuvé le"),
        ),
        migrations.AddField(
            model_name="utilisateur",
            name="ferme_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="désactivé le"),
        ),
        migrations.AddField(
            model_name="utilisateur",
            name="motif_fermeture",
            field=models.CharField(
                blank=True,
                choices=[
                    ("decision", "Décision d’un administrateur"),
                    ("depart", "Départ de l’agent"),
                    ("refus", "Création refusée"),
                ],
                max_length=15,
                verbose_name="motif de la désactivation",
            ),
        ),
        migrations.AddField(
            model_name="utilisateur",
            name="revenu_le",
            field=models.DateField(blank=True, null=True, verbose_name="agent revenu le"),
        ),
        migrations.AddField(
            model_name="utilisateur",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="utilisateur",
            trigger=pgtrigger.compiler.Trigger(
                name="modification_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."approuve_le" IS DISTINCT FROM (NEW."approuve_le") OR OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."ferme_le" IS DISTINCT FROM (NEW."ferme_le") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."fonction" IS DISTINCT FROM (NEW."fonction") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."motif_fermeture" IS DISTINCT FROM (NEW."motif_fermeture") OR OLD."revenu_le" IS DISTINCT FROM (NEW."revenu_le") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."username" IS DISTINCT FROM (NEW."username"))',
                    func='INSERT INTO "comptes_histoireutilisateur" ("approuve_le", "date_joined", "email", "ferme_le", "first_name", "fonction", "id", "is_active", "is_staff", "is_superuser", "last_name", "motif_fermeture", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revenu_le", "role", "username") VALUES (OLD."approuve_le", OLD."date_joined", OLD."email", OLD."ferme_le", OLD."first_name", OLD."fonction", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."last_name", OLD."motif_fermeture", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'modification\', OLD."id", OLD."revenu_le", OLD."role", OLD."username"); RETURN NULL;',
                    hash="65a11d92178e7a2b193fc628b732fc6bfee56972",
                    operation="UPDATE",
                    pgid="pgtrigger_modification_update_31b54",
                    table="comptes_utilisateur",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="utilisateur",
            trigger=pgtrigger.compiler.Trigger(
                name="suppression_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "comptes_histoireutilisateur" ("approuve_le", "date_joined", "email", "ferme_le", "first_name", "fonction", "id", "is_active", "is_staff", "is_superuser", "last_name", "motif_fermeture", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revenu_le", "role", "username") VALUES (OLD."approuve_le", OLD."date_joined", OLD."email", OLD."ferme_le", OLD."first_name", OLD."fonction", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."last_name", OLD."motif_fermeture", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'suppression\', OLD."id", OLD."revenu_le", OLD."role", OLD."username"); RETURN NULL;',
                    hash="4b8049778eeabe9035c6c0452e6b2e7c2f3a18ff",
                    operation="DELETE",
                    pgid="pgtrigger_suppression_delete_5fe52",
                    table="comptes_utilisateur",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="utilisateur",
            trigger=pgtrigger.compiler.Trigger(
                name="creation_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "comptes_histoireutilisateur" ("approuve_le", "date_joined", "email", "ferme_le", "first_name", "fonction", "id", "is_active", "is_staff", "is_superuser", "last_name", "motif_fermeture", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revenu_le", "role", "username") VALUES (NEW."approuve_le", NEW."date_joined", NEW."email", NEW."ferme_le", NEW."first_name", NEW."fonction", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", NEW."motif_fermeture", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'creation\', NEW."id", NEW."revenu_le", NEW."role", NEW."username"); RETURN NULL;',
                    hash="0a3034f13f7a9c2d43cc659cda7937adaa175202",
                    operation="INSERT",
                    pgid="pgtrigger_creation_insert_6a195",
                    table="comptes_utilisateur",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="demandecompte",
            name="compte",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="demandes",
                to=settings.AUTH_USER_MODEL,
                verbose_name="compte concerné",
            ),
        ),
        migrations.AddField(
            model_name="demandecompte",
            name="decideur",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="demandes_decidees",
                to=settings.AUTH_USER_MODEL,
                verbose_name="décidé par",
            ),
        ),
        migrations.AddField(
            model_name="demandecompte",
            name="demandeur",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="demandes_faites",
                to=settings.AUTH_USER_MODEL,
                verbose_name="demandé par",
            ),
        ),
        migrations.AddField(
            model_name="liencompte",
            name="compte",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="liens",
                to=settings.AUTH_USER_MODEL,
                verbose_name="compte",
            ),
        ),
        migrations.AddField(
            model_name="liencompte",
            name="cree_par",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="liens_crees",
                to=settings.AUTH_USER_MODEL,
                verbose_name="créé par",
            ),
        ),
        migrations.AddField(
            model_name="saisiegardee",
            name="compte",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="saisies",
                to=settings.AUTH_USER_MODEL,
                verbose_name="compte",
            ),
        ),
        migrations.AddField(
            model_name="sessioncompte",
            name="compte",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="compte",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandecompte",
            constraint=models.UniqueConstraint(
                condition=models.Q(("etat", "en_attente")),
                fields=("compte", "nature"),
                name="comptes_demande_une",
                violation_error_message="Une demande semblable attend déjà.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandecompte",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decideur__isnull", True),
                    models.Q(("etat", "approuvee"), _negated=True),
                    models.Q(("decideur", models.F("demandeur")), _negated=True),
                    _connector="OR",
                ),
                name="comptes_demande_deux_personnes",
                violation_error_message="Personne n’approuve ce qu’il a demandé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandecompte",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decidee_le__isnull", True), ("decideur__isnull", True), ("etat", "en_attente")
                    ),
                    models.Q(models.Q(("etat", "en_attente"), _negated=True), ("decidee_le__isnull", False)),
                    _connector="OR",
                ),
                name="comptes_demande_decidee",
                violation_error_message="Une demande décidée porte sa date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="liencompte",
            constraint=models.UniqueConstraint(
                condition=models.Q(("fini_le__isnull", True)),
                fields=("compte",),
                name="comptes_lien_un_seul",
                violation_error_message="Ce compte a déjà un lien.",
            ),
        ),
    ]
