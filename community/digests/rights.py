"""Who may prepare, hold and release digests."""

from typing import Any

from django.core.exceptions import PermissionDenied

MANAGE = "digests.manage_digests"


def require(user: Any) -> None:
    """Raise `PermissionDenied` for who may not."""
    if not user.has_perm(MANAGE):
        raise PermissionDenied
