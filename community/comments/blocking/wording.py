"""The kinds of rules that look at words: how each is written down, and how it is found."""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import re2
from django.utils.translation import gettext as _

from community.comments.blocking.folding import Span, fold
from community.comments.blocking.inflecting import forms

SHORTEST_PART = 3  # letters that a compound has beside the word
LARGEST_PROGRAM = 1500  # steps of an expression: at most some 0.05 s for the longest comment
_MEMORY = 1 << 20  # bytes for each expression

Finder = Callable[[str], Iterator[Span]]

_LETTER = r"[^\W\d_]"
_BEFORE, _AFTER = rf"(?<!{_LETTER})", rf"(?!{_LETTER})"
_BETWEEN = r"[\W_]+"
WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class BadPattern(ValueError):
    """This cannot be looked for. ``message`` says why, to the editor who wrote it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def word(pattern: str, *, inside_compounds: bool = False) -> Finder:
    """Return what finds a word with its forms, and if so wished inside other words."""
    folded = fold(pattern)
    known = forms(folded)
    roots = [folded, *(form for form in known if not form.startswith(folded))]  # haar, haren
    if inside_compounds:
        return _where(roots, _inside(roots, frozenset(known)))
    ways = "|".join(map(re.escape, known))
    return _where(roots, _each(re.compile(f"{_BEFORE}(?:{ways}){_AFTER}")))


def phrase(pattern: str) -> Finder:
    """Return what finds words in this order, whatever signs and spaces are between them."""
    words = WORDS.findall(fold(pattern))
    whole = re.compile(_BEFORE + _BETWEEN.join(map(re.escape, words)) + _AFTER)
    return _where(words[:1], _each(whole))


def expression(pattern: str) -> Finder:
    """Return what finds a regular expression, in time that grows with the text alone.

    Raises `BadPattern`. RE2 knows no look-around and no references back: those are what
    makes other engines slow.
    """
    return _each(compiled(pattern))


def _each(program: Any) -> Finder:
    def find(reading: str) -> Iterator[Span]:
        return (found.span() for found in program.finditer(reading) if found.group())

    return find


def _where(roots: list[str], find: Finder) -> Finder:
    """Use ``find`` where one of ``roots`` stands at all: twenty times as fast elsewhere."""

    def find_there(reading: str) -> Iterator[Span]:
        return find(reading) if any(root in reading for root in roots) else iter(())

    return find_there


def _inside(roots: list[str], known: frozenset[str]) -> Finder:
    """Find a word where what is written on to it is a word as well, or nothing."""
    program = re.compile("|".join(map(re.escape, roots)))

    def find(reading: str) -> Iterator[Span]:
        for found in program.finditer(reading):
            start, end = found.span()
            before = _run(reading[max(0, start - SHORTEST_PART) : start][::-1])
            after = _run(reading[end : end + SHORTEST_PART])
            is_end = len(after) == SHORTEST_PART or found.group() + after in known
            if is_end and len(before) in {0, SHORTEST_PART}:
                yield start, end

    return find


def _run(text: str) -> str:
    """Return the letters with which ``text`` begins."""
    return "".join(itertools.takewhile(str.isalpha, text))


def compiled(pattern: str) -> Any:
    """Return ``pattern`` compiled for folded text; its letters that fold are folded as well.

    Raises `BadPattern`.
    """
    options = re2.Options()
    options.case_sensitive = options.log_errors = False
    options.never_capture = True
    options.max_mem = _MEMORY
    folded = "".join(sign if sign.isascii() else re.escape(fold(sign)) for sign in pattern)
    try:
        program = re2.compile(folded, options)
    except (re2.error, UnicodeEncodeError) as error:
        raise BadPattern(_told(error)) from error
    if program.programsize > LARGEST_PROGRAM:
        raise BadPattern(_("This expression is too large. Repeat less, or make two rules."))
    return program


def _told(error: Exception) -> str:
    told = error.args[0] if error.args else ""
    why = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    return _("This expression cannot be read: %(why)s.") % {"why": why}
