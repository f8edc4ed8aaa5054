"""Make the groups of editors, moderators, authors and administrators with their permissions.

So that a fresh `migrate` has them; what they may do with pages and files, of which there
are none yet, comes from `home.roles.ensure_roles`. Permissions that a group has already
stay, and going back leaves the groups: people may be in them.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ADMIN = ("wagtailadmin", "access_admin")
MODERATE = ("django_comments", "can_moderate")
CONTENT = [
    (app, f"{action}_{model}")
    for app, model in (("blog", "author"), ("blog", "chain"), ("core", "organisation"))
    for action in ("add", "change", "delete", "view")
]
REASONS = [("moderation", f"{action}_reason") for action in ("add", "change", "view")]
NUMBERS = [("comments", "change_moderationsettings")]
TRANSLATE = [("simple_translation", "submit_translation")]
ACCOUNTS = [
    (app, f"{action}_{model}")
    for app, model in (("users", "user"), ("auth", "group"), ("wagtailredirects", "redirect"))
    for action in ("add", "change", "delete", "view")
]
LISTS = [
    ("mail", "view_message"),
    ("subscriptions", "view_subscription"),
    ("subscriptions", "delete_subscription"),
]
EDITING = [ADMIN, MODERATE, *CONTENT, *REASONS, *NUMBERS, *TRANSLATE]
GROUPS = {
    "Redactie": EDITING,
    "Moderatoren": [ADMIN, MODERATE],
    "Auteurs": [ADMIN],
    "Beheerders": [*EDITING, *ACCOUNTS, *LISTS],
}


def make_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    wanted = {permission for permissions in GROUPS.values() for permission in permissions}
    for label in sorted({app for app, _ in wanted} - {"wagtailadmin"}):
        _make_permissions(apps, label, alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, permissions in GROUPS.items():
        group, _ = Group.objects.using(alias).get_or_create(name=name)
        found = [
            Permission.objects.using(alias).get(content_type__app_label=app, codename=codename)
            for app, codename in permissions
        ]
        group.permissions.add(*found)


def _make_permissions(apps, label, alias):
    """Make the permissions of an app now; Django does so only after the last migration."""
    config = apps.get_app_config(label)
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, interactive=False, using=alias)
    config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("blog", "0005_conversations"),
        ("comments", "0006_rules"),
        ("core", "0002_initial"),
        ("django_comments", "0004_add_object_pk_is_removed_index"),
        ("mail", "0001_initial"),
        ("moderation", "0001_initial"),
        ("simple_translation", "0001_initial"),
        ("subscriptions", "0001_initial"),
        ("users", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        # These give every group that there is the right to choose files.
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False)]
