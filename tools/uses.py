"""Who uses a tool: writing it down, and saying that it is so."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core import locks
from tools.models import ToolPage, ToolUse
from users.models import User

VERIFY = "tools.verify_tooluse"
APPEARING = "tools.uses.appearing"


def original(tool: ToolPage) -> ToolPage:
    """Return the version of ``tool`` that its uses are written down at; at most one query.

    That is the one in the site's own language, or ``tool`` where there is none.
    """
    if tool.locale.language_code == settings.LANGUAGE_CODE:
        return tool
    versions = ToolPage.objects.filter(translation_key=tool.translation_key)
    return versions.filter(locale__language_code=settings.LANGUAGE_CODE).first() or tool


def wait_until_told() -> None:
    """Wait for who is making a use public now; in a transaction.

    Whatever becomes public after this has a later moment than that of the call, and
    whatever has an earlier one can be read by now. So who looks for what appeared in a
    period that has ended misses nothing of it, and no later period has it as well.
    """
    locks.wait_for([APPEARING])


@transaction.atomic
def verify(use: ToolUse, *, by: User) -> None:
    """Let everyone read ``use``; twice is harmless, and it appears but once.

    The moment is taken here, for nobody may do the same meanwhile (`wait_until_told`).

    Raises `PermissionDenied`.
    """
    _require(by)
    wait_until_told()
    now = timezone.now()
    waiting = ToolUse.objects.filter(pk=use.pk, verified_at__isnull=True)
    waiting.filter(appeared_at__isnull=True).update(appeared_at=now)
    waiting.update(verified_at=now, verified_by=by)
    use.refresh_from_db(fields=["verified_at", "verified_by", "appeared_at"])


@transaction.atomic
def withdraw(use: ToolUse, *, by: User) -> None:
    """Let nobody read ``use`` any more, until it is verified again; twice is harmless.

    Raises `PermissionDenied`.
    """
    _require(by)
    ToolUse.objects.filter(pk=use.pk).update(verified_at=None, verified_by=None)
    use.refresh_from_db(fields=["verified_at", "verified_by"])


def _require(user: User) -> None:
    if not user.has_perm(VERIFY):
        raise PermissionDenied
