"""The content that is measured: a typical site, and conversations of any length."""

from functools import cache
from io import StringIO

from django.core.management import call_command
from django.db.models import F
from django_comments.models import Comment as PackageComment

from blog.models import BlogPage
from tests import factories

SENTENCES = (
    "Dank voor dit bericht, het helpt ons om het gesprek met de raad te beginnen.",
    "Bij ons liep het vast op de aanbesteding en niet op de techniek.",
    "Welke afspraken heb je met de beheerders gemaakt, en staan die ergens op papier?",
    "We hebben er een half jaar over gedaan, vooral omdat niemand eigenaar was.",
    "Misschien is het goed om klein te beginnen: één straat, één vraag, één sensor.",
    "Ik stuur je onze stappen graag toe; ze passen op één bladzijde.",
)
MEMBERS = 50


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
    """Return a post with ``count`` approved comments: ``flat``, one ``thread``, or ``mixed``."""
    post = factories.BlogPageFactory(title=f"{count} {shape}", slug=f"{shape}-{count}")
    fill(comments=count, comments_on=post.slug, shape=shape)
    return post


@cache
def post_of_members(count: int) -> BlogPage:
    """Return a post with ``count`` comments by members, who take turns."""
    post = post_with(count, "mixed")
    for number, member in enumerate(factories.UserFactory.create_batch(MEMBERS)):
        rows = PackageComment.objects.filter(object_pk=str(post.pk)).annotate(
            turn=F("pk") % MEMBERS
        )
        rows.filter(turn=number).update(user=member)
    return post


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
