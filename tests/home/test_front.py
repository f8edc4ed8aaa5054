import datetime as dt

import pytest
from wagtail.models import Locale

from blog.models import BlogPage
from home import front
from tests.factories import (
    BlogPageFactory,
    ChainFactory,
    ImageFactory,
    LinkFactory,
    comment,
    the_home,
)
from tests.html import text_of

pytestmark = pytest.mark.once


class TestFrontPage:
    def test_says_what_this_place_is(self, client, home):
        home.title, home.lead = "Een slimme stad", "Zo doe je dat."
        home.save()

        shown = text_of(client.get("/"))

        assert "<h1>Een slimme stad</h1>" in shown
        assert "Zo doe je dat." in shown
        assert "<title>Een slimme stad</title>" in shown

    def test_shows_the_chain_and_whose_turn_it_is(self, client, home):
        chain = ChainFactory(question="Welk proces?")
        written = LinkFactory(chain=chain, written=True)
        turn, later = LinkFactory(chain=chain), LinkFactory(chain=chain)

        shown = text_of(client.get("/"))

        assert f'href="{written.post.url}">{written.author.name}</a>' in shown
        assert f'<p class="turn__name">{turn.author.name}</p>' in shown
        assert later.author.name in shown
        assert "Welk proces?" in shown

    def test_shows_the_newest_chain_that_has_links(self, client, home):
        old = LinkFactory(chain__name="Eerste keten")
        ChainFactory(name="Lege keten")

        shown = text_of(client.get("/"))

        assert old.chain.name in shown
        assert "Lege keten" not in shown

    def test_shows_the_newest_posts_and_what_readers_say(self, client, home):
        post = BlogPageFactory(title="Peilbuizen")
        comment(post, name="Hetty", text="Bij ons liep het andersom.")
        comment(post, name="Niemand", text="Wacht nog.", status="pending")

        shown = text_of(client.get("/"))

        assert f'href="{post.url}">Peilbuizen</a>' in shown
        assert "Bij ons liep het andersom." in shown
        assert "Wacht nog." not in shown

    def test_says_in_english_which_words_are_dutch(self, client, english_home):
        chain = LinkFactory(chain__name="Van hand tot hand").chain
        post = BlogPageFactory(title="Peilbuizen")
        comment(post, text="Bij ons liep het andersom.", language="nl")
        comment(post, text="Not here.", language="en")

        shown = text_of(client.get("/en/"))

        assert f'<span lang="nl">“{chain.name}”</span>' in shown
        assert (
            '<p class="saying__text" dir="auto" lang="nl">Bij ons liep het andersom.</p>' in shown
        )
        assert '<p class="saying__text" dir="auto">Not here.</p>' in shown
        assert 'lang="nl">Peilbuizen</a>' in shown

    def test_tells_how_to_subscribe(self, client, home):
        shown = text_of(client.get("/"))

        assert 'method="post" action="/abonneren/"' in shown
        assert 'name="email"' in shown

    def test_is_a_page_when_there_is_nothing_yet(self, client, home):
        response = client.get("/")

        assert response.status_code == 200
        assert text_of(response).count('class="empty"') == 2

    def test_ten_posts_and_links_cost_as_many_queries_as_one(self, client, home, count_queries):
        chain = ChainFactory()
        comment(LinkFactory(chain=chain, written=True, post__image=ImageFactory()).post)
        once = count_queries(lambda: client.get("/"))
        for _ in range(9):
            comment(LinkFactory(chain=chain, written=True, post__image=ImageFactory()).post)

        assert count_queries(lambda: client.get("/")) == once
        assert once <= 16


class TestNewestPosts:
    def test_are_in_the_language_of_the_page(self, home):
        BlogPageFactory(title="Nederlands")

        assert [post.title for post in front.newest_posts(home.locale_id)] == ["Nederlands"]

    def test_are_in_any_language_where_the_language_has_none(self, home):
        english = Locale.objects.create(language_code="en")
        BlogPageFactory(title="Nederlands")

        assert [post.title for post in front.newest_posts(english.pk)] == ["Nederlands"]

    def test_leave_out_drafts(self, home):
        BlogPageFactory(live=False)

        assert front.newest_posts(home.locale_id) == []


class TestEnglishFrontPage:
    @pytest.fixture(autouse=True)
    def _english(self, home):
        english = Locale.objects.create(language_code="en")
        page = the_home().copy_for_translation(english)
        page.title, page.live = "A smart city", True
        page.save()

    def test_is_in_english(self, client):
        response = client.get("/en/")

        assert '<html lang="en"' in text_of(response)
        assert "<h1>A smart city</h1>" in text_of(response)

    def test_marks_dutch_posts_as_dutch(self, client, blog_index):
        BlogPageFactory()

        assert BlogPage.objects.count() == 1
        assert '<h3 class="card__title" lang="nl">' in text_of(client.get("/en/"))

    def test_writes_a_date_in_the_order_of_all_other_dates(self, client, blog_index):
        BlogPageFactory(date=dt.date(2026, 11, 8))

        assert '<time datetime="2026-11-08">8 November 2026</time>' in text_of(client.get("/en/"))
