"""Narrowing a queue: by words, page, chain, organisation, writer, age, reason held, language."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from blog.models import BlogPage, Chain
from community.comments.models import Comment
from community.moderation import second_opinions
from core.models import Organisation
from tools.models import ToolPage

WORDS_LENGTH = 100  # characters of a search
AGES = {
    "uur": (_("longer than an hour"), timedelta(hours=1)),
    "dag": (_("longer than a day"), timedelta(days=1)),
    "week": (_("longer than a week"), timedelta(weeks=1)),
}
# Why the pipeline held it, by its phase.
HELD = {
    "first_timer": _("the writer is new here"),
    "mode": _("everything waits here"),
    "links": _("links"),
    "repeat": _("the same words before"),
    "history": _("refused before"),
    "always_waits": _("an editor reads this writer first"),
    "block_rules": _("a block rule"),
    "spam_score": _("looks like spam"),
    "trap": _("a hidden field was filled in"),
}


@dataclass(frozen=True)
class Filters:
    """What an editor wants to see. What was not asked for, or makes no sense, is empty."""

    zoek: str = ""
    pagina: int = 0
    keten: int = 0
    organisatie: int = 0
    schrijver: str = ""
    ouder: str = ""
    waarom: str = ""
    taal: str = ""
    van: str = ""
    mening: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Take from ``query`` what can be understood, and leave the rest."""
        return cls(
            zoek=_words(query.get("zoek")),
            pagina=_number(query.get("pagina")),
            keten=_number(query.get("keten")),
            organisatie=_number(query.get("organisatie")),
            schrijver=_key(query.get("schrijver")),
            ouder=_one_of(AGES, query.get("ouder")),
            waarom=_one_of(HELD, query.get("waarom")),
            taal=_one_of(dict(settings.LANGUAGES), query.get("taal")),
            van=_one_of(dict.fromkeys(["mij"]), query.get("van")),
            mening=_one_of(dict.fromkeys(["gevraagd"]), query.get("mening")),
        )

    @property
    def given(self) -> dict[str, str | int]:
        """What is asked for, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value}

    @property
    def query(self) -> str:
        """The same as the end of an address, without a question mark."""
        return urlencode(self.given)

    def without(self, name: str) -> str:
        """Return `query` as it is without what is asked for by ``name``."""
        others = {key: value for key, value in self.given.items() if key != name}
        return urlencode(others)

    def __bool__(self) -> bool:
        return bool(self.given)

    def apply(
        self, comments: QuerySet[Comment], *, now: datetime, editor_pk: int
    ) -> QuerySet[Comment]:
        """Return those of ``comments`` that fit all that was asked for."""
        for name, value in self.given.items():
            if name == "ouder":
                comments = comments.filter(submit_date__lt=now - AGES[str(value)][1])
            elif name == "van":
                comments = comments.filter(handling__assignee_id=editor_pk)
            else:
                comments = comments.filter(_MEANING[name](value))
        return comments


def choices() -> dict[str, list]:
    """Return what can be chosen from: chains and organisations that have something; two queries."""
    owners = Q(pk__in=BlogPage.objects.values("author__organisation"))
    owners |= Q(pk__in=ToolPage.objects.values("owner_organisation"))
    return {
        "chains": list(Chain.objects.order_by("name", "pk")),
        "organisations": list(Organisation.objects.filter(owners).order_by("name", "pk")),
    }


def narrowed(filters: Filters) -> list[tuple[str, str]]:
    """Return the names of the one page and the one writer that a list is about, if it is.

    With each the query of the same list without it. These have no field of their own in
    the form: they are chosen at a comment. A query for each.
    """
    found = []
    if filters.pagina:
        title = Page.objects.filter(pk=filters.pagina).values_list("title", flat=True).first()
        found.append((title or "–", filters.without("pagina")))
    if filters.schrijver:
        theirs = Comment.objects.filter(writer_key=filters.schrijver).order_by("-pk")
        name = theirs.values_list("user_name", flat=True).first()
        found.append((name or "–", filters.without("schrijver")))
    return found


def _in_chain(pk: int) -> Q:
    return Q(page_id__in=BlogPage.objects.of_chains([pk]).order_by().values("pk"))


def _of_organisation(pk: int) -> Q:
    posts = BlogPage.objects.filter(author__organisation=pk).order_by().values("pk")
    tools = ToolPage.objects.filter(owner_organisation=pk).order_by().values("pk")
    return Q(page_id__in=posts) | Q(page_id__in=tools)


_MEANING: dict[str, Callable] = {
    "zoek": lambda words: Q(comment__icontains=words) | Q(user_name__icontains=words),
    "pagina": lambda pk: Q(page_id=pk),
    "keten": _in_chain,
    "organisatie": _of_organisation,
    "schrijver": lambda key: Q(writer_key=key),
    "waarom": lambda phase: Q(evidence__phase=phase),
    "taal": lambda language: Q(language=language),
    "mening": lambda _asked: Q(handling__in=second_opinions.asked().order_by()),
}


def _words(value: str | None) -> str:
    """Return ``value`` as one line without what a database refuses."""
    cleaned = (value or "").replace("\x00", "").encode("utf-8", "ignore").decode()
    return " ".join(cleaned.split())[:WORDS_LENGTH]


def _number(value: str | None) -> int:
    is_number = value is not None and value.isascii() and value.isdigit() and len(value) < 10
    return int(value or 0) if is_number else 0


def _key(value: str | None) -> str:
    value = value or ""
    return value if len(value) == 32 and value.isascii() and value.isalnum() else ""


def _one_of(known: dict, value: str | None) -> str:
    return value if value and value in known else ""
