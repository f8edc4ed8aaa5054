"""Posts and pages of WordPress, as they come in."""

import datetime as dt

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from blog.models import BlogPage
from home.models import StandardPage
from tests import factories, wxr
from tests.exchange.importing import bring_in, counts

pytestmark = pytest.mark.both


def paths(home) -> set[str]:
    """Return where the pages of plain text stand below ``home``."""
    pages = StandardPage.objects.descendant_of(home)
    return {page.url_path.removeprefix(home.url_path).strip("/") for page in pages}


class TestPosts:
    @pytest.mark.parametrize("status", ["draft", "pending", "private", "something"])
    def test_that_were_not_public_become_drafts(self, run, status):
        run(wxr.item(1, status=status))

        post = BlogPage.objects.get()
        assert not post.live
        assert post.latest_revision is not None
        assert post.go_live_at is None

    def test_behind_a_password_become_drafts(self, run):
        run(wxr.item(1, post_password="geheim"))

        assert not BlogPage.objects.get().live

    def test_with_a_date_ahead_are_scheduled(self, run):
        run(wxr.item(1, status="future", post_date_gmt="2099-01-01 09:00:00"))

        post = BlogPage.objects.get()
        assert not post.live
        assert post.go_live_at == dt.datetime(2099, 1, 1, 9, tzinfo=dt.UTC)
        assert post.latest_revision.approved_go_live_at == post.go_live_at

    @pytest.mark.parametrize("status", ["trash", "auto-draft", "inherit"])
    def test_that_were_thrown_away_stay_away(self, run, status):
        assert run(wxr.item(1, status=status)) == counts(skipped=1)

    def test_of_other_types_are_left_out(self, run):
        assert run(wxr.item(1, post_type="nav_menu_item")) == counts(skipped=1)

    def test_keep_their_date_in_our_own_time_zone(self, run):
        run(wxr.item(1, post_date_gmt="2020-05-20 22:30:00"))

        assert BlogPage.objects.get().date == dt.date(2020, 5, 21)

    def test_closed_for_comments_stay_closed(self, run):
        run(wxr.item(1, comment_status="closed"))

        assert BlogPage.objects.get().comments_mode == "closed"

    def test_get_a_number_when_their_slug_is_taken(self, run, blog_index):
        factories.BlogPageFactory(slug="bericht-1")

        run(wxr.item(1), wxr.item(2, post_name="bericht-1"))

        slugs = Page.objects.child_of(blog_index).values_list("slug", flat=True)
        assert set(slugs) == {"bericht-1", "bericht-1-2", "bericht-1-3"}

    @pytest.mark.parametrize(
        ("title", "shown"), [("A &amp; <b>B</b>", "A & B"), ("", "Zonder titel")]
    )
    def test_have_a_title_of_plain_words(self, run, title, shown):
        run(wxr.item(1, title=title))

        assert BlogPage.objects.get().title in {shown, "Untitled"}

    def test_are_found_at_their_old_address(self, run, client):
        run(wxr.item(1))

        answer = client.get("/2020/bericht-1/")

        assert (answer.status_code, answer.headers["Location"]) == (301, "/blog/bericht-1/")

    @pytest.mark.parametrize("link", ["https://oud.example.org/?p=1", "https://[", "", "x" * 300])
    def test_with_an_odd_old_address_have_none(self, run, link):
        run(wxr.item(1, link=link))

        assert BlogPage.objects.count() == 1
        assert not Redirect.objects.filter(old_path__in=["/", ""]).exists()

    def test_carry_their_tags(self, run):
        given = run(
            wxr.item(1, extra=wxr.term("Data") + wxr.term("Nieuws", domain="category")),
            wxr.item(2, extra=wxr.term("Data") + wxr.term("Slim &amp; snel", domain="tag")),
        )

        assert given == counts(posts=2, tags=2)
        assert set(BlogPage.objects.get(slug="bericht-2").tags.names()) == {"Data", "Slim & snel"}

    def test_take_their_introduction_from_the_excerpt(self, run):
        run(
            wxr.item(
                1, extra="<excerpt:encoded><![CDATA[<p>Kort &amp; goed</p>]]></excerpt:encoded>"
            )
        )

        assert BlogPage.objects.get().introduction == "Kort & goed"

    def test_survive_hostile_text(self, run, client):
        evil = '<p onclick="x()">a<script>alert(1)</script></p><a href="javascript:alert(1)">b</a>'

        run(wxr.item(1, evil, title="<script>alert(2)</script>T", extra=wxr.comment(1, evil)))

        page = client.get("/blog/bericht-1/").text
        assert "alert(" not in page
        assert "javascript:" not in page

    def test_edited_here_are_not_overwritten(self, run):
        run(wxr.item(1))
        post = BlogPage.objects.get()
        post.title = "Door ons verbeterd"
        post.save_revision().publish()

        assert run(wxr.item(1, title="Anders")) == counts(unchanged=1)
        assert BlogPage.objects.get().title == "Door ons verbeterd"

    def test_deleted_here_do_not_come_back(self, run):
        run(wxr.item(1, extra=wxr.comment(1)))
        BlogPage.objects.get().delete()

        assert run(wxr.item(1, extra=wxr.comment(1)))["posts"] == 0
        assert not BlogPage.objects.exists()

    def test_of_another_site_with_the_same_number_are_others(self, run, tmp_path):
        run(wxr.item(1))
        other = wxr.document(wxr.item(1)).replace("oud.example.org", "ander.example.org")
        (tmp_path / "other.xml").write_text(other)

        assert bring_in(tmp_path / "other.xml") == counts(posts=1)


