"""The list that an editor is looking at: which tab, what was asked for, which page."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.core.paginator import Page as PageOf
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from community.comments.models import Comment
from community.moderation import queue, tabs
from community.moderation.filters import Filters
from community.moderation.models import Act
from community.moderation.queue import Item

PER_PAGE = 25
FIELD = "lijst"  # in forms: the query string of the list that they stand in


class _Paginator(Paginator):
    """A paginator that may know how many there are."""

    def __init__(self, comments, count: int | None) -> None:
        super().__init__(comments, PER_PAGE)
        if count is not None:
            self.count = count


@dataclass(frozen=True)
class Listing:
    """One page of one tab, narrowed by filters."""

    tab: str
    filters: Filters
    number: str = ""

    @classmethod
    def asked_for(cls, request: HttpRequest) -> Self:
        """Return the list that the address of ``request`` names."""
        return cls.read(request.GET)

    @classmethod
    def behind(cls, request: HttpRequest, *, status: str) -> Self:
        """Return the list in which the form that ``request`` asks for or sends stands.

        Without a word about that, it is the tab in which comments of ``status`` are.
        """
        given = request.POST if request.method == "POST" else request.GET
        sent = QueryDict(given.get(FIELD, "")[:1000])
        return cls.read(sent) if sent else cls(tabs.of(status), Filters())

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        return cls(tabs.named(query.get("staat")), Filters.read(query), query.get("p", "")[:9])

    @property
    def query(self) -> str:
        """The same as the end of an address, without a question mark."""
        number = {"p": self.number} if self.number not in {"", "1"} else {}
        return urlencode({"staat": self.tab, **self.filters.given, **number})

    @property
    def address(self) -> str:
        return f"{reverse('moderation:desk')}?{self.query}"

    @cached_property
    def counts(self) -> dict[str, int]:
        return tabs.counts()

    def comments(self, request: HttpRequest):
        """Return all comments of the list, in order."""
        found = tabs.comments(self.tab)
        return self.filters.apply(found, now=timezone.now(), editor_pk=request.user.pk or 0)

    def page(self, request: HttpRequest) -> PageOf:
        """Return the page as items; a bad number gives the nearest page."""
        now = timezone.now()
        comments = queue.with_surroundings(self.comments(request), now=now)
        count = None if self.filters else self.counts[self.tab]
        page = _Paginator(comments, count).get_page(self.number)
        page.object_list = queue.items(page.object_list, now=now)
        return page


def item_of(comment: Comment) -> Item | None:
    """Return ``comment`` as it stands on the desk now."""
    return queue.item(comment.pk, now=timezone.now())


def latest_of(comment: Comment) -> Act | None:
    """Return what was done last about ``comment``."""
    return comment.acts.select_related("moderator", "reason").first()
