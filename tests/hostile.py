"""Attack strings, stored as readers could have stored them."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from community.comments import bulk, text
from community.comments.forms import NAME_LENGTH
from community.comments.models import Comment, Revision
from community.moderation import objections
from tests import corpora, factories
from tests.shares import THOROUGH
from users.models import User

ON_A_PAGE = 50
SAMPLE = 150  # where a page or a mail takes a while
WORDS = "Een gewone reactie, met een link naar https://example.org/ en *nadruk*."
LINK = re.compile(r'href="([^"#]+)')


def everything() -> list[str]:
    return [*corpora.attacks(), *corpora.naughty()]


def sample(count: int = SAMPLE) -> list[str]:
    return everything() if THOROUGH else corpora.spread(everything(), count)


def few() -> list[str]:
    """Return one of each kind, where each asks for a request or a mail of its own."""
    if THOROUGH:
        return corpora.spread(everything(), SAMPLE)
    return corpora.one_of_each_kind(everything())


def as_text(string: str) -> str:
    """Return what is kept of ``string`` as a comment."""
    return text.normalise(string)[: text.MAX_LENGTH] or "-"


def as_name(string: str) -> str:
    """Return what is kept of ``string`` as a name."""
    return text.one_line(string)[:NAME_LENGTH] or "-"


def store(strings: Iterable[str], *, status: str = "approved") -> list[Page]:
    """Store ``strings`` as names and texts, fifty under a post; return the posts."""
    strings, now = list(strings), timezone.now()
    posts = []
    for start in range(0, len(strings), ON_A_PAGE):
        post = factories.BlogPageFactory()
        drafts = [
            bulk.Draft(
                content_type=post.cached_content_type,
                page_id=post.pk,
                name=as_name(string),
                email=f"x{number}@example.org",
                text=as_text(string),
                status=status,
                at=now,
            )
            for number, string in enumerate(strings[start : start + ON_A_PAGE])
        ]
        list(bulk.insert_all(drafts))
        posts.append(post)
    if status == "pending":
        Comment.objects.filter(status=status).update(confirmed_at=now)
    return posts


def store_for_the_desk(strings: list[str]) -> None:
    """Let ``strings`` wait, stand, be refused, be spam; be an earlier text, and an objection."""
    now = timezone.now()
    statuses = ["pending", "approved", "rejected", "spam", "removed"]
    for number, status in enumerate(statuses):
        store(strings[number :: len(statuses)], status=status)
    for comment in Comment.objects.filter(revisions__isnull=True)[: len(strings)]:
        Revision.objects.create(comment=comment, text=comment.comment, replaced_at=now)
        if comment.status in objections.REFUSED:
            said = {"text": comment.comment, "language": "nl", "now": now}
            objections.object_to(comment, **said)


def store_as(member: User, strings: list[str]) -> None:
    """Let ``member`` have written ``strings``, and called passkeys so."""
    for post in store(strings):
        Comment.objects.filter(page_id=post.pk).update(user=member)
    for string in corpora.spread(strings, min(len(strings), 60)):
        Authenticator.objects.create(user=member, type="webauthn", data={"name": as_name(string)})


def walk(
    client: Client, begin: list[str], wanted: Callable[[str], object], *, most: int
) -> Iterator[tuple[str, str]]:
    """Read pages by their links, as far as these are ``wanted``, at most so many."""
    waiting, seen = list(begin), set()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        assert response.status_code < 500, address
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            page = response.content.decode()
            yield address, page
            waiting += [link for link in _links(address, page) if wanted(link)]


def _links(address: str, page: str) -> Iterator[str]:
    for link in map(unescape, LINK.findall(page)):
        yield f"{address.split('?')[0]}{link}" if link.startswith("?") else link
