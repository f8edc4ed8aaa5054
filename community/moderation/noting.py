"""What editors tell each other about a comment; readers and writers never see it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from community.comments import mails
from community.comments.models import Comment
from community.moderation import colleagues, decisions
from community.moderation.models import Note
from core.addresses import absolute
from mail import outbox
from users.languages import language_of
from users.models import User


@transaction.atomic
def add(comment: Comment, *, by: User, text: str, now: datetime) -> Note:
    """Keep a note about ``comment``, and mail each colleague whom it names as ``@username``.

    The mail holds a link and the title of the page, and no word of a reader.
    """
    decisions.require_moderator(by)
    note = Note.objects.create(comment=comment, author=by, at=now, text=text)
    for colleague in told_by(text, by=by):
        _tell(colleague, comment, by)
    return note


def told_by(text: str, *, by: User) -> list[User]:
    """Return whom a note with ``text`` of ``by`` is mailed to."""
    named = colleagues.mentioned_in(text)
    return [colleague for colleague in named if colleague != by and colleague.email]


def _tell(colleague: User, comment: Comment, by: User) -> None:
    link = absolute(reverse("moderation:dossier", args=[comment.public_id]))
    outbox.enqueue(
        kind="moderation.mention",
        to=colleague.email,
        language=language_of(colleague),
        template="moderation/mail/mention",
        context={"who": str(by), "page": comment.page, "link": link},
        about=mails.about(comment),
    )
