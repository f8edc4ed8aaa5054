"""A new version in the database: from a file of examples, or from what editors decided."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from community.comments.models import Comment, SpamLesson, SpamModel
from community.comments.spam import learning
from community.comments.spam.classifier import Classifier, Example, pack, unpack
from community.comments.spam.learning import Learned, Progress

Source = SpamModel.Source

NEEDED = 20  # decisions of each kind, before anything is learned from them
LEARNED_FROM = timedelta(days=365)
MOST = 2_000  # decisions of each kind, so that a night is enough
KEPT_VERSIONS = 10


def learn_from_examples(
    texts: Iterable[tuple[str, bool]], *, now: datetime, progress: Progress | None = None
) -> tuple[SpamModel, Learned]:
    """Start anew from ``texts``, each with whether it is spam; what was known is left behind.

    Raises `learning.OneKindOnly`.
    """
    examples = [learning.example(text, is_spam=is_spam) for text, is_spam in texts]
    learned = learning.learn(examples, progress=progress)
    return _store(learned, examples, source=Source.FILE, now=now), learned


def learn_from_decisions(texts: Iterable[tuple[str, bool]], *, now: datetime) -> SpamModel | None:
    """Learn from ``texts`` that editors judged, beyond what the last file of examples taught.

    Spam that was deleted since teaches as well. Returns the version that judges from now
    on: the one before when nothing new was to be learned, and ``None`` when there are
    fewer than `NEEDED` of a kind.
    """
    examples = [learning.example(text, is_spam=is_spam) for text, is_spam in texts]
    examples += _lessons(now)
    if min(_counts(examples)) < NEEDED:
        return None
    learned = learning.learn(examples, prior=_last_of_a_file())
    newest = SpamModel.objects.order_by("-version").first()
    if newest is not None and bytes(newest.weights) == learned.classifier.pack():
        return newest
    return _store(learned, examples, source=Source.DECISIONS, now=now)


def keep_lesson(comment: Comment) -> None:
    """Keep what ``comment``, which an editor took for spam, teaches after it is deleted."""
    vector = learning.example(comment.comment, is_spam=True).vector
    SpamLesson.objects.create(decided_at=comment.decided_at, features=pack(vector))


def forget_lessons(*, now: datetime) -> int:
    """Delete lessons that nothing is learned from any more; return how many."""
    return SpamLesson.objects.filter(decided_at__lt=now - LEARNED_FROM).delete()[0]


def _lessons(now: datetime) -> list[Example]:
    recent = SpamLesson.objects.filter(decided_at__gte=now - LEARNED_FROM)
    newest = recent.order_by("-decided_at", "-pk").values_list("features", flat=True)[:MOST]
    return [Example(unpack(bytes(packed)), is_spam=True) for packed in newest]


def _last_of_a_file() -> Classifier | None:
    newest = SpamModel.objects.filter(source=Source.FILE).order_by("-version").first()
    return Classifier.unpack(bytes(newest.weights)) if newest else None


def _counts(examples: Sequence[Example]) -> tuple[int, int]:
    """Return how many of ``examples`` are good, and how many are spam."""
    spam = sum(each.is_spam for each in examples)
    return len(examples) - spam, spam


@transaction.atomic
def _store(
    learned: Learned, examples: Sequence[Example], *, source: Source, now: datetime
) -> SpamModel:
    """Write the next version down; of older ones, `KEPT_VERSIONS` and the last of a file stay."""
    ham, spam = _counts(examples)
    stored = SpamModel.objects.create(
        trained_at=now,
        source=source,
        ham=ham,
        spam=spam,
        threshold=learned.threshold,
        weights=learned.classifier.pack(),
    )
    versions = SpamModel.objects.newest_first().values_list("version", flat=True)
    kept = {*versions[:KEPT_VERSIONS], *versions.filter(source=Source.FILE)[:1]}
    SpamModel.objects.exclude(version__in=kept).delete()
    return stored
