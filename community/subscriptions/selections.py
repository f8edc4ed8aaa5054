"""What a reader chose to hear about: which posts, tools, uses of them and comments that are.

A `Selection` is a value: two readers with the same choices have equal ones, so that
what is looked up for one of them serves the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self, TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import QueryDict
from wagtail.models import Page

from blog.models import BlogPage, BlogPageTag
from community.subscriptions.models import Choice, Subscription
from tools.filters import ToolFilter
from tools.models import ToolPage

LONGEST_KEY = 18  # digits of a primary key; more fit in no column

Kind = Choice.Kind
Rows = TypeVar("Rows", bound=QuerySet)


@dataclass(frozen=True)
class Selection:
    """A set of choices, each a kind and a key as in `Choice`; nothing when it is empty."""

    choices: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, choices: Iterable[Iterable[str]]) -> Self:
        """Return the selection of these kinds and keys; "everything" swallows the rest."""
        chosen = frozenset((str(kind), str(key)) for kind, key in choices)
        whole = (Kind.EVERYTHING.value, "")
        return cls(frozenset([whole]) if whole in chosen else chosen)

    def __or__(self, other: "Selection") -> "Selection":
        return Selection.of(self.choices | other.choices)

    @property
    def is_everything(self) -> bool:
        return (Kind.EVERYTHING.value, "") in self.choices

    def pairs(self) -> list[list[str]]:
        """Return the kinds and keys in a fixed order, as JSON keeps them."""
        return sorted([kind, key] for kind, key in self.choices)

    def posts(self, posts: Rows) -> Rows:
        """Keep those of ``posts`` that this is about; each comes once, whatever fits it."""
        return posts if self.is_everything else posts.filter(self._posts())

    def tools(self, tools: Rows) -> Rows:
        """Keep those of ``tools`` that this is about."""
        return tools if self.is_everything else tools.filter(self._tools())

    def uses(self, uses: Rows) -> Rows:
        """Keep those of ``uses`` of the tools that this is about, and by its organisations."""
        if self.is_everything:
            return uses
        tools = ToolPage.objects.filter(self._tools()).order_by().values("translation_key")
        by = Q(organisation_id__in=self._keys(Kind.ORGANISATION))
        return uses.filter(by | Q(tool__translation_key__in=tools))

    def comments(self, comments: Rows) -> Rows:
        """Keep those of ``comments`` under what this is about, and in chosen conversations."""
        if self.is_everything:
            return comments
        under = [BlogPage.objects.filter(self._posts()), ToolPage.objects.filter(self._tools())]
        which = Q(page_id__in=self._keys(Kind.CONVERSATION))
        for pages in under:
            which |= Q(page_id__in=pages.order_by().values("pk"))
        return comments.filter(which)

    def has_chain(self, pk: int) -> bool:
        """Whether this is about whose turn it is in that chain."""
        return self.is_everything or pk in self._keys(Kind.CHAIN)

    def _posts(self) -> Q:
        tagged = BlogPageTag.objects.filter(tag__slug__in=self._texts(Kind.TAG))
        which = Q(pk__in=[]) | Q(author_id__in=self._keys(Kind.AUTHOR))
        which |= Q(author__organisation_id__in=self._keys(Kind.ORGANISATION))
        which |= Q(pk__in=tagged.values("content_object_id"))
        linked = BlogPage.objects.of_chains(self._keys(Kind.CHAIN)).order_by()
        which |= Q(pk__in=linked.values("pk"))
        sections = self._keys(Kind.SECTION)
        return which | Q(_stands_in(sections)) if sections else which

    def _tools(self) -> Q:
        which = Q(owner_organisation_id__in=self._keys(Kind.ORGANISATION))
        for text in self._texts(Kind.TOOLS):
            lookups = ToolFilter.from_query(QueryDict(text)).lookups()
            which |= Q(**lookups) if lookups else Q(pk__isnull=False)
        return which

    def _texts(self, kind: Kind) -> list[str]:
        return sorted(key for each, key in self.choices if each == kind)

    def _keys(self, kind: Kind) -> list[int]:
        """Return the primary keys among the keys; others name nothing."""
        return [int(key) for key in self._texts(kind) if is_key(key)]


NOTHING = Selection(frozenset())
EVERYTHING = Selection.of([(Kind.EVERYTHING, "")])


def of(subscription: Subscription) -> Selection:
    """Return what ``subscription`` is about; one query, or none when they were prefetched."""
    return Selection.of((choice.kind, choice.key) for choice in subscription.choices.all())


def is_key(text: str) -> bool:
    """Return whether ``text`` is a primary key that a column can hold."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


def _stands_in(sections: list[int]) -> Exists:
    """Return whether a page stands under one of ``sections`` or a translation of it."""
    chosen = Page.objects.filter(pk__in=sections)
    alike = Page.objects.filter(translation_key__in=chosen.values("translation_key"))
    path = ExpressionWrapper(OuterRef("path"), CharField())
    return Exists(alike.annotate(below=path).filter(below__startswith=F("path")).order_by())
