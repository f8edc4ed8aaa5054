"""What happened in a period: new posts and tools, comments and uses that appeared, turns."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, F, Q, When
from django.utils import translation
from wagtail.models import Page
from wagtail.query import PageQuerySet

from blog import chains
from blog.models import BlogPage
from community.comments.models import Comment
from community.comments.models.comments import CommentQuerySet
from community.digests import items
from community.digests.items import EXCERPT_LENGTH, Conversation, Post, Tool, Turn, UsedTool
from community.digests.seams import Window
from community.subscriptions.selections import EVERYTHING, Selection
from core import restrictions
from core.addresses import absolute
from tools.models import ToolPage, ToolUse
from tools.models.uses import ToolUseQuerySet

__all__ = ["EXCERPT_LENGTH", "Contents", "between"]

MOST_POSTS = 8
MOST_TOOLS = 5
MOST_COMMENTS = 10
MOST_USES = 10
MOST_TURNS = 3


@dataclass(frozen=True)
class Contents:
    """What one digest tells.

    ``more_…`` is how many did not fit; ``posts_url``, ``tools_url`` and ``uses_url`` are
    where those can be found, and empty when there are none. ``introduction`` is what the editors
    say first and wrote at ``introduced_at`` (`introductions`), ``web_address`` where it can
    all be read on the site (`editions`).
    """

    since: datetime
    until: datetime
    posts: list[Post] = field(default_factory=list)
    more_posts: int = 0
    posts_url: str = ""
    tools: list[Tool] = field(default_factory=list)
    more_tools: int = 0
    tools_url: str = ""
    conversations: list[Conversation] = field(default_factory=list)
    more_comments: int = 0
    used_tools: list[UsedTool] = field(default_factory=list)
    more_uses: int = 0
    uses_url: str = ""
    turns: list[Turn] = field(default_factory=list)
    introduction: str = ""
    introduced_at: datetime | None = None
    web_address: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is new; that it is still someone's turn is no news."""
        return not (self.posts or self.tools or self.conversations or self.used_tools)

    @cached_property
    def best(self) -> str:
        """The title that the subject of the mail names."""
        by_weight = (self.posts, self.tools, self.conversations, self.used_tools)
        return next(item.title for kind in by_weight for item in kind)

    @property
    def comments_elsewhere(self) -> int:
        """How many comments did not fit that are under none of the pages that are told."""
        return self.more_comments - sum(talk.more for talk in self.conversations)

    @property
    def uses_elsewhere(self) -> int:
        """How many uses did not fit that are of none of the tools that are told."""
        return self.more_uses - sum(tool.more for tool in self.used_tools)


def between(
    since: datetime, until: datetime, *, language: str, selection: Selection = EVERYTHING
) -> Contents:
    """Return what was new in [``since``, ``until``) of ``selection`` for a reader of ``language``.

    A post and a tool count from their first publication, a comment and the use of a tool
    from when everyone could read it first; all only while everyone may read them. What
    came too late for the period before is in this one. At most sixteen queries, whatever
    the volume, and a few for each picture that was not cut to size before.
    """
    if since >= until:
        return Contents(since, until)
    window = Window(since, until)
    private = restrictions.private()
    with translation.override(language):
        new_posts = new_pages(BlogPage, window, language=language, private=private)
        new_tools = new_pages(ToolPage, window, language=language, private=private)
        posts = _first(selection.posts(new_posts.with_card_fields()), MOST_POSTS)
        tools = _first(selection.tools(new_tools.with_card_fields()), MOST_TOOLS)
        conversations, more_comments = _conversations(
            selection.comments(new_comments(window, private=private))
        )
        used = _uses(
            selection.uses(new_uses(window, private=private)), language=language, private=private
        )
        news = Contents(
            since=since,
            until=until,
            posts=[Post.of(post) for post in posts.shown],
            more_posts=posts.more,
            posts_url=posts.rest_at,
            tools=[Tool.of(tool) for tool in tools.shown],
            more_tools=tools.more,
            tools_url=tools.rest_at,
            conversations=conversations,
            more_comments=more_comments,
            used_tools=used.shown,
            more_uses=used.more,
            uses_url=used.rest_at,
        )
        return news if news.is_empty else replace(news, turns=_turns(selection))


def new_pages(
    kind: type[BlogPage] | type[ToolPage], window: Window, *, language: str, private: Q
) -> PageQuerySet:
    """Return the pages of ``kind`` first published in ``window``, newest first.

    One that can be read in ``language`` is only shown in that language. ``private`` is
    which pages not everyone may read, looked up once for all kinds.
    """
    readable = readable_pages(kind, private=private)
    translated = readable.filter(locale__language_code=language)
    elsewhere = ~Q(locale__language_code=language)
    return (
        readable.filter(window.pages())
        .exclude(elsewhere & Q(translation_key__in=translated.values("translation_key")))
        .order_by("-first_published_at", "-pk")
    )


