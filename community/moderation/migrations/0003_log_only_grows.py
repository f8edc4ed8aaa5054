"""Let the database refuse to change or delete what stands in the log."""

from django.db import migrations

from community.moderation import appending


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_reasons")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: appending.protect(schema_editor.connection),
            lambda apps, schema_editor: appending.release(schema_editor.connection),
        )
    ]
