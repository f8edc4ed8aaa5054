"""Let editors see and handle mail, and keep the addresses without mail; as `home.roles` says.

Addresses are shown to administrators alone. Going back takes the new rights away again,
but not the right to see mail from administrators, who had it.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITING = [
    "view_message",
    "change_message",
    "add_suppression",
    "delete_suppression",
    "view_suppression",
]
GROUPS = {"Redactie": EDITING, "Beheerders": [*EDITING, "see_addresses"]}
HAD = {"Beheerders": {"view_message"}}


def give(apps, schema_editor):
    alias = schema_editor.connection.alias
    _make_permissions(apps, alias)
    for group, rights in _each(apps, alias):
        group.permissions.add(*rights)


def take(apps, schema_editor):
    for group, rights in _each(apps, schema_editor.connection.alias):
        had = HAD.get(group.name, set())
        group.permissions.remove(*[right for right in rights if right.codename not in had])


def _each(apps, alias):
    """Return each group that there is with what it is about."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for group in Group.objects.using(alias).filter(name__in=GROUPS):
        rights = Permission.objects.using(alias).filter(
            content_type__app_label="mail", codename__in=GROUPS[group.name]
        )
        yield group, list(rights)


def _make_permissions(apps, alias):
    """Make the permissions of the outbox now; Django does so only after the last migration."""
    config = apps.get_app_config("mail")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, interactive=False, using=alias)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [("home", "0002_roles"), ("mail", "0007_see_addresses")]

    operations = [migrations.RunPython(give, take, elidable=False)]
