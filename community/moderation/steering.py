"""What editors change about how comments are judged. Each change is one transaction."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from community.comments import trust
from community.comments.blocking import rules
from community.comments.models import BlockRule, Comment
from community.moderation import log
from community.moderation.decisions import require_moderator
from community.moderation.log import Kind
from community.moderation.models import Act
from users.models import User

NOTE_LENGTH = Act._meta.get_field("note").max_length


def save_rule(rule: BlockRule, *, by: User) -> str:
    """Store ``rule``; return what was done, in words. Raises what `rules.save` raises."""
    return _change(lambda: rules.save(rule, by=by), by=by)


def end_rule(rule: BlockRule, *, by: User, now: datetime) -> str:
    """Let ``rule`` do nothing any more; return what was done, in words."""
    return _change(lambda: rules.end(rule, now=now), by=by)


def delete_rule(rule: BlockRule, *, by: User) -> str:
    """Delete ``rule``; return what was done, in words."""
    return _change(lambda: rules.delete(rule), by=by)


def trust_writer(comment: Comment, *, level: str, reason: str, by: User, now: datetime) -> str:
    """Say how far the writer of ``comment`` is trusted; return what was done, in words.

    Raises what `trust.say` raises.
    """
    return _change(
        lambda: trust.say(comment, level=level, reason=reason, by=by, now=now),
        by=by,
        kind=Kind.TRUST,
        comment=comment,
    )


@transaction.atomic
def _change(
    change: Callable[[], str],
    *,
    by: User,
    kind: str = Kind.RULE,
    comment: Comment | None = None,
) -> str:
    """Make one change for someone who may, log it, and return its line."""
    require_moderator(by)
    line = change()
    log.write(kind=kind, by=by, comment=comment, note=line[:NOTE_LENGTH])
    return line
