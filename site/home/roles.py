"""Who may do what: editors, moderators, authors and administrators, as groups of permissions.

The groups themselves come from migration 0002; this gives them what needs pages and
files, and whatever came later.
"""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from blog.models import BlogIndexPage
from home.models import HomePage

EDITORS = "Redactie"
MODERATORS = "Moderatoren"
AUTHORS = "Auteurs"
ADMINISTRATORS = "Beheerders"
WAGTAILS_OWN = ("Moderators", "Editors")

ADMIN = ("wagtailadmin", "access_admin")
MODERATE = ("django_comments", "can_moderate")
SNIPPETS = [
    (app, f"{action}_{model}")
    for app, model in (("blog", "author"), ("blog", "chain"), ("core", "organisation"))
    for action in ("add", "change", "delete", "view")
]
USES = [("tools", f"{action}_tooluse") for action in ("add", "change", "delete", "verify", "view")]
REASONS = [("moderation", f"{action}_reason") for action in ("add", "change", "view")]
NUMBERS = ("comments", "change_moderationsettings")
DIGESTS = ("digests", "manage_digests")
TRANSLATE = ("simple_translation", "submit_translation")
MAIL = [("mail", "view_message"), ("mail", "change_message")]
NO_MAIL = [("mail", f"{action}_suppression") for action in ("add", "delete", "view")]
SUBSCRIBERS = ("subscriptions", "add_subscription")  # to take over a list; not to look into it
EDITING = [
    ADMIN,
    MODERATE,
    *SNIPPETS,
    *USES,
    *REASONS,
    NUMBERS,
    DIGESTS,
    SUBSCRIBERS,
    TRANSLATE,
    *MAIL,
    *NO_MAIL,
]
ACCOUNTS = [
    (app, f"{action}_{model}")
    for app, model in (("users", "user"), ("auth", "group"), ("wagtailredirects", "redirect"))
    for action in ("add", "change", "delete", "view")
]
LISTS = [
    ("mail", "see_addresses"),
    ("subscriptions", "view_subscription"),
    ("subscriptions", "delete_subscription"),
]
PAGE_RIGHTS = ("add", "change", "publish", "lock", "unlock")
FILE_RIGHTS = [
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
]


def ensure_roles() -> None:
    """Make the four groups and give each its permissions; harmless twice.

    Permissions that an administrator added to a group stay.
    """
    editors = _group(EDITORS, EDITING)
    _group(MODERATORS, [ADMIN, MODERATE])
    authors = _group(AUTHORS, [ADMIN])
    administrators = _group(ADMINISTRATORS, [*EDITING, *ACCOUNTS, *LISTS])
    for group in (editors, administrators):
        for home in HomePage.objects.all():
            _allow_on_page(group, home, *PAGE_RIGHTS)
        _allow_files(group, FILE_RIGHTS)
    for index in BlogIndexPage.objects.all():
        _allow_on_page(authors, index, "add")
    _let_approve(editors)
    _allow_files(authors, [("wagtailimages", "add_image"), ("wagtailimages", "choose_image")])


def _let_approve(editors: Group) -> None:
    """Let ``editors`` approve what authors hand in, in place of Wagtail's own two groups."""
    for task in GroupApprovalTask.objects.all():
        task.groups.set([editors])
    Group.objects.filter(name__in=WAGTAILS_OWN, user__isnull=True).delete()


def _group(name: str, permissions: list[tuple[str, str]]) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*[_permission(*permission) for permission in permissions])
    return group


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _allow_on_page(group: Group, page: Page, *rights: str) -> None:
    for right in rights:
        permission = _permission("wagtailcore", f"{right}_page")
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=page.pk, permission=permission
        )


def _allow_files(group: Group, rights: list[tuple[str, str]]) -> None:
    root = Collection.get_first_root_node()
    for right in rights:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=_permission(*right)
        )
