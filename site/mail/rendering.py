"""From templates to the parts of a mail: for one recipient, or once for many."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

import css_inline
from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from core import addresses
from mail.addresses import one_line

SUBJECT_LENGTH = 250  # characters; what is longer is cut
_BLANK_LINES = re.compile(r"\n{3,}")


def render(template: str, language: str, context: dict) -> dict[str, str]:
    """Return the subject, the text and the HTML of a mail, by the names of its columns."""
    with translation.override(language):
        context = {**_everywhere(language), **context}
        subject = _plain(f"{template}/subject.txt", context)
        text = _plain(f"{template}/body.txt", context)
        html = _storable(render_to_string(f"{template}/body.html", context))
    return {
        "subject": one_line(subject)[:SUBJECT_LENGTH],
        "text": _tidy(text),
        "html": css_inline.inline(html, load_remote_stylesheets=False, keep_at_rules=True),
    }


@dataclass(frozen=True)
class Copy:
    """One recipient of a `Circular`.

    ``own_link`` is where this one stops or changes it; ``own`` are further words that
    differ from copy to copy, by the names that `Circular.write` was given.
    """

    to: str
    own_link: str
    headers: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True)
class Circular:
    """One mail for many, rendered once: only what is a copy's own differs.

    ``about`` is as in `mail.outbox.enqueue`; a copy may have another.
    """

    kind: str
    language: str
    parts: dict[str, str]
    marks: dict[str, str]
    about: str = ""

    @classmethod
    def write(
        cls,
        *,
        kind: str,
        language: str,
        template: str,
        context: dict,
        about: str = "",
        own: Iterable[str] = (),
    ) -> Self:
        """Render ``template`` as `render` does; ``own_link`` and ``own`` are each copy's own."""
        # Nobody can have written these in what is mailed.
        marks = {name: secrets.token_hex(16) for name in ("own_link", *own)}
        parts = render(template, language, {**context, **marks})
        return cls(kind=kind, language=language, parts=parts, marks=marks, about=about)

    def parts_for(self, copy: Copy) -> dict[str, str]:
        """Return what `render` would have given for ``copy``."""
        own = {"own_link": copy.own_link, **copy.own}
        return {name: self._filled(name, part, own) for name, part in self.parts.items()}

    def _filled(self, name: str, part: str, own: dict[str, str]) -> str:
        for word, mark in self.marks.items():
            part = part.replace(mark, escape(own[word]) if name == "html" else own[word])
        return part


def _everywhere(language: str) -> dict:
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": settings.BASE_URL,
        "home_address": addresses.home(),
        "language": language,
    }


def _plain(template: str, context: dict) -> str:
    """Render a text template without escaping: José & Zoë stay who they are."""
    unescaped = Context(context, autoescape=False)
    return _storable(Engine.get_default().get_template(template).render(unescaped))


def _storable(text: str) -> str:
    """Leave out what no database keeps: NUL and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _tidy(text: str) -> str:
    """Return ``text`` without what template tags leave behind: spaces and piles of blank lines."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return _BLANK_LINES.sub("\n\n", lines) + "\n"
