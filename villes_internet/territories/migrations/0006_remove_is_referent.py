from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("territories", "0005_membership_role")]

    operations = [migrations.RemoveField(model_name="membership", name="is_referent")]
