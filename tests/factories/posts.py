"""Posts, their authors, and the chains they stand in."""

import datetime as dt

import factory
import wagtail_factories

from blog.models import Author, BlogPage, Chain, Link
from tests.factories.pages import OrganisationFactory, the_blog_index


class AuthorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Author

    name = factory.Sequence("Auteur {}".format)
    role = "adviseur data"
    organisation = factory.SubFactory(OrganisationFactory)


class BlogPageFactory(wagtail_factories.PageFactory):
    """A published post; ``live=False`` gives a draft."""

    class Meta:
        model = BlogPage

    parent = factory.LazyFunction(the_blog_index)
    title = factory.Sequence("Bericht {}".format)
    date = dt.date(2026, 3, 2)
    author = factory.SubFactory(AuthorFactory)
    introduction = "Waar dit bericht over gaat."
    body = [("text", "<p>De tekst van het bericht.</p>")]


class ChainFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Chain

    name = factory.Sequence("Keten {}".format)
    slug = factory.Sequence("keten-{}".format)
    question = "Welk proces moest eerst anders?"


class LinkFactory(factory.django.DjangoModelFactory):
    """A place in a chain that nobody has filled yet."""

    class Meta:
        model = Link

    class Params:
        written = factory.Trait(
            post=factory.SubFactory(BlogPageFactory, author=factory.SelfAttribute("..author"))
        )

    chain = factory.SubFactory(ChainFactory)
    author = factory.SubFactory(AuthorFactory)
    sort_order = factory.Sequence(int)
