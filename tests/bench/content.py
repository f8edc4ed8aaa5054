"""The content that is measured: a typical site, and conversations of any length."""

from functools import cache
from io import StringIO

from django.core.management import call_command
from django.db.models import F
from django_comments.models import Comment as PackageComment

from blog.models import BlogPage
from community.comments.models import Appreciation, Comment
from tests import factories
from users.models import User

SENTENCES = (
    "Dank voor dit bericht, het helpt ons om het gesprek met de raad te beginnen.",
    "Bij ons liep het vast op de aanbesteding en niet op de techniek.",
    "Welke afspraken heb je met de beheerders gemaakt, en staan die ergens op papier?",
    "We hebben er een half jaar over gedaan, vooral omdat niemand eigenaar was.",
    "Misschien is het goed om klein te beginnen: één straat, één vraag, één sensor.",
    "Ik stuur je onze stappen graag toe; ze passen op één bladzijde.",
)
MEMBERS = 50
APPRECIATIONS = 3  # of each comment
CHUNK = 5_000


@cache
def site() -> BlogPage:
    """Make a site of a chain of nine links, 24 other posts and 28 tools; return one post.

    That post has a picture, some 470 words and 50 comments, and is a link in the middle.
    """
    factories.the_tool_index()
    chain = factories.ChainFactory(slug="keten")
    links = factories.LinkFactory.create_batch(9, chain=chain, written=True)
    fill(posts=24, tools=28)
    post = links[4].post
    post.image = factories.ImageFactory()
    post.body = _story()
    post.save()
    fill(comments=50, comments_on=post.slug)
    return post


@cache
def post_with(count: int, shape: str) -> BlogPage:
    """Return a post with ``count`` approved comments: ``flat``, one ``thread``, or ``mixed``.

    They are by members, who take turns, and other members appreciate each of them.
    """
    post = factories.BlogPageFactory(title=f"{count} {shape}", slug=f"{shape}-{count}")
    fill(comments=count, comments_on=post.slug, shape=shape)
    _give_to_members(post)
    _appreciate(post)
    return post


@cache
def members() -> list[User]:
    return factories.UserFactory.create_batch(MEMBERS)


def appreciating(comment_pk: int) -> list[User]:
    """Return who appreciates a comment: those after its writer."""
    return [members()[(comment_pk + step) % MEMBERS] for step in range(1, APPRECIATIONS + 1)]


def _give_to_members(post: BlogPage) -> None:
    on_post = PackageComment.objects.filter(object_pk=str(post.pk))
    rows = on_post.annotate(turn=F("pk") % MEMBERS)
    for number, member in enumerate(members()):
        rows.filter(turn=number).update(user=member)


def _appreciate(post: BlogPage) -> None:
    comments = Comment.objects.on(post)
    given = [
        Appreciation(comment_id=pk, user=member)
        for pk in comments.values_list("pk", flat=True)
        for member in appreciating(pk)
    ]
    Appreciation.objects.bulk_create(given, batch_size=CHUNK)
    comments.update(appreciation=APPRECIATIONS)


def fill(**options: object) -> None:
    call_command("fill", stdout=StringIO(), **options)


def _story() -> list[tuple]:
    paragraph = "<p>" + " ".join(SENTENCES) + "</p>"
    return [
        ("text", paragraph * 3),
        ("heading", {"text": "Wat wij deden", "level": "h2"}),
        ("text", paragraph * 2),
        ("quote", {"text": SENTENCES[1], "source": "Een beheerder"}),
        ("text", paragraph),
    ]
