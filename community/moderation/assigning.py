"""Who looks at a comment."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from community.comments.models import Comment
from community.moderation import decisions, log
from community.moderation.models import Act, Handling
from users.models import User


class AlreadyAssigned(Exception):
    """Someone else assigned the comment meanwhile. ``to`` is who has it now, if anyone."""

    def __init__(self, to: User | None) -> None:
        super().__init__(to.pk if to else None)
        self.to = to


@transaction.atomic
def assign(
    comment: Comment,
    *,
    to: User | None,
    by: User,
    now: datetime,
    since: int | None = None,
    is_seen: bool = False,
) -> Act | None:
    """Give ``comment`` to a colleague, or to nobody; return the line in the log.

    ``None`` when it was so already. With ``is_seen``, ``since`` is the key of whom the
    editor saw it assigned to, and nothing happens when that is no longer so.

    Raises `AlreadyAssigned`, and `PermissionDenied` when either may not moderate.
    """
    decisions.require_moderator(by)
    if to is not None and not (to.is_active and to.has_perm(decisions.MODERATE)):
        raise PermissionDenied
    Handling.objects.get_or_create(comment_id=comment.pk)
    rows = Handling.objects.select_related("assignee").select_for_update(of=("self",))
    handling = rows.get(comment_id=comment.pk)
    has = handling.assignee
    if has == to:
        return None
    if is_seen and handling.assignee_id != since:
        raise AlreadyAssigned(has)
    Handling.objects.filter(pk=handling.pk).update(assignee=to)
    return log.write(
        kind=Act.Kind.ASSIGNED,
        by=by,
        comment=comment,
        note=f"{has or '–'} → {to or '–'}",
        at=now,
    )
