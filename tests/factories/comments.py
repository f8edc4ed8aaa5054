"""Comments, notices about them, and block rules."""

import datetime as dt
import itertools

import factory
from django.utils import timezone

from community.comments import comments
from community.comments.models import BlockRule, Comment
from community.moderation import noticing
from community.moderation.models import Notice, Reason
from tests.factories.posts import BlogPageFactory
from tests.factories.users import UserFactory

_numbers = itertools.count(1)


class BlockRuleFactory(factory.django.DjangoModelFactory):
    """A rule by which one word waits for an editor."""

    class Meta:
        model = BlockRule

    class Params:
        ended = factory.Trait(
            until=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
        )

    kind = "word"
    pattern = factory.Sequence("gokwoord{}".format)
    act = "hold"
    reason = "Reclame voor gokken komt hier te vaak langs."
    owner = factory.SubFactory(UserFactory)


def comment(page=None, *, status="approved", at=None, announced=False, **kwargs) -> Comment:
    """Store a comment on ``page`` with the moments that its status asks for.

    ``announced`` gives one that its followers have been told of.
    """
    number = next(_numbers)
    at = at or timezone.now() - dt.timedelta(hours=1)
    defaults = {
        "page": page or BlogPageFactory(),
        "name": f"Lezer {number}",
        "email": f"lezer{number}@example.org",
        "text": f"Reactie nummer {number}",
        "status": status,
        "submitted_at": at,
        "confirmed_at": None if status in {"unconfirmed", "spam"} else at,
        "decided_at": None if status in {"unconfirmed", "pending"} else at,
    }
    stored = comments.insert(**{**defaults, **kwargs})
    if announced:
        Comment.objects.filter(pk=stored.pk).update(announced_at=at)
    return stored


def notice(about: Comment | None = None, *, reason="offensive", now=None, **kwargs) -> Notice:
    """Let a reader without account, or ``user``, notice a comment; with the receipt."""
    number = next(_numbers)
    who = (
        {} if "user" in kwargs else {"name": f"Melder {number}", "email": f"m{number}@example.org"}
    )
    said = noticing.Said(
        reason=Reason.objects.get(code=reason),
        **{"explanation": f"Melding nummer {number}", "language": "nl", **who, **kwargs},
    )
    _case, stored = noticing.notice(about or comment(), said, now=now or timezone.now())
    return stored
