"""What a practice says more of itself; its dates take the place of its year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("atlaas", "0002_initial")]

    operations = [
        migrations.AddField(
            "sheet",
            "audience",
            models.CharField(
                default="",
                blank=True,
                help_text="À qui elle sert d’abord.",
                max_length=300,
                verbose_name="publics",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "sheet",
            "partners",
            models.TextField(
                default="",
                blank=True,
                help_text="Associations, opérateurs, autres collectivités, et ce que chacun apporte.",
                max_length=1000,
                verbose_name="partenaires",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "sheet",
            "tools",
            models.JSONField(blank=True, default=list, verbose_name="outils et licences"),
        ),
        migrations.AddField(
            "sheet",
            "links",
            models.JSONField(blank=True, default=list, verbose_name="liens"),
        ),
        migrations.AddField(
            "sheet",
            "contact_role",
            models.CharField(
                default="",
                blank=True,
                max_length=120,
                verbose_name="service ou fonction à contacter",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "sheet",
            "ended_on",
            models.DateField(blank=True, null=True, verbose_name="date de fin"),
        ),
        migrations.AddField(
            "sheet",
            "started_on",
            models.DateField(null=True, verbose_name="date de début"),
        ),
        migrations.RunSQL(
            "UPDATE atlaas_sheet SET started_on = make_date(started_year, 1, 1),"
            " ended_on = CASE WHEN still_running THEN NULL"
            " ELSE make_date(started_year, 12, 31) END",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "sheet", "started_on", models.DateField(verbose_name="date de début")
        ),
        migrations.RemoveField("sheet", "started_year"),
        migrations.RemoveField("sheet", "still_running"),
        migrations.AddConstraint(
            "sheet",
            models.CheckConstraint(
                condition=models.Q(
                    ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                ),
                name="sheet_ends_after_it_starts",
                violation_error_message="Une action ne finit pas avant d’avoir commencé.",
            ),
        ),
    ]
