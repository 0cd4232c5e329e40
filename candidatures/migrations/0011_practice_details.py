"""What a practice says more of itself; its dates take the place of its year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("candidatures", "0010_approval")]

    operations = [
        migrations.AddField(
            "initiative",
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
            "initiative",
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
            "initiative",
            "tools",
            models.JSONField(blank=True, default=list, verbose_name="outils et licences"),
        ),
        migrations.AddField(
            "initiative",
            "links",
            models.JSONField(blank=True, default=list, verbose_name="liens"),
        ),
        migrations.AddField(
            "initiative",
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
            "initiative",
            "ended_on",
            models.DateField(blank=True, null=True, verbose_name="date de fin"),
        ),
        migrations.AddField(
            "initiative",
            "started_on",
            models.DateField(null=True, verbose_name="date de début"),
        ),
        migrations.AddField(
            "initiative",
            "contact_email",
            models.EmailField(
                blank=True,
                max_length=254,
                verbose_name="adresse électronique du contact",
                default="",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "initiative",
            "is_shared",
            models.BooleanField(default=True, verbose_name="publier cette action dans Atlaas"),
        ),
        migrations.RunSQL(
            "UPDATE candidatures_initiative SET started_on = make_date(started_year, 1, 1),"
            " ended_on = CASE WHEN still_running THEN NULL"
            " ELSE make_date(started_year, 12, 31) END",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "initiative", "started_on", models.DateField(verbose_name="date de début")
        ),
        migrations.RemoveField("initiative", "started_year"),
        migrations.RemoveField("initiative", "still_running"),
        migrations.AddConstraint(
            "initiative",
            models.CheckConstraint(
                condition=models.Q(
                    ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                ),
                name="initiative_ends_after_it_starts",
                violation_error_message="Une action ne finit pas avant d’avoir commencé.",
            ),
        ),
    ]
