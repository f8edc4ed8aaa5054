"""What the desk shows of who does what, for many comments at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper

from community.moderation import second_opinions
from community.moderation.models import Handling, Note
from users.models import User


@dataclass
class Teamwork:
    """Who has a comment, who asks for a second opinion since when, and the notes, oldest first."""

    assignee: User | None = None
    asked_by: User | None = None
    asked_at: datetime | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def is_asked(self) -> bool:
        return self.asked_at is not None


def teamwork_of(comment_pks: Iterable[int]) -> dict[int, Teamwork]:
    """Return the `Teamwork` of each comment of ``comment_pks``; two queries for any number."""
    found = {pk: Teamwork() for pk in comment_pks}
    is_asked = ExpressionWrapper(second_opinions.asked_now(), BooleanField())
    handlings = Handling.objects.filter(comment_id__in=found).annotate(is_asked=is_asked)
    for handling in handlings.select_related("assignee", "second_opinion_by"):
        work = found[handling.comment_id]
        work.assignee = handling.assignee
        if handling.is_asked:
            work.asked_by, work.asked_at = handling.second_opinion_by, handling.second_opinion_at
    for note in Note.objects.filter(comment_id__in=found).select_related("author"):
        found[note.comment_id].notes.append(note)
    return found
