"""Whole files: those of others, one that is bad, and a dry run."""

import datetime as dt

import pytest
from django.core.management import CommandError

from blog.models import Author, BlogPage, Chain, Link
from community.comments.models import Comment
from core.models import CustomImage, Organisation
from exchange.models import Source
from home.models import StandardPage
from tests import corpora, wxr
from tests.exchange.importing import ATTACHMENT, KETTING, POST, bring_in, counts

pytestmark = pytest.mark.both


@pytest.fixture
def seed():
    path = wxr.DATA / "seed-wordpress.xml"
    if not path.exists() and not corpora.IN_CI:
        pytest.skip(f"{path} lies beside the project, and not on this machine")
    return path


class TestTheSeed:
    def test_becomes_a_link_of_its_chain(self, blog_index, seed):
        assert bring_in(seed) == counts(posts=1)

        post = BlogPage.objects.get()
        assert post.link.chain.slug == "kettingvideobrief"
        assert post.link.chain.name == "Kettingvideobrief"
        assert (post.live, post.date) == (True, dt.date(2020, 5, 20))
        assert post.first_published_at == dt.datetime(2020, 5, 20, 7, 30, tzinfo=dt.UTC)
        assert post.url == "/blog/echte-verandering-zit-in-processen/"

    def test_has_an_author_with_role_and_organisation(self, blog_index, seed):
        bring_in(seed)

        author = BlogPage.objects.get().author
        assert (author.name, author.role) == ("Jan-Willem Wesselink", "Programmamanager")
        assert author.organisation.name == "Future City Foundation"
        assert author.organisation.type == Organisation.Type.SOCIETY

    def test_keeps_every_paragraph_word_for_word(self, blog_index, seed):
        bring_in(seed)

        [block] = BlogPage.objects.get().body
        source = seed.read_text().partition("<content:encoded><![CDATA[")[2].partition("]]>")[0]
        assert block.value.source == source.replace("\n", "")
        assert source.count("<p>") == 12

    def test_is_unchanged_the_second_time(self, blog_index, seed):
        bring_in(seed)

        assert bring_in(seed) == counts(unchanged=1)
        assert BlogPage.objects.count() == Link.objects.count() == Author.objects.count() == 1

    def test_is_shown_to_readers(self, blog_index, seed, client):
        bring_in(seed)

        page = client.get("/blog/echte-verandering-zit-in-processen/").text

        assert "Echte verandering komt niet voort uit grote visies." in page
        assert "Jan-Willem Wesselink" in page


class TestTheSampleOfIsso:
    def test_keeps_its_threads(self, blog_index):
        path = wxr.DATA / "isso-wordpress.xml"
        if not path.exists() and not corpora.IN_CI:
            pytest.skip(f"{path} lies beside the project, and not on this machine")

        assert bring_in(path) == counts(posts=3, comments=8)
        assert bring_in(path) == counts(unchanged=11)
        reply = Comment.objects.get(comment="Yet another reply.")
        assert (reply.level, reply.user_email) == (2, "info@posativ.org")


class TestADryRun:
    def test_counts_the_same_and_changes_nothing(self, run, web, settings):
        items = (
            wxr.item(1, POST, extra=wxr.comment(1) + KETTING + wxr.term("Data")),
            ATTACHMENT,
            wxr.item(2, post_type="page"),
            wxr.item(3, post_type="page", post_parent="2"),
        )

        dry = run(*items, arguments=("--dry-run",))

        for model in (BlogPage, StandardPage, Comment, CustomImage, Chain, Author, Source):
            assert not model.objects.exists()
        assert not settings.MEDIA_ROOT.exists()
        assert dry == run(*items) == counts(posts=1, pages=2, comments=1, tags=1, media=1)


class TestAnEmptySite:
    def test_is_set_up_first(self, db, tmp_path):
        path = tmp_path / "export.xml"
        path.write_text(wxr.document(wxr.item(1)))

        assert bring_in(path) == counts(posts=1)
        assert BlogPage.objects.get().url == "/blog/bericht-1/"


class TestABadFile:
    @pytest.mark.parametrize("content", [b"", b"hallo", b"\x00\x01", b"<rss/>", b"<rss><channel>"])
    def test_is_refused_in_one_line(self, db, tmp_path, content):
        path = tmp_path / "bad.xml"
        path.write_bytes(content)

        with pytest.raises(CommandError) as caught:
            bring_in(path)

        assert "\n" not in str(caught.value)
        assert caught.value.returncode == 1

    def test_that_stops_halfway_brings_in_nothing(self, db, tmp_path):
        path = tmp_path / "half.xml"
        path.write_text(wxr.document(wxr.item(1), wxr.item(2))[:-40])

        with pytest.raises(CommandError, match="halfway"):
            bring_in(path)

        assert not BlogPage.objects.exists()
