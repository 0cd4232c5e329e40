"""Three roles in place of référent·e or not."""

from typing import Any

from django.db import migrations, models


def name_referents(apps: Any, schema_editor: Any) -> None:
    apps.get_model("territories", "Membership").objects.filter(is_referent=True).update(
        role="referent"
    )


def mark_referents(apps: Any, schema_editor: Any) -> None:
    apps.get_model("territories", "Membership").objects.filter(role="referent").update(
        is_referent=True
    )


class Migration(migrations.Migration):
    dependencies = [("territories", "0004_ended_by")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("reader", "lecteur·rice"),
                    ("contributor", "contributeur·rice"),
                    ("referent", "référent·e"),
                ],
                default="contributor",
                max_length=11,
                verbose_name="rôle",
            ),
        ),
        migrations.RunPython(name_referents, mark_referents),
    ]
