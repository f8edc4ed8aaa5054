"""What a digest tells, one by one, with whole addresses and in the words of its reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from blog.chains import Place
from blog.models import BlogPage, Chain
from community.comments.models import Comment
from community.digests.pictures import Picture, picture
from core.addresses import absolute
from tools.models import ToolPage, ToolUse

EXCERPT_LENGTH = 200  # characters


@dataclass(frozen=True)
class Post:
    """A post in a digest. ``by`` is the author's name, and organisation if there is one."""

    key: int
    title: str
    url: str
    by: str
    introduction: str
    language: str
    picture: Picture | None = None

    @classmethod
    def of(cls, page: BlogPage) -> "Post":
        author = page.author
        by = [author.name, author.organisation] if author else []
        return cls(
            key=page.pk,
            title=page.title,
            url=absolute(page.get_absolute_url()),
            by=", ".join(str(part) for part in by if part),
            introduction=page.introduction,
            language=page.locale.language_code,
            picture=picture(page.image, alt=page.image_alt),
        )


@dataclass(frozen=True)
class Tool:
    """A tool in a digest. ``owner`` is the name of an organisation, or empty."""

    key: int
    title: str
    url: str
    one_line: str
    owner: str
    language: str

    @classmethod
    def of(cls, page: ToolPage) -> "Tool":
        return cls(
            key=page.pk,
            title=page.title,
            url=absolute(page.get_absolute_url()),
            one_line=page.one_line,
            owner=str(page.owner_organisation or ""),
            language=page.locale.language_code,
        )


@dataclass(frozen=True)
class Use:
    """That an organisation uses a tool: how it goes, since when, and what it says of that."""

    key: int
    organisation: str
    experience: str
    since_year: int | None
    note: str
    language: str = settings.LANGUAGE_CODE

    @classmethod
    def of(cls, use: ToolUse) -> "Use":
        return cls(
            key=use.pk,
            organisation=use.organisation.name,
            experience=use.get_experience_display(),
            since_year=use.since_year,
            note=use.note,
        )


@dataclass(frozen=True)
class UsedTool:
    """Who says that they use one tool. ``more`` is how many of them did not fit."""

    title: str
    url: str
    language: str
    uses: list[Use] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Reply:
    """A comment in a digest, as plain text. ``mark`` is another once its words are (`marked`)."""

    key: int
    mark: str
    name: str
    url: str
    excerpt: str
    language: str
    is_by_author: bool = False

    @classmethod
    def of(cls, comment: Comment) -> "Reply":
        """``comment`` comes from `contents.new_comments`, which knows who wrote the post."""
        return cls(
            key=comment.pk,
            mark=marked(comment.user_name, comment.comment),
            name=comment.user_name,
            url=absolute(comment.get_absolute_url()),
            excerpt=comment.excerpt(EXCERPT_LENGTH),
            language=comment.language,
            is_by_author=getattr(comment, "is_by_author", False),
        )


@dataclass(frozen=True)
class Conversation:
    """The comments under one page. ``more`` is how many of them did not fit."""

    title: str
    url: str
    language: str
    replies: list[Reply] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Turn:
    """Whose turn it is in a chain."""

    chain: str
    url: str
    place: Place

    @classmethod
    def of(cls, chain: Chain, place: Place) -> "Turn":
        return cls(chain=chain.name, url=absolute(chain.get_absolute_url()), place=place)


def marked(name: str, text: str) -> str:
    """Return what tells ``text`` by ``name`` from other words, and does not say them."""
    said = f"{name}\0{text}".encode("utf-8", "replace")
    return salted_hmac("digests.items", said, algorithm="sha256").hexdigest()[:16]


def conversations(comments: Iterable[Comment], counts: Mapping[int, int]) -> list[Conversation]:
    """Put comments under their pages: the page with the newest first.

    In it stand the answers of the post's author, and then the others, oldest first.
    ``counts`` is how many comments of a page there were to tell, by the page's key,
    where that is more than are in ``comments``.
    """
    by_page: dict[Page, list[Comment]] = {}
    for comment in sorted(comments, key=_moment, reverse=True):
        by_page.setdefault(comment.page, []).insert(0, comment)
    return [_conversation(page, comments, counts) for page, comments in by_page.items()]


def used_tools(
    uses: Iterable[ToolUse], pages: Mapping[Any, ToolPage], counts: Mapping[Any, int]
) -> list[UsedTool]:
    """Put uses under their tools, in the order in which they come.

    ``pages`` is what a reader sees of each tool, ``counts`` how many uses of it there were
    to tell where that is more than are in ``uses``; both by its translation key.
    """
    by_tool: dict[Any, list[Use]] = {}
    for use in uses:
        by_tool.setdefault(use.tool.translation_key, []).append(Use.of(use))
    return [
        UsedTool(
            title=pages[key].title,
            url=absolute(f"{pages[key].get_absolute_url()}#wij-gebruiken-dit"),
            language=pages[key].locale.language_code,
            uses=told,
            more=counts.get(key, len(told)) - len(told),
        )
        for key, told in by_tool.items()
    ]


def _moment(comment: Comment) -> tuple:
    return comment.appeared_at, comment.pk


def _conversation(page: Page, comments: list[Comment], counts: Mapping[int, int]) -> Conversation:
    replies = sorted(map(Reply.of, comments), key=lambda reply: not reply.is_by_author)
    return Conversation(
        title=page.title,
        url=absolute(f"{page.get_url() or ''}#reacties"),
        language=page.locale.language_code,
        replies=replies,
        more=counts.get(page.pk, len(replies)) - len(replies),
    )
