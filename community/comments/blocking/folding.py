"""Text as all kinds of rules compare it: without case, accents and disguises."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

Span = tuple[int, int]  # half-open, in characters

_KNOWN = 10_000  # characters whose folding is remembered: more than living scripts need here
# Letters that look like ours, and those that have no accent to take off.
_LOOKALIKES = dict(
    zip("аеорсухіјѕкмтнвοαεικνρτυχøłđıħ’‘", "aeopcyxijskmthboaeikvptuxoldih''", strict=True)
) | {"æ": "ae", "œ": "oe", "þ": "th"}
_DROPPED = {"Mn", "Me", "Cf"}  # accents, and what cannot be seen

# "C4$1N0". A figure or sign stands for a letter only within a word that has letters.
_MIXED = re.compile(r"[a-z0-9@$!|€]+")
_STANDS_FOR = str.maketrans("034578@$€", "oeastbase")
_EITHER = ("il", "1!|")  # what these figures may stand for


class _Folds(dict[int, str]):
    """What each character becomes, filled as characters come by."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        folded = "".join(
            _LOOKALIKES.get(letter, letter)
            for letter in letters
            if unicodedata.category(letter) not in _DROPPED
        )
        if len(self) < _KNOWN:
            self[code] = folded
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return ``text`` in small letters without accents; letters that look alike are one."""
    return text.translate(_FOLDS)


@dataclass(frozen=True)
class Folded:
    """A text with its foldings, and the way back to where a match stands in it."""

    text: str

    @cached_property
    def readings(self) -> list[str]:
        """Return the folded text, and then how it reads with figures as letters.

        One reading for most texts, three at most, all of the same length.
        """
        plain = fold(self.text)
        return list(dict.fromkeys([plain, *(_read(plain, letter) for letter in _EITHER[0])]))

    def spans(self, found: Iterable[Span]) -> list[Span]:
        """Return where spans of a reading stand in the text itself."""
        return [self._span(start, end) for start, end in found]

    def words(self, spans: Iterable[Span]) -> list[str]:
        """Return what stands at ``spans`` of the text, each once."""
        return list(dict.fromkeys(self.text[start:end] for start, end in spans))

    def _span(self, start: int, end: int) -> Span:
        return self._origins[start], self._origins[end - 1] + 1

    @cached_property
    def _origins(self) -> list[int]:
        """For each character of a reading, from which one of the text it came."""
        return [
            place for place, letter in enumerate(self.text) for _ in range(len(_FOLDS[ord(letter)]))
        ]


def _read(folded: str, letter: str) -> str:
    """Return ``folded`` with the figures within words read as letters; a one as ``letter``."""
    table = _STANDS_FOR | dict.fromkeys(map(ord, _EITHER[1]), letter)

    def spell(match: re.Match[str]) -> str:
        word = match.group()
        core = word.rstrip("!|")  # at the end of a word these are what they are
        if core.isalpha() or not any(sign.isalpha() for sign in core):
            return word
        return core.translate(table) + word[len(core) :]

    return _MIXED.sub(spell, folded)
