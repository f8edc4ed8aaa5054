"""Learning to tell two kinds of texts apart: logistic regression on log-count ratios.

Features are first scaled by how unequally they are spread over the two kinds (Wang
and Manning 2012, "Baselines and bigrams"), then weighed by stochastic gradient
descent with a rate of its own for each (Duchi, Hazan and Singer 2011). The same
examples always give the same weights.
"""

import random
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log, sqrt

from community.comments.spam.features import Vector

SEED = 1
ROUNDS = 5  # times that each example is seen
RATE = 0.3
SHRINK = 0.005  # how strongly weights are drawn back to nothing
SMOOTHING = 1.0  # of the counts from which the ratios are made
TOO_SMALL_TO_KEEP = 1e-3


@dataclass(frozen=True)
class Example:
    """A text as numbers, and what it was."""

    vector: Vector
    is_spam: bool


@dataclass(frozen=True)
class Classifier:
    """What was learned. The one that learned nothing gives every text a margin of 0."""

    bias: float = 0.0
    weights: dict[int, float] = field(default_factory=dict)

    def margin(self, vector: Vector) -> float:
        """Return by how much ``vector`` looks more like spam than not; 0 is undecided."""
        known = self.weights
        return self.bias + sum(known.get(key, 0.0) * value for key, value in vector.items())

    def pack(self) -> bytes:
        """Return this in a few hundred kilobytes at most; `unpack` makes it whole again."""
        return struct.pack("<d", self.bias) + pack(self.weights)

    @classmethod
    def unpack(cls, packed: bytes) -> "Classifier":
        return cls(struct.unpack_from("<d", packed)[0], unpack(packed[8:]))


def probability(margin: float) -> float:
    """Return ``margin`` on a scale from 0 to 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, margin))))


def fit(examples: Sequence[Example], prior: Classifier | None = None) -> Classifier:
    """Learn from ``examples``; ``prior`` is known already, and only what differs is learned."""
    prior = prior or Classifier()
    places = {key: place for place, key in enumerate(_keys(examples))}
    ratios = _ratios(examples, places)
    lessons = [_lesson(example, places, ratios, prior) for example in examples]
    learner = _Learner(len(places))
    shuffled = random.Random(SEED)  # noqa: S311
    for _round in range(ROUNDS):
        shuffled.shuffle(lessons)
        for lesson in lessons:
            learner.see(lesson)
    weights = dict(prior.weights)
    for key, place in places.items():
        weights[key] = weights.get(key, 0.0) + learner.weights[place] * ratios[place]
    kept = {key: weight for key, weight in weights.items() if abs(weight) > TOO_SMALL_TO_KEEP}
    return Classifier(prior.bias + learner.bias, kept)


def pack(vector: Vector) -> bytes:
    """Return ``vector`` as bytes, the same on every machine."""
    keys = sorted(vector)
    values = struct.pack(f"<{len(keys)}I{len(keys)}f", *keys, *(vector[key] for key in keys))
    return zlib.compress(values, 9)


def unpack(packed: bytes) -> Vector:
    values = zlib.decompress(packed)
    count = len(values) // 8
    numbers = struct.unpack(f"<{count}I{count}f", values)
    return dict(zip(numbers[:count], numbers[count:], strict=True))


def checksum(vector: Vector) -> int:
    """Return a number that is the same for the same ``vector``, everywhere and always."""
    return zlib.crc32(pack(vector))


@dataclass(frozen=True, slots=True)
class _Lesson:
    """An example for the learner: places and values of its features, and the prior's margin."""

    places: list[int]
    values: list[float]
    known: float
    is_spam: bool


class _Learner:
    """Weights under way, each with the sum of its squared gradients."""

    def __init__(self, size: int) -> None:
        self.bias = 0.0
        self.weights = [0.0] * size
        self._seen = [1.0] * size
        self._bias_seen = 1.0

    def see(self, lesson: _Lesson) -> None:
        """Move every weight of ``lesson`` towards what it should have said."""
        weights, seen = self.weights, self._seen
        margin = lesson.known + self.bias
        for place, value in zip(lesson.places, lesson.values, strict=True):
            margin += weights[place] * value
        error = probability(margin) - lesson.is_spam
        self._bias_seen += error * error
        self.bias -= RATE * error / sqrt(self._bias_seen)
        for place, value in zip(lesson.places, lesson.values, strict=True):
            slope = error * value + SHRINK * weights[place]
            seen[place] += slope * slope
            weights[place] -= RATE * slope / sqrt(seen[place])


def _keys(examples: Sequence[Example]) -> list[int]:
    return sorted({key for example in examples for key in example.vector})


def _ratios(examples: Sequence[Example], places: dict[int, int]) -> list[float]:
    """Return how unequally each feature is spread over the two kinds; 0 is equally."""
    counts = {is_spam: [SMOOTHING] * len(places) for is_spam in (False, True)}
    totals = {False: 2 * SMOOTHING, True: 2 * SMOOTHING}
    for example in examples:
        totals[example.is_spam] += 1
        count = counts[example.is_spam]
        for key in example.vector:
            count[places[key]] += 1
    shift = log(totals[False] / totals[True])
    return [
        abs(log(spam / ham) + shift) for ham, spam in zip(counts[False], counts[True], strict=True)
    ]


def _lesson(
    example: Example, places: dict[int, int], ratios: list[float], prior: Classifier
) -> _Lesson:
    at = [places[key] for key in example.vector]
    values = [
        value * ratios[place] for place, value in zip(at, example.vector.values(), strict=True)
    ]
    return _Lesson(at, values, prior.margin(example.vector), example.is_spam)
