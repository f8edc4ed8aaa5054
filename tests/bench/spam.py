"""How well spam is told apart, on real comments under three videos."""

import random
from collections.abc import Sequence
from functools import cache
from itertools import chain
from statistics import fmean

from community.comments.spam import learning
from community.comments.spam.classifier import Example
from tests import spam
from tests.bench.measuring import NotHere

FOLDS = 5
SEED = 1
MOST_FALSE = 0.02  # of the good comments may be held


def f1_5fold() -> float:
    """Return the mean F1 over five stratified folds, of what would be held."""
    folds = _folds([example for _video, example in _real()])
    return fmean(_f1(_rest(folds, fold), fold) for fold in folds)


def recall_at_fpr2() -> float:
    """Return the mean part of the spam that is held under a video that nothing was learned from.

    The threshold is the one that the product would use: chosen on the other videos. A
    video under which more than `MOST_FALSE` of the good comments are held counts as 0.
    """
    found = [held(video) for video in videos()]
    return fmean(recall if false <= MOST_FALSE else 0.0 for recall, false in found)


@cache
def held(video: str) -> tuple[float, float]:
    """Return which part of the spam and of the good under ``video`` is held."""
    learned, there = _without(video)
    return tuple(
        fmean(
            learned.score(each.vector) > learned.threshold for each in there if each.is_spam == kind
        )
        for kind in (True, False)
    )


def best_recall(video: str) -> float:
    """Return the most spam under ``video`` that a threshold finds which holds few good ones.

    That threshold is chosen with the answers at hand; it says how well scores rank.
    """
    learned, there = _without(video)
    good = sorted((learned.score(each.vector) for each in there if not each.is_spam), reverse=True)
    threshold = good[int(MOST_FALSE * len(good))]
    return fmean(learned.score(each.vector) > threshold for each in there if each.is_spam)


@cache
def videos() -> list[str]:
    return list(dict.fromkeys(video for video, _example in _real()))


@cache
def _without(video: str) -> tuple[learning.Learned, list[Example]]:
    """Return what the other videos teach, and the comments under ``video``."""
    others = [example for where, example in _real() if where != video]
    return learning.learn(others), [example for where, example in _real() if where == video]


@cache
def _real() -> list[tuple[str, Example]]:
    if not spam.FILE.is_file():
        raise NotHere("the shared test data are not here")
    return [
        (video, learning.example(text, is_spam=is_spam)) for video, text, is_spam in spam.real()
    ]


def _folds(examples: Sequence[Example]) -> list[list[Example]]:
    folds: list[list[Example]] = [[] for _ in range(FOLDS)]
    for kind in (False, True):
        alike = [example for example in examples if example.is_spam == kind]
        random.Random(SEED).shuffle(alike)
        for fold in range(FOLDS):
            folds[fold] += alike[fold::FOLDS]
    return folds


def _rest(folds: Sequence[list[Example]], fold: list[Example]) -> list[Example]:
    return list(chain.from_iterable(other for other in folds if other is not fold))


def _f1(examples: list[Example], unseen: list[Example]) -> float:
    learned = learning.learn(examples)
    said = [(learned.score(each.vector) > learned.threshold, each.is_spam) for each in unseen]
    right = said.count((True, True))
    return 2 * right / (2 * right + said.count((True, False)) + said.count((False, True)))