def new_comments(window: Window, *, private: Q) -> CommentQuerySet:
    """Return the comments of ``window`` with their page: answers of its author, then the newest.

    ``is_by_author`` says which those answers are.
    """
    comments = readable_comments(private=private).filter(window.comments())
    author = F("page__blogpage__author__user_id")
    is_by_author = Case(When(user_id=author, then=True), default=False)
    marked = comments.select_related("page__locale").annotate(is_by_author=is_by_author)
    return marked.order_by("-is_by_author", "-appeared_at", "-pk")


def new_uses(window: Window, *, private: Q) -> ToolUseQuerySet:
    """Return the uses of ``window`` of tools that everyone may read, the newest first."""
    uses = readable_uses(private=private).filter(window.uses())
    return uses.select_related("organisation", "tool")


def readable_pages(kind: type[Page], *, private: Q) -> PageQuerySet:
    """Return the pages of ``kind`` that everyone may read now."""
    return kind.objects.live().exclude(private)


def readable_comments(*, private: Q) -> CommentQuerySet:
    """Return the comments that everyone may read now."""
    return Comment.objects.visible().on_public_pages(private=private)


def readable_uses(*, private: Q) -> ToolUseQuerySet:
    """Return the uses of tools that everyone may read now."""
    tools = readable_pages(ToolPage, private=private).order_by().values("translation_key")
    return ToolUse.objects.verified().filter(tool__translation_key__in=tools)


@dataclass(frozen=True)
class _Some:
    """The first of a list, how many more there are, and the address of these."""

    shown: list
    more: int = 0
    rest_at: str = ""


def _first(pages: PageQuerySet, most: int) -> _Some:
    found = list(pages[: most + 1])
    if len(found) <= most:
        return _Some(found)
    list_at = urljoin(absolute(found[0].get_absolute_url()), "..")
    return _Some(found[:most], more=pages.count() - most, rest_at=list_at)


def _conversations(comments: CommentQuerySet) -> tuple[list[Conversation], int]:
    """Return those of ``comments`` that are told, by page, and how many more there are."""
    found = list(comments[: MOST_COMMENTS + 1])
    if len(found) <= MOST_COMMENTS:
        return items.conversations(found, {}), 0
    counts = _counts(comments)
    more = sum(counts.values()) - MOST_COMMENTS
    return items.conversations(found[:MOST_COMMENTS], counts), more


def _counts(comments: CommentQuerySet) -> dict[int, int]:
    """Return how many of ``comments`` stand under each page, by the page's key."""
    by_page = comments.order_by("page_id").values("page_id").annotate(count=Count("pk"))
    return dict(by_page.values_list("page_id", "count"))


def _uses(uses: ToolUseQuerySet, *, language: str, private: Q) -> _Some:
    """Return those of ``uses`` that are told, by tool as a reader of ``language`` sees it."""
    found = list(uses[: MOST_USES + 1])
    if not found:
        return _Some([])
    counts: dict[UUID, int] = {}
    if len(found) > MOST_USES:
        by_tool = uses.order_by().values("tool__translation_key").annotate(count=Count("pk"))
        counts = dict(by_tool.values_list("tool__translation_key", "count"))
    told = found[:MOST_USES]
    keys = {use.tool.translation_key for use in told}
    shown = items.used_tools(told, _versions(keys, language=language, private=private), counts)
    more = max(sum(counts.values()) - MOST_USES, 0)
    return _Some(shown, more=more, rest_at=urljoin(shown[0].url, "..") if more else "")


def _versions(keys: set[UUID], *, language: str, private: Q) -> dict[UUID, ToolPage]:
    """Return the page of each tool in ``language``, or else in the site's own or any other."""
    pages = readable_pages(ToolPage, private=private).filter(translation_key__in=keys)

    def rank(page: ToolPage) -> tuple[bool, bool, int]:
        code = page.locale.language_code
        return code == language, code == settings.LANGUAGE_CODE, -page.pk

    return {page.translation_key: page for page in sorted(pages.select_related("locale"), key=rank)}


def _turns(selection: Selection) -> list[Turn]:
    mine = [(chain, places) for chain, places in chains.overview() if selection.has_chain(chain.pk)]
    found = [(chain, chains.turn(places)) for chain, places in mine]
    return [Turn.of(chain, place) for chain, place in found if place is not None][:MOST_TURNS]