class TestPages:
    def test_stand_under_the_home_page_or_their_parent(self, run, home):
        given = run(
            wxr.item(1, post_type="page", post_name="over"),
            wxr.item(2, post_type="page", post_parent="1", extra=wxr.comment(1)),
        )

        assert given == counts(pages=2, skipped=1)
        over = StandardPage.objects.get(slug="over")
        assert over.get_parent().pk == home.pk
        assert StandardPage.objects.get(slug="bericht-2").get_parent().pk == over.pk

    def test_stand_under_a_parent_that_comes_later(self, run, home):
        given = run(
            wxr.item(3, post_type="page", post_parent="2", post_name="kleinkind"),
            wxr.item(2, post_type="page", post_parent="1", post_name="kind"),
            wxr.item(1, post_type="page", post_name="over"),
            wxr.item(4, post_type="page", post_parent="1", post_name="kind-twee"),
        )

        assert given == counts(pages=4)
        assert paths(home) == {"over", "over/kind", "over/kind/kleinkind", "over/kind-twee"}

    def test_stay_where_editors_moved_them(self, run, home):
        items = [
            wxr.item(2, post_type="page", post_parent="1", post_name="kind"),
            wxr.item(1, post_type="page", post_name="over"),
        ]
        run(*items)
        StandardPage.objects.get(slug="kind").move(home, pos="last-child")

        assert run(*items) == counts(unchanged=2)
        assert paths(home) == {"over", "kind"}

    @pytest.mark.parametrize("parent", ["7", "8", "9", "0", "", "onzin"])
    def test_stand_at_the_top_without_the_page_above_them(self, run, home, parent):
        run(
            wxr.item(1, post_type="page", post_parent=parent, post_name="kind"),
            wxr.item(7, post_type="page", status="trash"),
            wxr.item(8, post_type="nav_menu_item"),
        )

        assert paths(home) == {"kind"}

    def test_in_a_circle_come_in_once_each(self, run, home):
        items = [
            wxr.item(1, post_type="page", post_parent="2", post_name="onder-de-kring"),
            wxr.item(2, post_type="page", post_parent="4", post_name="twee"),
            wxr.item(3, post_type="page", post_parent="2", post_name="drie"),
            wxr.item(4, post_type="page", post_parent="3", post_name="vier"),
            wxr.item(5, post_type="page", post_parent="5", post_name="zichzelf"),
        ]

        assert run(*items) == counts(pages=5)
        assert paths(home) == {
            "twee",
            "twee/onder-de-kring",
            "twee/drie",
            "twee/drie/vier",
            "zichzelf",
        }
        assert run(*items) == counts(unchanged=5)

    def test_come_along_only_when_asked_for(self, run):
        given = run(wxr.item(1, post_type="page"), wxr.item(2), arguments=("--type=post",))

        assert given == counts(posts=1, skipped=1)
