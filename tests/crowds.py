"""A crowd that writes in one thread while editors approve what waits there."""

import time
from dataclasses import dataclass
from itertools import count

from django.utils import timezone
from wagtail.models import Page

from community.comments import counters, posting
from community.comments.models import Comment
from community.comments.pipeline import Submission
from community.moderation import decisions, overtaking
from tests import factories
from tests.races import together
from users.models import User

ROOTS, WRITERS, REPLIES, EDITORS = 4, 8, 10, 2
COMMENTS = ROOTS + WRITERS * REPLIES
PATIENCE = 60  # seconds
Status = Comment.Status


@dataclass(frozen=True)
class Outcome:
    """What is left when everyone is done."""

    errors: list[Exception]
    statuses: list[str]
    paths: set[str]
    counts: list[int]  # of each thread, as kept
    recounted: list[int]
    acts: int

    @property
    def faults(self) -> int:
        """How many comments are lost, doubled, left waiting or miscounted, and how much failed."""
        lost = abs(COMMENTS - len(self.statuses)) + abs(COMMENTS - len(self.paths))
        waiting = sum(status != Status.APPROVED for status in self.statuses)
        wrong = sum(kept != true for kept, true in zip(self.counts, self.recounted, strict=True))
        off = abs(self.counts[0] - (COMMENTS - ROOTS + 1)) + abs(self.acts - held())
        return len(self.errors) + lost + waiting + wrong + off


def held() -> int:
    """Return how many of the replies wait for an editor: those of every other writer."""
    return WRITERS // 2 * REPLIES


def gather() -> Outcome:
    """Let `WRITERS` answer in one thread of `ROOTS`, each `REPLIES` times, all at once.

    Every other writer moderates, so that those comments are placed at once; the
    others' wait for `EDITORS`, who approve them while the rest is still coming in.
    Both editors try every comment: one of them is first.
    """
    page = factories.BlogPageFactory()
    roots = [factories.comment(page) for _ in range(ROOTS)]
    people = [factories.UserFactory(moderator=number % 2 == 0) for number in range(WRITERS)]
    editors = [factories.UserFactory(moderator=True) for _ in range(EDITORS)]
    turns = count()

    def act() -> None:
        number = next(turns)
        if number < WRITERS:
            _write(page, roots[0], people[number])
        else:
            _approve_all(page, editors[number - WRITERS])

    results = together(WRITERS + EDITORS, act, patience=PATIENCE)
    return _outcome(page, [result for result in results if result is not None])


def _write(page: Page, parent: Comment, writer: User) -> None:
    for number in range(REPLIES):
        submission = Submission(
            page=page,
            parent=parent,
            name=str(writer),
            email=writer.email,
            text=f"Antwoord {number} van {writer}",
            language="nl",
            now=timezone.now(),
            user=writer,
            is_proven=True,
        )
        posting.post(submission)


def _approve_all(page: Page, editor: User) -> None:
    """Approve whatever waits, until as much was decided as was held; who is second shrugs."""
    deadline = time.monotonic() + PATIENCE
    decided = Comment.objects.filter(page_id=page.pk, acts__isnull=False)
    while decided.count() < held() and time.monotonic() < deadline:
        for comment in Comment.objects.waiting().filter(page_id=page.pk):
            try:
                decisions.approve(comment, by=editor)
            except overtaking.AlreadyHandled:
                continue


def _outcome(page: Page, errors: list[Exception]) -> Outcome:
    rows = Comment.objects.on(page)
    kept = list(rows.filter(level=0).values_list("thread_count", flat=True))
    counters.recount(rows)
    return Outcome(
        errors=errors,
        statuses=list(rows.values_list("status", flat=True)),
        paths=set(rows.values_list("path", flat=True)),
        counts=kept,
        recounted=list(rows.filter(level=0).values_list("thread_count", flat=True)),
        acts=rows.filter(acts__isnull=False).count(),
    )
