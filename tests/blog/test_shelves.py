"""The pages of authors and tags."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories import (
    AuthorFactory,
    BlogPageFactory,
    ImageFactory,
    LinkFactory,
    UserFactory,
    comment,
    in_english,
)
from tests.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

ODD = ["", "0", "x", "\x00", "\u0661", "9" * 19, "-1", "1 or 1=1", "<script>", "a" * 3000]
NUMBERS = ["", "0", "-1", "2", "99999999", "abc", "\u0661", "\x00"]


def tagged(*tags, **kwargs):
    post = BlogPageFactory(**kwargs)
    post.tags.add(*tags)
    post.save()
    return post


def main(response) -> str:
    return text_of(response).split("<main")[1].split("</main>")[0]


class TestAnAuthor:
    def test_is_shown_with_role_photo_and_organisation(self, client):
        author = AuthorFactory(name="Fatima", role="jurist", photo=ImageFactory())
        BlogPageFactory(author=author)

        shown = main(client.get(author.get_absolute_url()))

        assert "<h1>Fatima</h1>" in shown
        assert "jurist" in shown
        assert 'class="person__photo"' in shown
        assert f'href="/organisaties/{author.organisation.key}/"' in shown

    def test_has_all_posts_that_everyone_may_read_newest_first(self, client):
        author = AuthorFactory()
        BlogPageFactory(author=author, title="Het oudste", date=dt.date(2026, 1, 1))
        BlogPageFactory(author=author, title="Het nieuwste", date=dt.date(2026, 2, 1))
        BlogPageFactory(author=author, title="Een concept", live=False)
        private = BlogPageFactory(author=author, title="Besloten")
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        BlogPageFactory(title="Van een ander")

        shown = main(client.get(author.get_absolute_url()))

        assert shown.index("Het nieuwste") < shown.index("Het oudste")
        for title in ("Een concept", "Besloten", "Van een ander"):
            assert title not in shown

    def test_without_public_posts_is_not_found(self, client):
        author = AuthorFactory(name="Nog onbekend")
        BlogPageFactory(author=author, live=False)

        response = client.get(author.get_absolute_url())

        assert response.status_code == 404
        assert "Nog onbekend" not in text_of(response)

    def test_is_not_linked_from_what_not_everyone_may_read(self, client):
        post = tagged("geheim")
        PageViewRestriction.objects.create(page=post, restriction_type="login")
        client.force_login(UserFactory())

        shown = main(client.get(post.url))

        assert post.author.name in shown
        for address in ("/auteurs/", "/organisaties/", "/onderwerpen/"):
            assert address not in shown

    def test_who_waits_in_a_chain_is_not_found(self, client):
        link = LinkFactory()

        assert client.get(link.author.get_absolute_url()).status_code == 404

    def test_is_found_under_a_former_name(self, client):
        author = AuthorFactory(name="Fatima")
        BlogPageFactory(author=author)

        response = client.get(f"/auteurs/{author.pk}-iemand-anders/")

        assert response.status_code == 301
        assert response["Location"] == f"/auteurs/{author.pk}-fatima/"

    def test_shows_a_translated_post_once_in_the_language_of_the_page(self, client):
        author = AuthorFactory()
        in_english(BlogPageFactory(author=author, title="In het Nederlands"), "In English")
        BlogPageFactory(author=author, title="Alleen Nederlands")

        dutch = main(client.get(author.get_absolute_url()))
        english = main(client.get(f"/en{author.get_absolute_url()}"))

        assert ("In het Nederlands" in dutch, "In English" in dutch) == (True, False)
        assert ("In het Nederlands" in english, "In English" in english) == (False, True)
        assert "Alleen Nederlands" in english

    def test_offers_a_digest_about_that_author(self, client):
        author = BlogPageFactory().author

        shown = main(client.get(author.get_absolute_url()))

        assert f'name="wat" value="author:{author.pk}"' in shown
        assert "Krijg nieuwe berichten van deze auteur per mail" in shown

    def test_stands_on_pages_when_there_is_much(self, client):
        author = AuthorFactory()
        for _ in range(13):
            BlogPageFactory(author=author)

        second = client.get(author.get_absolute_url(), {"pagina": "2"})

        assert main(second).count('<article class="card') == 1
        assert f'{author.get_absolute_url()}?pagina=2">' in text_of(second)

    @pytest.mark.parametrize("number", NUMBERS)
    def test_any_page_number_is_answered(self, client, number):
        author = BlogPageFactory().author

        assert client.get(author.get_absolute_url(), {"pagina": number}).status_code == 200

    @pytest.mark.parametrize("key", ODD)
    def test_that_nobody_is_is_not_found(self, client, key):
        assert client.get(f"/auteurs/{quote(key)}/").status_code == 404

    def test_costs_as_many_queries_with_ten_posts_as_with_one(self, client, count_queries):
        author = AuthorFactory()
        comment(LinkFactory(author=author, written=True, post__image=ImageFactory()).post)
        once = count_queries(lambda: client.get(author.get_absolute_url()))
        for _ in range(9):
            comment(LinkFactory(author=author, written=True, post__image=ImageFactory()).post)

        assert count_queries(lambda: client.get(author.get_absolute_url())) == once
        assert once <= 12


class TestATag:
    def test_shows_the_posts_with_it(self, client):
        tagged("water", title="Over water")
        tagged("wind", title="Over wind")
        tagged("water", title="Een concept", live=False)

        shown = main(client.get("/onderwerpen/water/"))

        assert "<h1>water</h1>" in shown
        assert "Over water" in shown
        assert "Over wind" not in shown
        assert "Een concept" not in shown
        assert 'name="wat" value="tag:water"' in shown

    def test_stands_on_its_posts(self, client):
        post = tagged("Slimme stad")

        assert 'href="/onderwerpen/slimme-stad/"' in main(client.get(post.url))

    def test_may_have_accents(self, client):
        post = tagged("coöperatie")
        address = reverse("blog:tag", args=["coöperatie"])

        assert f'href="{address}"' in main(client.get(post.url))
        assert client.get(address).status_code == 200

    def test_without_public_posts_is_not_found(self, client):
        tagged("geheim", live=False)

        assert client.get("/onderwerpen/geheim/").status_code == 404

    @pytest.mark.parametrize("slug", ODD)
    def test_that_is_none_is_not_found(self, client, slug):
        assert client.get(f"/onderwerpen/{quote(slug)}/").status_code == 404

    @pytest.mark.parametrize("number", NUMBERS)
    def test_any_page_number_is_answered(self, client, number):
        tagged("water")

        assert client.get("/onderwerpen/water/", {"pagina": number}).status_code == 200

    def test_costs_as_many_queries_with_ten_posts_as_with_one(self, client, count_queries):
        tagged("water", image=ImageFactory())
        once = count_queries(lambda: client.get("/onderwerpen/water/"))
        for _ in range(9):
            tagged("water", image=ImageFactory())

        assert count_queries(lambda: client.get("/onderwerpen/water/")) == once
        assert once <= 12
