"""A comment on its way in, with everything that the phases look at."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Page

from community.comments import comments, writers
from community.comments.models import Comment


@dataclass(frozen=True)
class Submission:
    """What someone wants to say on the specific ``page``.

    ``name`` is one line, ``text`` is normalised, ``seconds`` is how long the page was
    open if a script could tell. ``sees_page`` is whether this reader may see the page,
    which a door asks of its request, and ``is_proven`` whether it comes from a member,
    from a remembered device or with a key that was mailed. ``client_address`` is known
    while it is sent, and kept nowhere; after that ``network_rules`` holds the keys of the
    rules about networks that held for the sender. ``changes`` is the comment that gets
    this text, when one that stands already is changed; ``improves`` one that was refused,
    when its proven writer tries it again.
    """

    page: Page
    text: str
    name: str
    email: str
    language: str
    now: datetime
    user: AbstractBaseUser | None = None
    sees_page: bool = True
    is_proven: bool = False
    parent: Comment | None = None
    network_key: str = ""
    client_address: str = ""
    network_rules: tuple[int, ...] = ()
    is_trapped: bool = False
    seconds: int | None = None
    follow: str = Comment.Follow.NONE
    changes: Comment | None = None
    improves: Comment | None = None

    @property
    def writer_key(self) -> str:
        return writers.key(user=self.user, email=self.email)

    @property
    def key(self) -> str:
        """The key of these words by this writer at this place.

        What fell into the trap has another one: perhaps a password manager filled it
        in, and the same words sent anew are then taken for what they are.
        """
        writer = f"{self.writer_key}:trapped" if self.is_trapped else self.writer_key
        return comments.submission_key(
            page=self.page, writer=writer, parent=self.parent, comment_text=self.text
        )

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
            network_rules=tuple(comment.evidence.get("network_rules", ())),
            is_trapped=bool(comment.evidence.get("trapped")),
            changes=comment,
        )
