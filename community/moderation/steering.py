"""What editors change about how comments are judged. Each change is one transaction."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from community.comments import trust
from community.comments.blocking import rules
from community.comments.models import BlockRule, Comment
from community.moderation.decisions import MODERATE
from users.models import User


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
    return _change(lambda: trust.say(comment, level=level, reason=reason, by=by, now=now), by=by)


@transaction.atomic
def _change(change: Callable[[], str], *, by: User) -> str:
    """Make one change for someone who may, and return its line for the log."""
    if not by.has_perm(MODERATE):
        raise PermissionDenied
    return change()
