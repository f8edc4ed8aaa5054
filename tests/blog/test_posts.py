import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from blog.models import BlogPage
from tests.factories import (
    AuthorFactory,
    BlogPageFactory,
    ChainFactory,
    ImageFactory,
    LinkFactory,
    comment,
)
from tests.html import text_of

HOSTILE_NUMBERS = [None, "", "0", "-1", "2", "99999999", "abc", "\u0661", "\x00"]


class TestBlogIndexPage:
    @pytest.mark.parametrize("number", HOSTILE_NUMBERS)
    def test_any_page_number_is_answered(self, blog_index, client, number):
        BlogPageFactory()

        response = client.get(blog_index.url, {} if number is None else {"pagina": number})

        assert response.status_code == 200

    def test_shows_the_newest_post_first(self, blog_index, client):
        BlogPageFactory(title="Ouder", date=dt.date(2026, 1, 1))
        BlogPageFactory(title="Nieuwer", date=dt.date(2026, 2, 1))

        shown = text_of(client.get(blog_index.url))

        assert shown.index("Nieuwer") < shown.index("Ouder")

    def test_turns_the_page_after_twelve_posts(self, blog_index, client):
        for number in range(13):
            BlogPageFactory(title=f"Nummer {number:02}", date=dt.date(2026, 1, 1 + number))

        first, second = client.get(blog_index.url), client.get(blog_index.url, {"pagina": 2})

        assert "Nummer 00" not in text_of(first)
        assert 'href="?pagina=2"' in text_of(first)
        assert "Nummer 00" in text_of(second)
        assert f'{blog_index.url}?pagina=2">' in text_of(second)

    def test_says_so_when_there_are_no_posts(self, blog_index, client):
        shown = text_of(client.get(blog_index.url))

        assert 'class="empty stack"' in shown
        assert 'href="/abonneren/"' in shown

    def test_leaves_out_drafts(self, blog_index, client):
        BlogPageFactory(title="Nog geheim", live=False)

        assert "Nog geheim" not in text_of(client.get(blog_index.url))

    def test_ten_posts_cost_as_many_queries_as_one(self, blog_index, client, count_queries):
        comment(LinkFactory(written=True, post__image=ImageFactory()).post)
        once = count_queries(lambda: client.get(blog_index.url))
        for _ in range(9):
            comment(LinkFactory(written=True, post__image=ImageFactory()).post)

        assert count_queries(lambda: client.get(blog_index.url)) == once
        assert once <= 14

    def test_counts_the_comments_that_everyone_may_read(self, blog_index, client):
        post = BlogPageFactory()
        comment(post)
        comment(post)
        comment(post, status="pending")

        assert "· 2 " in text_of(client.get(blog_index.url))


class TestBlogPage:
    def test_shows_who_wrote_it(self, client, blog_index):
        author = AuthorFactory(
            name="Fatima", role="jurist", organisation__name="Rijk", photo=ImageFactory()
        )

        shown = text_of(client.get(BlogPageFactory(author=author, date=dt.date(2026, 3, 2)).url))

        rijk = author.organisation
        assert f'<a rel="author" href="/auteurs/{author.pk}-fatima/">Fatima</a>' in shown
        assert f'jurist, <a href="/organisaties/{rijk.pk}-rijk/">Rijk</a>' in shown
        assert 'datetime="2026-03-02"' in shown
        assert 'class="byline__photo"' in shown

    def test_shows_its_place_in_the_chain_and_its_neighbours(self, client, blog_index):
        chain = ChainFactory(name="Hoe doe jij dat?")
        before = LinkFactory(chain=chain, written=True)
        here = LinkFactory(chain=chain, written=True)
        after = LinkFactory(chain=chain, due_date=dt.date(2026, 12, 10))

        shown = text_of(client.get(here.post.url))

        assert f'rel="prev" href="{before.post.url}"' in shown
        assert f'href="{chain.get_absolute_url()}">Hoe doe jij dat?</a>' in shown
        assert after.author.name in shown
        assert shown.count("dots__dot--here") == 1

    def test_stands_on_its_own_without_a_chain(self, client, blog_index):
        assert "neighbours" not in text_of(client.get(BlogPageFactory().url))

    def test_is_a_page_without_author_and_picture(self, client, blog_index):
        post = BlogPageFactory()
        BlogPage.objects.update(author=None)

        assert client.get(post.url).status_code == 200

    def test_bears_titles_and_names_without_end(self, client, blog_index):
        author = AuthorFactory(name="N" * 120, role="r" * 120)
        post = BlogPageFactory(title="T" * 255, slug="lang", author=author)

        assert client.get(post.url).status_code == 200

    def test_shows_what_is_written_as_text(self, client, blog_index):
        evil = "<script>alert(1)</script>"
        post = BlogPageFactory(title=evil, slug="kwaad", introduction=evil)

        assert evil not in text_of(client.get(post.url))

    def test_ten_links_cost_as_many_queries_as_two(self, client, blog_index, count_queries):
        chain = ChainFactory()
        here = LinkFactory(chain=chain, written=True, post__image=ImageFactory())
        LinkFactory(chain=chain, written=True)
        comment(here.post)
        client.get(here.post.url)
        few = count_queries(lambda: client.get(here.post.url))
        for _ in range(8):
            LinkFactory(chain=chain, written=True)

        assert count_queries(lambda: client.get(here.post.url)) == few
        assert few <= 12

    def test_can_be_previewed_before_it_is_published(self, rf, blog_index):
        link = LinkFactory(post=BlogPageFactory(live=False))

        response = link.post.make_preview_request()

        assert response.status_code == 200
        assert "reageren" not in response.rendered_content


class TestNeighbours:
    def test_say_who_has_the_baton_only_of_whose_turn_it_is(self, client, home):
        chain = ChainFactory()
        LinkFactory(chain=chain, author__name="Aart")
        here = LinkFactory(chain=chain, written=True)
        LinkFactory(chain=chain, author__name="Bea", due_date=dt.date(2026, 12, 1))

        shown = text_of(client.get(here.post.url))

        assert "schrijft nu" not in shown
        assert "Het stokje ging naar" not in shown
        assert shown.count("Komt nog") == 2

    def test_say_who_is_writing(self, client, home):
        chain = ChainFactory()
        here = LinkFactory(chain=chain, written=True)
        LinkFactory(chain=chain, author__name="Bea", due_date=dt.date(2026, 12, 1))

        shown = text_of(client.get(here.post.url))

        assert '<p class="neighbours__name">Bea</p> <p> schrijft nu, verwacht op' in shown


class TestALanguage:
    """A reader of English hears Dutch words as Dutch."""

    def test_is_said_of_the_texts_on_a_card_and_of_nothing_else(self, client, english_home):
        chain = ChainFactory(name="Van hand tot hand")
        post = LinkFactory(chain=chain, written=True).post
        post.introduction = "Dit is Nederlands."
        context = {"post": post, "comments": 3}

        with translation.override("en"):
            card = " ".join(render_to_string("blog/partials/post_card.html", context).split())

        assert '<article class="card">' in card
        assert '<p class="card__label" lang="nl">Van hand tot hand</p>' in card
        assert '<h3 class="card__title" lang="nl">' in card
        assert '<p class="card__introduction" lang="nl">Dit is Nederlands.</p>' in card
        with translation.override("nl"):
            assert "lang=" not in render_to_string("blog/partials/post_card.html", context)
