import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agents", "0008_proteger_les_liens"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="responsabilite",
            name="modification_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="responsabilite",
            name="suppression_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="responsabilite",
            name="creation_insert",
        ),
        migrations.AddField(
            model_name="histoireresponsabilite",
            name="collectivite",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="agents.collectivite",
                verbose_name="collectivité",
            ),
        ),
        migrations.AddField(
            model_name="responsabilite",
            name="collectivite",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="agents.collectivite",
                verbose_name="collectivité",
            ),
        ),
        migrations.AlterField(
            model_name="histoireresponsabilite",
            name="structure",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="agents.structure",
                verbose_name="structure",
            ),
        ),
        migrations.AlterField(
            model_name="responsabilite",
            name="structure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="agents.structure",
                verbose_name="structure",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsabilite",
            trigger=pgtrigger.compiler.Trigger(
                name="modification_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "agents_histoireresponsabilite" ("collectivite_id", "compte_id", "date_debut", "date_fin", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "structure_id") VALUES (OLD."collectivite_id", OLD."compte_id", OLD."date_debut", OLD."date_fin", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'modification\', OLD."id", OLD."structure_id"); RETURN NULL;',
                    hash="a48ffad28f38ebc4bfa21b044c11451d3ff7f6ac",
                    operation="UPDATE",
                    pgid="pgtrigger_modification_update_dc9ee",
                    table="agents_responsabilite",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsabilite",
            trigger=pgtrigger.compiler.Trigger(
                name="suppression_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agents_histoireresponsabilite" ("collectivite_id", "compte_id", "date_debut", "date_fin", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "structure_id") VALUES (OLD."collectivite_id", OLD."compte_id", OLD."date_debut", OLD."date_fin", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'suppression\', OLD."id", OLD."structure_id"); RETURN NULL;',
                    hash="82de3d34f26e9d3588d156bb05060cfc4d407737",
                    operation="DELETE",
                    pgid="pgtrigger_suppression_delete_85591",
                    table="agents_responsabilite",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsabilite",
            trigger=pgtrigger.compiler.Trigger(
                name="creation_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "agents_histoireresponsabilite" ("collectivite_id", "compte_id", "date_debut", "date_fin", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "structure_id") VALUES (NEW."collectivite_id", NEW."compte_id", NEW."date_debut", NEW."date_fin", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'creation\', NEW."id", NEW."structure_id"); RETURN NULL;',
                    hash="cfff3480f23aaf84ac3256e7806e2236e264895b",
                    operation="INSERT",
                    pgid="pgtrigger_creation_insert_81a12",
                    table="agents_responsabilite",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="responsabilite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("collectivite__isnull", True), ("structure__isnull", False)),
                    models.Q(("collectivite__isnull", False), ("structure__isnull", True)),
                    _connector="OR",
                ),
                name="agents_responsabilite_une",
                violation_error_message="On répond d’une structure ou d’une collectivité, pas des deux.",
            ),
        ),
    ]
