"""Let editors and administrators write down who uses a tool, and verify it.

Only the groups that migration 0002 made get them, and only where they are there still.
Going back leaves the permissions: an administrator may have given them by then.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("Redactie", "Beheerders")
RIGHTS = [f"{action}_tooluse" for action in ("add", "change", "delete", "verify", "view")]


def give_rights(apps, schema_editor):
    alias = schema_editor.connection.alias
    _make_permissions(apps, "tools", alias)
    rights = apps.get_model("auth", "Permission").objects.using(alias).filter(
        content_type__app_label="tools", codename__in=RIGHTS
    )
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GROUPS):
        group.permissions.add(*rights)


def _make_permissions(apps, label, alias):
    """Make the permissions of an app now; Django does so only after the last migration."""
    config = apps.get_app_config(label)
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, interactive=False, using=alias)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [("home", "0004_digest_rights"), ("tools", "0004_uses")]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop, elidable=False)]
