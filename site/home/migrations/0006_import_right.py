"""Let editors and administrators take over lists of subscribers; as `home.roles` says.

Looking into the list stays with administrators. Only the groups that migration 0002 made
get it, and only where they are there still. Going back leaves the permission: an
administrator may have given it by then.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("Redactie", "Beheerders")


def give_right(apps, schema_editor):
    alias = schema_editor.connection.alias
    _make_permissions(apps, "subscriptions", alias)
    right = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get(content_type__app_label="subscriptions", codename="add_subscription")
    )
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GROUPS):
        group.permissions.add(right)


def _make_permissions(apps, label, alias):
    """Make the permissions of an app now; Django does so only after the last migration."""
    config = apps.get_app_config(label)
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, interactive=False, using=alias)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [("home", "0005_tool_use_rights"), ("subscriptions", "0001_initial")]

    operations = [migrations.RunPython(give_right, migrations.RunPython.noop, elidable=False)]
