"""From templates to the parts of a mail: for one recipient, or once for many."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

import css_inline
from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from core import addresses
from mail import marking
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

    @property
    def own_words(self) -> dict[str, str]:
        """What fills the marks, by name."""
        return {"own_link": self.own_link, **self.own}


@dataclass(frozen=True)
class Circular:
    """One mail for many, rendered once: only what is a copy's own differs (`mail.marking`).

    ``about`` is as in `mail.outbox.enqueue`; a copy may have another. ``key`` is what the
    outbox knows it by.
    """

    kind: str
    language: str
    parts: dict[str, str]
    marks: dict[str, str]
    about: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)

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
        own_marks = marking.make(["own_link", *own])
        parts = render(template, language, {**context, **own_marks})
        return cls(kind=kind, language=language, parts=parts, marks=own_marks, about=about)

    def parts_for(self, copy: Copy) -> dict[str, str]:
        """Return what `render` would have given for ``copy``."""
        own = copy.own_words
        return {name: self._filled(name, own) for name in self.parts}

    def own_parts_for(self, copy: Copy) -> dict[str, Any]:
        """Return what is kept of ``copy`` when what all copies say is kept apart."""
        own = copy.own_words
        return {"subject": self._filled("subject", own), "own": own}

    def _filled(self, name: str, own: dict[str, str]) -> str:
        return marking.fill(self.parts[name], self.marks, own, is_html=name == "html")


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
