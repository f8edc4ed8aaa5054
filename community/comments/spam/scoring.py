"""What the newest version thinks of a text; one small query, until there is a newer one."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Subquery

from community.comments.asking import first
from community.comments.models import SpamModel
from community.comments.spam import explaining, features
from community.comments.spam.classifier import Classifier, probability


@dataclass(frozen=True)
class Score:
    """How much a text looks like spam: ``value`` from 0 to 1, ``None`` as long as nobody taught.

    ``reasons`` are the words that pushed the score up most, strongest first.
    """

    value: float | None = None
    held: bool = False
    reasons: tuple[str, ...] = ()
    version: int | None = None


NO_OPINION = Score()
Version = tuple[int, datetime]  # a number, and the moment that tells it from a namesake


@dataclass(frozen=True)
class Judge:
    """One version, ready to judge any number of texts without a query."""

    version: int
    threshold: float
    classifier: Classifier

    def score(self, text: str) -> Score:
        found = list(features.of(text))
        value = probability(self.classifier.margin(features.vector(found)))
        return Score(
            value=round(value, 6),
            held=value > self.threshold,
            reasons=tuple(explaining.strongest_words(found, self.classifier)),
            version=self.version,
        )


def score(text: str) -> Score:
    """Return what the newest version thinks of ``text``: one query, and two after a training."""
    newest_judge = newest()
    return newest_judge.score(text) if newest_judge else NO_OPINION


def state() -> SpamModel | None:
    """Return the version that judges now, without its weights; ``None`` before any training."""
    return SpamModel.objects.newest_first().first()


def newest() -> Judge | None:
    """Return the judge of the newest version; ``None`` before any training."""
    model = state()
    return judge((model.version, model.trained_at)) if model else None


def questions() -> dict[str, Subquery]:
    """Return what to ask, among other things, to know which version judges now."""
    newest_first = SpamModel.objects.newest_first()
    names = {"spam_version": "version", "spam_trained_at": "trained_at"}
    return {name: first(newest_first, column) for name, column in names.items()}


def version_in(answers: dict[str, Any]) -> Version | None:
    """Return the version that ``answers`` to `questions` tell of; ``None`` before any training."""
    version = answers["spam_version"]
    return (version, answers["spam_trained_at"]) if version is not None else None


@lru_cache(maxsize=2)
def judge(version: Version) -> Judge:
    """Return the judge of ``version``; its weights are read once a process."""
    number, trained_at = version
    model = SpamModel.objects.get(version=number, trained_at=trained_at)
    return Judge(number, model.threshold, Classifier.unpack(bytes(model.weights)))
