import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from blog.models import Author, BlogPage, Chain, Link
from community.comments.models import Comment
from community.moderation import decisions
from core.models import CustomImage, Organisation
from exchange.models import Source
from exchange.wordpress import fetching
from home.models import StandardPage
from mail.models import Message
from tests import corpora, factories, wxr
from tests.factories import UserFactory
from tests.notifying import announce

pytestmark = pytest.mark.both

DAY = dt.timedelta(days=1)


@pytest.fixture
def run(tmp_path, blog_index):
    """Return a function that brings items in by the command, and gives the counts."""

    def command(*items: str, arguments: tuple = (), **settings) -> dict:
        path = tmp_path / "export.xml"
        path.write_text(wxr.document(*items, **settings))
        return bring_in(path, *arguments)

    return command


def bring_in(path, *arguments) -> dict:
    out = io.StringIO()
    call_command("import_wordpress", str(path), *arguments, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue().splitlines()[-1])


def counts(**given: int) -> dict:
    names = ["posts", "pages", "comments", "held", "tags", "media", "unchanged", "skipped"]
    return dict.fromkeys(names, 0) | given


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
    KETTING = wxr.term("Kettingvideobrief", domain="category")

    def test_are_in_order_of_date_before_who_has_still_to_write(self, run):
        chain = factories.ChainFactory(slug="kettingvideobrief")
        post = factories.BlogPageFactory(title="Midden", date=dt.date(2026, 3, 2))
        factories.LinkFactory(chain=chain, post=post, sort_order=0)
        factories.LinkFactory(chain=chain, sort_order=1)

        run(
            wxr.item(2, title="Laat", post_date_gmt="2026-06-02 10:00:00", extra=self.KETTING),
            wxr.item(1, title="Vroeg", post_date_gmt="2020-06-01 10:00:00", extra=self.KETTING),
        )

        links = Link.objects.filter(chain=chain).with_people()
        titles = [link.post.title if link.post else None for link in links]
        assert titles == ["Vroeg", "Midden", "Laat", None]

    def test_may_be_named_by_the_one_who_imports(self, run):
        run(wxr.item(1), arguments=("--chain=brief-van-ede",))

        assert Chain.objects.get().name == "Brief van ede"
        assert BlogPage.objects.get().link.chain.slug == "brief-van-ede"

    def test_leave_out_what_was_private(self, run):
        run(wxr.item(1, status="private", extra=self.KETTING))

        assert not Link.objects.exists()

    def test_refuse_a_name_that_is_no_slug(self, run):
        with pytest.raises(CommandError, match="not a slug"):
            run(wxr.item(1), arguments=("--chain=a b",))


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

    def test_come_along_only_when_asked_for(self, run):
        given = run(wxr.item(1, post_type="page"), wxr.item(2), arguments=("--type=post",))

        assert given == counts(posts=1, skipped=1)


class TestComments:
    def test_keep_time_name_and_state(self, run):
        given = run(
            wxr.item(
                1,
                extra=wxr.comment(1)
                + wxr.comment(2, approved="0")
                + wxr.comment(3, approved="spam")
                + wxr.comment(4, approved="trash")
                + wxr.comment(5, type="pingback")
                + wxr.comment(6, text=" "),
            )
        )

        assert given == counts(posts=1, comments=4, held=1, skipped=2)
        states = Comment.objects.order_by("pk").values_list("status", flat=True)
        assert list(states) == ["approved", "pending", "spam", "removed"]
        first = Comment.objects.order_by("pk").first()
        moment = dt.datetime(2020, 6, 2, 10, tzinfo=dt.UTC)
        assert (first.user_name, first.submit_date) == ("Lezer 1", moment)
        assert first.decided_at == first.announced_at == moment  # told to nobody now

    @pytest.mark.parametrize("decide", [decisions.approve, decisions.mark_spam])
    def test_that_wait_are_decided_about_without_a_mail_to_who_proved_nothing(self, run, decide):
        run(wxr.item(1, extra=wxr.comment(2, approved="0")))

        decide(Comment.objects.get(), by=UserFactory(moderator=True))
        announce()

        assert not Message.objects.exists()

    def test_leave_the_address_and_website_of_the_writer_behind(self, run):
        run(wxr.item(1, extra=wxr.comment(1)))

        comment = Comment.objects.get()
        assert (comment.ip_address, comment.user_url) == (None, "")
        assert comment.user_email == "lezer1@example.org"

    def test_that_answer_too_deep_answer_the_deepest_that_may_be(self, run):
        thread = "".join(wxr.comment(n, parent=str(n - 1)) for n in range(1, 8))

        run(wxr.item(1, extra=thread))

        comments = list(Comment.objects.order_by("pk"))
        assert [comment.level for comment in comments] == [0, 1, 2, 3, 3, 3, 3]
        assert {comment.parent_path for comment in comments[3:]} == {comments[2].path}

    def test_may_stand_in_the_file_before_what_they_answer(self, run):
        run(wxr.item(1, extra=wxr.comment(2, parent="9") + wxr.comment(9, parent="0")))

        assert Comment.objects.get(user_name="Lezer 2").level == 1

    def test_that_answer_each_other_or_nobody_stand_alone(self, run):
        ring = wxr.comment(1, parent="2") + wxr.comment(2, parent="1") + wxr.comment(3, parent="77")

        assert run(wxr.item(1, extra=ring)) == counts(posts=1, comments=3)

    def test_without_a_time_in_utc_take_the_local_one(self, run):
        extra = wxr.comment(1, date_gmt="0000-00-00 00:00:00", date="2020-06-01 12:00:00")

        run(wxr.item(1, extra=extra))

        assert Comment.objects.get().submit_date == dt.datetime(2020, 6, 1, 10, tzinfo=dt.UTC)

    def test_that_are_new_are_added_later(self, run):
        run(wxr.item(1, extra=wxr.comment(1)))

        again = run(wxr.item(1, extra=wxr.comment(1) + wxr.comment(2, parent="1")))

        assert again == counts(comments=1, unchanged=2)
        assert Comment.objects.get(user_name="Lezer 2").level == 1

    def test_erased_here_do_not_come_back(self, run):
        run(wxr.item(1, extra=wxr.comment(1)))
        Comment.objects.all().delete()

        assert run(wxr.item(1, extra=wxr.comment(1))) == counts(unchanged=2)
        assert not Comment.objects.exists()

    @pytest.mark.parametrize(
        "fields",
        [
            {"author": "x" * 300},
            {"author": "Jan\r\nBcc: x"},
            {"author": ""},
            {"author_email": "geen adres"},
            {"author_email": "a@" + "b" * 300 + ".nl"},
            {"date_gmt": "9999-99-99"},
        ],
    )
    def test_with_odd_fields_are_stored_all_the_same(self, run, fields):
        assert run(wxr.item(1, extra=wxr.comment(1, **fields)))["comments"] == 1

        name = Comment.objects.get().user_name
        assert 0 < len(name) <= 50
        assert "\n" not in name


