"""Mails to a writer about what an editor decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from community.comments import mails, own
from community.comments.models import Comment
from community.notifications import links, naming, silences, writers
from community.notifications.models import Kind
from mail import outbox
from mail.models import Message
from mail.rendering import Circular, Copy

APPROVED = "notifications.approved"


@dataclass(frozen=True)
class Refusal:
    """Why a comment cannot be read, in the writer's language.

    ``reason`` is a word or two, ``text`` what editors always say about it and
    ``explanation`` what one of them says now. ``initiative`` is what made someone
    look; ``was_flagged`` whether software had a doubt before.
    """

    reason: str
    text: str = ""
    explanation: str = ""
    was_placed: bool = False
    initiative: str = "editor"
    was_flagged: bool = False


@dataclass(frozen=True)
class Granted:
    """That the writer was right to object, and what the editor ``answer``s, if anything."""

    answer: str = ""


def tell_approved(
    comment: Comment, *, granted: Granted | None = None, language: str = ""
) -> Message | None:
    """Mail the writer where ``comment`` now stands, in the caller's transaction.

    ``language`` is that of the objection, if it is placed after all because of one.
    """
    context = {"link": own.permalink(comment), "granted": granted}
    kind = Kind.OUTCOME if granted else Kind.DECISION
    return writers.tell(comment, "approved", context, kind=kind, language=language)


def tell_all_approved(comments: Iterable[Comment]) -> int:
    """Mail the writers of ``comments`` as `tell_approved` does; return how many.

    One rendering for each page and language, and one insert.
    """
    groups: dict[tuple[int, str], list[Comment]] = {}
    comments = list(comments)
    hidden, silent = naming.hidden_among(comments), silences.silent_among(comments, Kind.DECISION)
    for comment in comments:
        if writers.address_of(comment) and comment.pk not in silent:
            setattr(comment, naming.SIGN, comment.pk in hidden)
            groups.setdefault((comment.page_id, comment.language), []).append(comment)
    return sum(_tell_group(some) for some in groups.values())


def _tell_group(comments: list[Comment]) -> int:
    first = comments[0]
    page = naming.for_anyone(first)
    circular = Circular.write(
        kind=APPROVED,
        language=first.language,
        template="notifications/mail/approved",
        context={"comment": first, "page": page, "granted": None},
        own=("link", "manage"),
    )
    return len(outbox.enqueue_copies(circular, [_copy(comment) for comment in comments]))


def _copy(comment: Comment) -> Copy:
    stop = writers.stop_link(comment, Kind.DECISION, comment.language)
    return Copy(
        to=writers.address_of(comment),
        own_link=stop,
        own={"link": own.permalink(comment), "manage": own.link(comment)},
        headers=links.headers(stop),
        about=mails.about(comment),
    )


def tell_held(comment: Comment, *, by_readers: bool = False) -> Message | None:
    """Mail the writer that ``comment`` cannot be read for now, in the caller's transaction.

    ``by_readers`` tells that software held it, because of notices by readers.
    """
    return writers.tell(comment, "held", {"text": comment.comment, "by_readers": by_readers})


def tell_undone(comment: Comment) -> Message | None:
    """Mail the writer that a decision which was mailed is taken back, and how it stands now."""
    context = {
        "state": comment.status,
        "text": comment.comment,
        "link": own.permalink(comment),
    }
    return writers.tell(comment, "undone", context)


def tell_refused(
    comment: Comment, refusal: Refusal, *, due_at: datetime | None = None
) -> Message | None:
    """Mail the writer what was decided and why, with the own text back.

    ``due_at`` lets it leave later, so that it can still be withdrawn.
    """
    context = {
        "refusal": refusal,
        "text": comment.comment,
        "object": own.link(comment, "object"),
        "again": own.link(comment, "again"),
    }
    return writers.tell(comment, "refused", context, due_at=due_at)
