"""Who wrote the posts of WordPress, and in which chain."""

import datetime as dt

import pytest
from django.core.management import CommandError

from blog.models import Author, BlogPage, Chain, Link
from tests import factories, wxr
from tests.exchange.importing import KETTING

pytestmark = pytest.mark.both


class TestAuthors:
    def test_are_called_by_the_accounts_name(self, run):
        run(wxr.item(1), wxr.item(2), author="Mees de Wit")

        assert [author.name for author in Author.objects.all()] == ["Mees de Wit"]

    def test_who_are_here_already_keep_what_we_know_of_them(self, run):
        mees = factories.AuthorFactory(name="Mees de Wit", role="strateeg")

        run(wxr.item(1, "<p>Mees de Wit, directeur Gemeente Ede</p>"))

        assert BlogPage.objects.get().author == mees
        mees.refresh_from_db()
        assert mees.role == "strateeg"

    def test_renamed_here_are_still_known(self, run):
        run(wxr.item(1))
        Author.objects.update(name="M. de Wit")

        run(wxr.item(1), wxr.item(2))

        assert Author.objects.count() == 1

    def test_are_unknown_where_nobody_is_named(self, run):
        run(wxr.item(1).replace("<dc:creator>mees</dc:creator>", ""))

        assert BlogPage.objects.get().author.name in {"Unknown author", "Onbekende auteur"}

    def test_are_described_by_the_one_who_imports(self, run):
        factories.OrganisationFactory(name="Gemeente Ede")

        arguments = ("--author-role=strateeg", "--author-organisation=gemeente ede")
        run(wxr.item(1), arguments=arguments)

        author = Author.objects.get()
        assert (author.role, author.organisation.name) == ("strateeg", "Gemeente Ede")


class TestChains:
    def test_are_in_order_of_date_before_who_has_still_to_write(self, run):
        chain = factories.ChainFactory(slug="kettingvideobrief")
        post = factories.BlogPageFactory(title="Midden", date=dt.date(2026, 3, 2))
        factories.LinkFactory(chain=chain, post=post, sort_order=0)
        factories.LinkFactory(chain=chain, sort_order=1)

        run(
            wxr.item(2, title="Laat", post_date_gmt="2026-06-02 10:00:00", extra=KETTING),
            wxr.item(1, title="Vroeg", post_date_gmt="2020-06-01 10:00:00", extra=KETTING),
        )

        links = Link.objects.filter(chain=chain).with_people()
        titles = [link.post.title if link.post else None for link in links]
        assert titles == ["Vroeg", "Midden", "Laat", None]

    def test_may_be_named_by_the_one_who_imports(self, run):
        run(wxr.item(1), arguments=("--chain=brief-van-ede",))

        assert Chain.objects.get().name == "Brief van ede"
        assert BlogPage.objects.get().link.chain.slug == "brief-van-ede"

    def test_leave_out_what_was_private(self, run):
        run(wxr.item(1, status="private", extra=KETTING))

        assert not Link.objects.exists()

    def test_refuse_a_name_that_is_no_slug(self, run):
        with pytest.raises(CommandError, match="not a slug"):
            run(wxr.item(1), arguments=("--chain=a b",))
