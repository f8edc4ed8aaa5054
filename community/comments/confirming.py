"""A writer without account confirms a comment: a link of 22 characters that works once."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from community.comments import mails, own, pages, pipeline, states
from community.comments.models import Comment, Confirmation
from community.comments.models.confirmations import VALID_FOR
from community.comments.pipeline import Submission, Verdict
from core.addresses import absolute
from mail import limits, outbox

Status = Comment.Status
Sight = Callable[[Page], bool]  # whether the one who acts may see a page


class UnknownLink(Exception):
    """No confirmation has this token: mistyped, or its comment was erased."""


class LinkProblem(Exception):
    """A confirmation that cannot be used. ``comment`` is what its writer wrote."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(comment.public_id)
        self.comment = comment


class Expired(LinkProblem):
    """The link is older than `VALID_FOR`."""


class PageClosed(LinkProblem):
    """The page is closed, no longer live, or not for this reader to see."""


class ParentGone(LinkProblem):
    """The comment that is answered can no longer be read."""


def ask(comment: Comment, *, now: datetime) -> None:
    """Mail the writer a fresh link for ``comment``, in the caller's transaction.

    The mail holds no word of the writer: anyone can type in someone else's
    address. An address that has had its share of mail gets none now; then the
    comment has no link yet, and `ask_waiting` tries again.
    """
    due_at = limits.when(comment.user_email, network_key=comment.network_key, now=now)
    if due_at is None:
        return
    token = secrets.token_urlsafe(16)  # 128 bits
    Confirmation.objects.create(
        comment=comment, token_hash=_hash(token), expires_at=now + VALID_FOR
    )
    with translation.override(comment.language):
        link = absolute(reverse("comments:confirm", args=[token]))
    outbox.enqueue(
        kind="comments.confirm",
        to=comment.user_email,
        language=comment.language,
        template="comments/mail/confirm",
        context={
            "link": link,
            "hours": int(VALID_FOR.total_seconds() // 3600),
            "manage": own.link(comment),
        },
        due_at=due_at,
        network_key=comment.network_key,
        about=mails.about(comment),
    )


def look(token: str, *, now: datetime, sees: Sight = pages.is_public) -> Confirmation:
    """Return the confirmation of ``token``, used or not, and change nothing.

    Raises `UnknownLink`, `Expired`, `PageClosed` and `ParentGone`.
    """
    confirmation = _find(token)
    if confirmation.used_at is None:
        _check_place(confirmation.comment, sees)
        if confirmation.expires_at <= now:
            raise Expired(confirmation.comment)
    return confirmation


@transaction.atomic
def confirm(token: str, *, now: datetime, sees: Sight = pages.is_public) -> Comment:
    """Let the pipeline decide about the comment of ``token``, and return it.

    Confirming twice, or fifty times at once, is harmless: one call does it and
    the others return the same comment.

    Raises what `look` raises.
    """
    confirmation = look(token, now=now, sees=sees)
    comment = _held(confirmation)
    unused = Confirmation.objects.filter(pk=confirmation.pk, used_at__isnull=True)
    if unused.update(used_at=now):
        _let_in(comment, now=now)
    return comment


def was_used_by(token: str, *, now: datetime) -> bool:
    """Return whether the call to `confirm` with this ``now`` was the one that used ``token``.

    Whoever finds an old link somewhere can look at it, and get nothing by it.
    """
    return Confirmation.objects.filter(token_hash=_hash(token), used_at=now).exists()


@transaction.atomic
def ask_again(token: str, *, now: datetime, sees: Sight = pages.is_public) -> None:
    """Mail a new link in place of the expired ``token``; any other link stays as it is.

    An address that has had its share of mail gets the new link later.

    Raises `UnknownLink`, and `PageClosed` and `ParentGone` where a new link would
    not help.
    """
    confirmation = _find(token)
    comment = _held(confirmation)
    if _expired(now).filter(pk=confirmation.pk).exists():
        _check_place(comment, sees)
        confirmation.delete()
        ask(comment, now=now)


@transaction.atomic
def renew(submission_key: str, *, now: datetime) -> None:
    """Mail a new link for words that are sent anew after their link became too old.

    As with `ask_again`, any other link stays as it is.
    """
    comment = Comment.objects.filter(submission_key=submission_key).first()
    if comment is None or states.hold(comment) != Status.UNCONFIRMED:
        return
    if _expired(now).filter(comment=comment).delete()[0]:
        ask(comment, now=now)


def ask_waiting(*, now: datetime) -> int:
    """Mail links for comments that have none, as far as each address's share goes.

    Returns how many were mailed. One transaction a comment, oldest first.
    """
    without = Comment.objects.filter(status=Status.UNCONFIRMED, confirmation__isnull=True)
    return sum(_ask_for(pk, now=now) for pk in without.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _ask_for(pk: int, *, now: datetime) -> bool:
    still = Comment.objects.select_for_update(of=("self",)).filter(pk=pk)
    comment = still.filter(status=Status.UNCONFIRMED).first()
    if comment is None or Confirmation.objects.filter(comment=comment).exists():
        return False
    ask(comment, now=now)
    return Confirmation.objects.filter(comment=comment).exists()


def _expired(now: datetime) -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(used_at__isnull=True, expires_at__lte=now)


def _let_in(comment: Comment, *, now: datetime) -> None:
    """Let the pipeline decide about a comment whose writer is proven now.

    Here a verdict of spam holds the comment: its writer answered a mail.
    """
    decision = pipeline.judge(Submission.of(comment, now=now))
    approved = decision.verdict == Verdict.APPROVE
    to = Status.APPROVED if approved else Status.PENDING
    evidence = comment.evidence | decision.evidence
    Comment.objects.filter(pk=comment.pk).update(evidence=evidence)
    states.change(comment, to=to, since=Status.UNCONFIRMED, now=now)


def _held(confirmation: Confirmation) -> Comment:
    """Lock the comment and read it anew: its writer may change or delete it meanwhile."""
    comment = confirmation.comment
    if states.hold(comment) is None:
        raise UnknownLink
    comment.refresh_from_db(from_queryset=Comment.objects.select_related("page"))
    return comment


def _find(token: str) -> Confirmation:
    confirmations = Confirmation.objects.select_related("comment__page")
    try:
        return confirmations.get(token_hash=_hash(token))
    except Confirmation.DoesNotExist as error:
        raise UnknownLink from error


def _check_place(comment: Comment, sees: Sight) -> None:
    page = pages.shown(comment.page_id)
    if page is None or not sees(page) or not pages.takes_comments(page):
        raise PageClosed(comment)
    if comment.parent_path and not _parent_is_visible(comment):
        raise ParentGone(comment)


def _parent_is_visible(comment: Comment) -> bool:
    return Comment.objects.visible().filter(path=comment.parent_path).exists()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
