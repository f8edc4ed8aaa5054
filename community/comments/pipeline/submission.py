"""A comment on its way in, with everything that the phases look at."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page

from community.comments import writers
from community.comments.models import Comment


@dataclass(frozen=True)
class Submission:
    """What someone wants to say on the specific ``page``.

    ``name`` is one line, ``text`` is normalised. ``changes`` is the comment that
    gets this text, when one that stands already is changed.
    """

    page: Page
    text: str
    name: str
    email: str
    language: str
    now: datetime
    user: AbstractBaseUser | None = None
    parent: Comment | None = None
    network_key: str = ""
    is_trapped: bool = False
    follow: str = Comment.Follow.NONE
    changes: Comment | None = None

    @property
    def writer_key(self) -> str:
        return writers.key(user=self.user, email=self.email)

    @classmethod
    def of(cls, comment: Comment, *, now: datetime, text: str | None = None) -> "Submission":
        """Return what ``comment`` would be if it were sent now, with another ``text`` if given."""
        return cls(
            page=comment.page.specific,
            text=comment.comment if text is None else text,
            name=comment.user_name,
            email=comment.user_email,
            language=comment.language,
            now=now,
            user=comment.user,
            network_key=comment.network_key,
            is_trapped=bool(comment.evidence.get("trapped")),
            changes=comment,
        )
