"""What can be learned from in a text, and which of its words each piece stands on."""

import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from math import log2
from typing import NamedTuple

from community.comments.spam import lexicon, tokens
from community.comments.spam.tokens import LINK, MAIL, NUMBER, Reading

Vector = dict[int, float]  # the number of each feature, and how strongly it counts

START = "^"  # before the first word of a clause
PIECE = 4  # letters
NEAR = 3  # words between which groups are seen together

# How strongly one feature of a kind counts beside the others.
WORD, PAIR, PIECES, GROUP, HOST, SHAPE = 1.0, 0.7, 0.3, 1.0, 0.5, 1.0
STAND_INS = {LINK, MAIL, NUMBER, START}


class Feature(NamedTuple):
    """One thing that a text has. ``words`` are those of the text that it stands on."""

    name: str
    strength: float
    words: tuple[str, ...] = ()


def vector(features: Iterable[Feature]) -> Vector:
    """Return ``features`` as numbers: all that a classifier gets to see, or that is kept."""
    return {number(feature.name): feature.strength for feature in features}


@lru_cache(maxsize=65536)
def number(name: str) -> int:
    """Return the number that a feature is known by; the same everywhere and always."""
    return zlib.crc32(name.encode())


def of(text: str) -> Iterator[Feature]:
    """Yield what ``text`` has. Features come more than once; once and often count alike."""
    reading = tokens.read(text)
    row = [word for clause in reading.clauses for word in (START, *clause)]
    yield from _words(row)
    for clause in reading.clauses:
        yield from _groups(clause)
    yield from _links(reading)
    yield from _shape(reading)


def _words(row: list[str]) -> Iterator[Feature]:
    """The words, pieces of them, and pairs of words with at most one in between."""
    for word in dict.fromkeys(row):
        if word in {LINK, MAIL, START}:
            continue
        yield Feature(f"word {word}", WORD, (word,))
        if word != NUMBER:
            for piece in _pieces(word):
                yield Feature(piece, PIECES, (word,))
    for one, two in pairwise(row):
        yield Feature(f"pair {one} {two}", PAIR, (one, two))
    for one, two in zip(row, row[2:], strict=False):
        yield Feature(f"skip {one} {two}", PAIR, (one, two))


def _groups(clause: tuple[str, ...]) -> Iterator[Feature]:
    """The groups of words, which of them stand near which, and which opens a clause."""
    groups = [lexicon.group_of(word) for word in clause]
    if groups[0]:
        yield Feature(f"opens {groups[0]}", GROUP, (clause[0],))
    for place, group in enumerate(groups):
        if not group:
            continue
        yield Feature(f"group {group}", GROUP, (clause[place],))
        for near in range(place + 1, min(place + 1 + NEAR, len(clause))):
            if groups[near]:
                words = (clause[place], clause[near])
                yield Feature(f"near {group} {groups[near]}", GROUP, words)


def _links(reading: Reading) -> Iterator[Feature]:
    for host in reading.hosts:
        ordinary = host in lexicon.ORDINARY_HOSTS
        yield Feature("link ordinary" if ordinary else "link", SHAPE, (host,))
        yield Feature(f"host {host}", HOST, (host,))
    if len(reading.hosts) > 1:
        yield Feature("links", SHAPE, reading.hosts)


def _shape(reading: Reading) -> Iterator[Feature]:
    """How long the text is, and whether it shouts, counts or repeats itself."""
    plain, words = reading.plain, reading.words
    yield Feature(f"length {min(5, int(log2(len(words) + 1)))}", SHAPE)
    letters = sum(map(str.isalpha, plain))
    if letters and sum(map(str.isupper, plain)) > letters / 2:
        yield Feature("capitals", SHAPE)
    if sum(map(str.isdigit, plain)) > len(plain) / 10:
        yield Feature("digits", SHAPE)
    if words and len(set(words)) < len(words) * 0.6:
        yield Feature("repetition", SHAPE)
    yield Feature(f"exclamations {min(3, plain.count('!'))}", SHAPE)


@lru_cache(maxsize=8192)
def _pieces(word: str) -> tuple[str, ...]:
    whole = f"<{word}>"
    return tuple(whole[at : at + PIECE] for at in range(len(whole) - PIECE + 1))
