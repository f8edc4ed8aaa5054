"""What editors decided, for the spam filter to learn from."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from community.comments.models import Comment, SpamModel
from community.comments.spam import training
from community.moderation.models import Act

Status = Comment.Status

AS_SPAM = ["spam", "advertising"]  # codes of reasons: refused for one of these is spam too


def learn(*, now: datetime) -> SpamModel | None:
    """Let the spam filter learn from the decisions of a year; see `training.learn_from_decisions`.

    What software let through or took for spam by itself teaches nothing.
    """
    texts = [(text, False) for text in _texts(_decided(now).filter(status=Status.APPROVED))]
    texts += [(text, True) for text in _texts(_spam(now))]
    return training.learn_from_decisions(texts, now=now)


def _decided(now: datetime) -> QuerySet[Comment]:
    """Comments that stand as an editor decided within the year, about the text they have now."""
    as_seen = Q(edited_at__isnull=True) | Q(edited_at__lt=F("decided_at"))
    recent = Comment.objects.filter(as_seen, decided_at__gte=now - training.LEARNED_FROM)
    return recent.filter(Exists(_acts())).exclude(comment="")


def _spam(now: datetime) -> QuerySet[Comment]:
    refused = Q(Exists(_acts().filter(reason__code__in=AS_SPAM)))
    refused &= Q(status__in=[Status.REJECTED, Status.REMOVED])
    return _decided(now).filter(Q(status=Status.SPAM) | refused)


def _acts() -> QuerySet[Act]:
    """Acts by a person that brought a comment into the state that it has."""
    acts = Act.objects.filter(comment=OuterRef("pk"), to_status=OuterRef("status"))
    return acts.filter(moderator__isnull=False).order_by()


def _texts(comments: QuerySet[Comment]) -> list[str]:
    """Return the texts of the newest of ``comments``, as many as can be learned from."""
    newest = comments.order_by("-decided_at", "-pk").values_list("comment", flat=True)
    return list(newest[: training.MOST])
