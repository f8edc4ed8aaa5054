"""A reader notices a comment (Digital Services Act, article 16): several notices make one case."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from blog.models import Author
from community.comments import pipeline, states, writers
from community.comments.models import Comment, ModerationSettings
from community.moderation import closing, decisions, notifiers, reasons
from community.moderation.models import Case, Notice, Reason
from users.models import User

Status = Comment.Status

PER_NETWORK, PER_NETWORK_IN = 20, timedelta(minutes=10)


class NotReadable(Exception):
    """The comment cannot be read any more, so there is nothing to notice."""


@dataclass(frozen=True)
class Said:
    """What a reader says about a comment. Name and address are of someone without account."""

    reason: Reason
    explanation: str
    language: str
    name: str = ""
    email: str = ""
    user: User | None = None
    network_key: str = ""

    @property
    def is_anonymous(self) -> bool:
        """Whether the law does not ask who it was (article 16, 2c); then we do not keep it."""
        return self.reason.code == reasons.CHILD_ABUSE

    @property
    def who(self) -> dict:
        """The columns that say who it was, and that tell one reader from another."""
        if self.is_anonymous:
            return {"writer_key": ""}
        key = writers.key(user=self.user, email=self.email)
        if self.user:
            return {"user": self.user, "writer_key": key, "is_trusted": is_trusted(self.user)}
        return {"name": self.name, "email": self.email, "writer_key": key}


@transaction.atomic
def notice(comment: Comment, said: Said, *, now: datetime) -> tuple[Case, Notice | None]:
    """Store what a reader says about ``comment``, and mail a receipt.

    Return the case, and the notice; ``None`` in its place when this member, or somebody
    under this address, had said the same before: that changes nothing. When enough trusted
    sources have noticed it, the comment is held until an editor has seen it.

    Raises `NotReadable`, and `pipeline.TooFast` for a network that sends too many.
    """
    if states.hold(comment) != Status.APPROVED:
        raise NotReadable(comment.public_id)
    _slow_down(said.network_key, now)
    case, _is_new = Case.objects.get_or_create(
        comment_id=comment.pk, closed_at=None, defaults={"opened_at": now}
    )
    case.comment = comment
    stored = _store(case, said, now)
    if stored is not None:
        notifiers.tell_received(stored, now=now)
        if stored.is_trusted:
            _hold_if_enough(case, now)
    return case, stored


def is_trusted(user: User) -> bool:
    """Return whether a notice by ``user`` counts for holding a comment.

    Whoever may moderate, and an author of whom an editor knows the organisation.
    """
    known = Author.objects.filter(user=user, organisation__isnull=False)
    return user.has_perm(decisions.MODERATE) or known.exists()


def _slow_down(network_key: str, now: datetime) -> None:
    if network_key:
        recent = Notice.objects.filter(network_key=network_key, at__gt=now - PER_NETWORK_IN)
        if recent.count() >= PER_NETWORK:
            raise pipeline.TooFast


def _store(case: Case, said: Said, now: datetime) -> Notice | None:
    """Write the notice down, unless the same reader gave the same words and reason before.

    In the transaction that holds the comment, so that of two that are sent at once one is kept.
    """
    who, what = said.who, {"reason": said.reason, "explanation": said.explanation}
    if case.notices.filter(writer_key=who["writer_key"], **what).exists():
        return None
    return Notice.objects.create(
        case=case,
        language=said.language,
        network_key=said.network_key,
        at=now,
        **what,
        **who,
    )


def _hold_if_enough(case: Case, now: datetime) -> None:
    """Hold the comment of ``case`` when trusted sources agree and no editor has seen it yet.

    Who says more is one source still.
    """
    trusted = case.notices.filter(is_trusted=True).order_by()
    count = trusted.values("user").distinct().count()
    if count < ModerationSettings.current().notice_threshold or case.held_at is not None:
        return
    comment = Comment.objects.select_related("page", "user").get(pk=case.comment_id)
    if closing.was_kept(comment):
        return
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Held until seen: %(count)s notices from trusted sources in case %(number)s.")
    note = words % {"count": count, "number": case.number}
    decisions.hold(comment, by=None, note=note, now=now)
    case.held_at = now
    case.save(update_fields=["held_at"])
