"""What the newest version thinks of a text; one small query, until there is a newer one."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

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
    judge = newest()
    return judge.score(text) if judge else NO_OPINION


def state() -> SpamModel | None:
    """Return the version that judges now, without its weights; ``None`` before any training."""
    return SpamModel.objects.newest_first().first()


def newest() -> Judge | None:
    """Return the judge of the newest version; ``None`` before any training."""
    model = state()
    return _load(model.version, model.trained_at) if model else None


@lru_cache(maxsize=2)
def _load(version: int, trained_at: datetime) -> Judge:
    """Read the weights of ``version`` once a process; the moment tells it from a namesake's."""
    model = SpamModel.objects.get(version=version, trained_at=trained_at)
    return Judge(version, model.threshold, Classifier.unpack(bytes(model.weights)))