@pytest.fixture
def web(monkeypatch):
    """Answer for the web: a picture at every .png, and a list of what was asked for."""
    asked = []

    def picture(address: str) -> tuple[bytes, str]:
        asked.append(address)
        if not address.endswith(".png"):
            raise fetching.Unreachable("it answers 404")
        return factories.ImageFactory.build().file.read(), "png"

    monkeypatch.setattr(fetching, "picture", picture)
    return asked


class TestMedia:
    ATTACHMENT = wxr.item(
        5,
        title="Plein",
        post_type="attachment",
        status="inherit",
        attachment_url="https://oud.example.org/u/plein.png",
        extra=wxr.meta("_wp_attachment_image_alt", "Een plein met bomen"),
    )
    POST = '<p>Voor</p><img src="/u/plein-300x200.png"><p>Na</p>'

    def test_is_fetched_once_and_stands_in_the_post(self, run, web):
        given = run(wxr.item(1, self.POST), self.ATTACHMENT)

        assert given == counts(posts=1, media=1)
        assert web == ["https://oud.example.org/u/plein.png"]
        image = next(block for block in BlogPage.objects.get().body if block.block_type == "image")
        assert image.value["image"] == CustomImage.objects.get()
        assert image.value["alt_text"] == "Een plein met bomen"

    def test_is_unchanged_the_second_time(self, run, web):
        run(wxr.item(1, self.POST), self.ATTACHMENT)

        assert run(wxr.item(1, self.POST), self.ATTACHMENT) == counts(unchanged=2)
        assert CustomImage.objects.count() == 1

    def test_may_be_the_image_of_the_post(self, run, web):
        run(self.ATTACHMENT, wxr.item(1, extra=wxr.meta("_thumbnail_id", "5")))

        post = BlogPage.objects.get()
        assert post.image == CustomImage.objects.get()
        assert post.image_alt == "Een plein met bomen"

    def test_that_cannot_be_had_leaves_the_text(self, run, web):
        html = "<p>Voor</p><figure><img src='/weg.jpg'><figcaption>Het plein</figcaption></figure>"

        assert run(wxr.item(1, html)) == counts(posts=1, skipped=1)
        assert "".join(str(block.value) for block in BlogPage.objects.get().body).count("<p>") == 2

    def test_stays_away_with_no_media(self, run, web):
        given = run(wxr.item(1, self.POST), self.ATTACHMENT, arguments=("--no-media",))

        assert given == counts(posts=1, skipped=1)
        assert web == []

    def test_leaves_no_file_behind_when_its_post_fails(self, run, web, settings, monkeypatch):
        monkeypatch.setattr(BlogPage, "save_revision", lambda *args, **kwargs: 1 / 0)

        with pytest.raises(ZeroDivisionError):
            run(wxr.item(1, self.POST))

        assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
        assert not CustomImage.objects.exists()


class TestADryRun:
    def test_counts_the_same_and_changes_nothing(self, run, web, settings):
        items = (
            wxr.item(
                1, TestMedia.POST, extra=wxr.comment(1) + TestChains.KETTING + wxr.term("Data")
            ),
            TestMedia.ATTACHMENT,
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
