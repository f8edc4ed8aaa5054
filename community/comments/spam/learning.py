"""From examples to something that can judge: what they teach, and where spam begins."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from community.comments.spam import features
from community.comments.spam.classifier import Classifier, Example, checksum, fit, pack, probability

Progress = Callable[[Iterable[Any], int], Iterator[Any]]

FOLDS = 5
HIGHEST = 0.02  # of the good texts: those that look most like spam say where spam begins
SUREST = 0.75  # the least score above which anything is held


class OneKindOnly(ValueError):
    """There is nothing to tell apart: all examples are spam, or none is."""


@dataclass(frozen=True)
class Learned:
    """What examples taught, and the score above which a text is held.

    ``recall`` is the part of the spam that is held when each text is judged by what
    was learned from others.
    """

    classifier: Classifier
    threshold: float
    recall: float

    def score(self, found: features.Vector) -> float:
        return probability(self.classifier.margin(found))


def example(text: str, *, is_spam: bool) -> Example:
    return Example(features.vector(features.of(text)), is_spam)


def learn(
    examples: Iterable[Example],
    *,
    prior: Classifier | None = None,
    progress: Progress | None = None,
) -> Learned:
    """Learn from ``examples``, beyond what ``prior`` knew; the same text counts once.

    The threshold stands at the mean of the `HIGHEST` good texts, each judged by what was
    learned from others, and at `SUREST` at least: in a conversation about something new,
    good texts score higher than where the examples came from.

    Raises `OneKindOnly`.
    """
    distinct = list({(pack(each.vector), each.is_spam): each for each in examples}.values())
    if len({each.is_spam for each in distinct}) < 2:
        raise OneKindOnly
    folds = range(FOLDS)
    steps = progress(folds, FOLDS) if progress else folds
    judged = [pair for fold in steps for pair in _judged_by_others(distinct, fold, prior)]
    threshold = _threshold([margin for margin, is_spam in judged if not is_spam])
    found = [probability(margin) > threshold for margin, is_spam in judged if is_spam]
    return Learned(fit(distinct, prior), threshold, sum(found) / len(found))


def _judged_by_others(
    examples: Sequence[Example], fold: int, prior: Classifier | None
) -> list[tuple[float, bool]]:
    """Return the margins of one fold of ``examples``, by what the other folds taught."""
    parts: dict[bool, list[Example]] = {True: [], False: []}
    for each in examples:
        parts[checksum(each.vector) % FOLDS == fold].append(each)
    known = fit(parts[False], prior)
    return [(known.margin(each.vector), each.is_spam) for each in parts[True]]


def _threshold(ham_margins: list[float]) -> float:
    highest = sorted(ham_margins, reverse=True)[: ceil(len(ham_margins) * HIGHEST)]
    return max(SUREST, probability(sum(highest) / len(highest)))
