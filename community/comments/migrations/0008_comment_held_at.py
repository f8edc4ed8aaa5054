"""Let a comment say since when it waits again; empty where it waits since its confirmation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0007_edited_by_editor")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="held_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
