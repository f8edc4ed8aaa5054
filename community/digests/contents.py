"""What happened in a period: new posts, comments that were approved, whose turn it is."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Q
from django.utils import translation
from wagtail.models import Page

from blog import chains
from blog.chains import Place
from blog.models import BlogPage, Chain
from community.comments.models import Comment
from community.digests.seams import Window
from community.subscriptions.selections import EVERYTHING, Selection
from core.addresses import absolute

MOST_POSTS = 8
MOST_COMMENTS = 10
MOST_TURNS = 3
EXCERPT_LENGTH = 200  # characters


@dataclass(frozen=True)
class Post:
    """A post in a digest. ``by`` is the author's name, and organisation if there is one."""

    title: str
    url: str
    by: str
    introduction: str


@dataclass(frozen=True)
class Reply:
    """A comment in a digest, as plain text."""

    name: str
    url: str
    excerpt: str


@dataclass(frozen=True)
class Conversation:
    """The comments under one page."""

    title: str
    url: str
    replies: list[Reply]


@dataclass(frozen=True)
class Turn:
    """Whose turn it is in a chain."""

    chain: str
    url: str
    place: Place


@dataclass(frozen=True)
class Contents:
    """What one digest tells. ``more_…`` is how many did not fit."""

    since: datetime
    until: datetime
    posts: list[Post] = field(default_factory=list)
    more_posts: int = 0
    conversations: list[Conversation] = field(default_factory=list)
    more_comments: int = 0
    turns: list[Turn] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is new; that it is still someone's turn is no news."""
        return not (self.posts or self.conversations)

    @cached_property
    def best(self) -> str:
        """The title that the subject of the mail names."""
        return self.posts[0].title if self.posts else self.conversations[0].title


def between(
    since: datetime, until: datetime, *, language: str, selection: Selection = EVERYTHING
) -> Contents:
    """Return what was new in [``since``, ``until``) of ``selection`` for a reader of ``language``.

    A post counts from its first publication, a comment from its approval; both
    only while everyone may read them. What came too late for the period before is in
    this one. At most twelve queries, whatever the volume.
    """
    if since >= until:
        return Contents(since, until)
    window = Window(since, until)
    with translation.override(language):
        posts = selection.posts(new_posts(window, language=language))
        comments = Comment.objects.visible().on_public_pages().filter(window.comments())
        comments = selection.comments(comments)
        shown_posts, more_posts = _first(posts.with_card_fields(), MOST_POSTS)
        newest = comments.select_related("page").order_by("-decided_at", "-pk")
        shown_comments, more_comments = _first(newest, MOST_COMMENTS)
        return Contents(
            since=since,
            until=until,
            posts=[_post(post) for post in shown_posts],
            more_posts=more_posts,
            conversations=_by_page(shown_comments),
            more_comments=more_comments,
            turns=_turns(selection) if shown_posts or shown_comments else [],
        )


def new_posts(window: Window, *, language: str):
    """Return the posts first published in ``window``, newest first.

    A post that can be read in ``language`` is only shown in that language.
    """
    translated = BlogPage.objects.live().public().filter(locale__language_code=language)
    elsewhere = ~Q(locale__language_code=language)
    return (
        BlogPage.objects.published()
        .filter(window.posts())
        .exclude(elsewhere & Q(translation_key__in=translated.values("translation_key")))
        .order_by("-first_published_at", "-pk")
    )


def _first(rows, most: int) -> tuple[list, int]:
    """Return the first ``most`` of ``rows``, and how many more there are."""
    shown = list(rows[: most + 1])
    more = rows.count() - most if len(shown) > most else 0
    return shown[:most], more


def _post(post: BlogPage) -> Post:
    author = post.author
    by = [author.name, author.organisation] if author else []
    return Post(
        title=post.title,
        url=absolute(post.get_absolute_url()),
        by=", ".join(str(part) for part in by if part),
        introduction=post.introduction,
    )


def _by_page(newest: list[Comment]) -> list[Conversation]:
    """Put comments under their pages: the page with the newest first, in it the oldest first."""
    by_page: dict[Page, list[Comment]] = {}
    for comment in newest:
        by_page.setdefault(comment.page, []).insert(0, comment)
    return [_conversation(page, comments) for page, comments in by_page.items()]


def _conversation(page: Page, comments: list[Comment]) -> Conversation:
    replies = [
        Reply(
            name=comment.user_name,
            url=absolute(comment.get_absolute_url()),
            excerpt=comment.excerpt(EXCERPT_LENGTH),
        )
        for comment in comments
    ]
    return Conversation(title=page.title, url=absolute(page.get_url() or ""), replies=replies)


def _turns(selection: Selection) -> list[Turn]:
    mine = [(chain, places) for chain, places in chains.overview() if selection.has_chain(chain.pk)]
    found = [(chain, chains.turn(places)) for chain, places in mine]
    return [_turn(chain, place) for chain, place in found if place is not None][:MOST_TURNS]


def _turn(chain: Chain, place: Place) -> Turn:
    return Turn(chain=chain.name, url=absolute(chain.get_absolute_url()), place=place)
