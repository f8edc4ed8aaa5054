"""Let PostgreSQL refuse to empty the log at one go as well."""

from django.db import migrations

from community.moderation import appending


class Migration(migrations.Migration):
    dependencies = [("moderation", "0004_reminders_and_figures")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: appending.protect(schema_editor.connection),
            migrations.RunPython.noop,
        )
    ]
