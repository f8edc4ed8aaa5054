"""Let a comment say that an editor changed its text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0006_rules")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="edited_by_editor",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                verbose_name="changed by the editors",
            ),
        ),
    ]
