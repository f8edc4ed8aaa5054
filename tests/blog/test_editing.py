"""What an editor does with a post in Wagtail: write, look, schedule, publish."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from blog.models import BlogPage, Chain
from tests.factories import (
    AuthorFactory,
    BlogPageFactory,
    ChainFactory,
    ImageFactory,
    LinkFactory,
    UserFactory,
)
from tests.html import text_of

FORM = 'name="comment"'  # the field that a reader writes a comment in


@pytest.fixture
def editor(blog_index, client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def every_block() -> list[tuple]:
    image = ImageFactory()
    transcript = rich_text("<p>Wat er gezegd wordt.</p>")
    return [
        ("text", rich_text("<p>Een <b>vet</b> begin.</p>")),
        ("heading", {"text": "Een kop", "level": "h2"}),
        ("image", {"image": str(image.pk), "alt_text": "Een plein", "caption": "Ons plein"}),
        ("quote", {"text": "Zo doe je dat.", "source": "Een beheerder"}),
        (
            "video",
            {
                "title": "Een rondje",
                "url": "https://vimeo.com/76979871",
                "poster": "",
                "has_captions": "on",
                "transcript": transcript,
            },
        ),
        (
            "links",
            {
                "title": "Verder lezen",
                "links": streamfield(
                    [("item", {"text": "Elders", "page": "", "url": "https://example.org/"})]
                ),
            },
        ),
        ("callout", {"title": "Let op", "text": rich_text("<p>Begin klein.</p>")}),
    ]


def fields(body: list[tuple] | None = None, **extra) -> dict:
    """What the page editor sends."""
    return nested_form_data(
        {
            "title": "Met alles erin",
            "slug": "met-alles-erin",
            "date": "2026-03-02",
            "author": str(AuthorFactory().pk),
            "introduction": "Waar het over gaat.",
            "image": "",
            "image_alt": "",
            "body": streamfield(body or [("text", rich_text("<p>De tekst.</p>"))]),
            "tags": "",
            "comments_mode": "inherit",
            "comments_days": "",
            **extra,
        }
    )


def add(client, blog_index, data: dict, name: str = "add"):
    address = reverse(f"wagtailadmin_pages:{name}", args=["blog", "blogpage", blog_index.pk])
    return client.post(address, data)


class TestWriting:
    def test_a_post_with_every_block_can_be_published(self, editor, client, blog_index):
        add(client, blog_index, fields(every_block()) | {"action-publish": "1"})

        post = BlogPage.objects.get(slug="met-alles-erin")
        shown = text_of(client.get(post.url))
        assert {block.block_type for block in post.body} == set(post.body.stream_block.child_blocks)
        for words in [
            "<b>vet</b>",
            "Een kop",
            "Een plein",
            "Zo doe je dat",
            "Een rondje",
            "Elders",
        ]:
            assert words in shown
        assert "Begin klein." in shown

    @pytest.mark.parametrize(
        ("kind", "change"),
        [
            ("image", {"alt_text": ""}),
            ("video", {"has_captions": ""}),
            ("video", {"transcript": rich_text("")}),
            ("video", {"url": "https://example.org/film"}),
        ],
    )
    def test_what_some_could_not_see_or_hear_is_not_published(
        self, editor, client, blog_index, kind, change
    ):
        body = [(name, value | change if name == kind else value) for name, value in every_block()]

        response = add(client, blog_index, fields(body) | {"action-publish": "1"})

        assert response.status_code == 200  # the form again
        assert not BlogPage.objects.exists()


class TestADraft:
    def test_is_not_there_for_readers(self, editor, client, blog_index):
        add(client, blog_index, fields())

        post = BlogPage.objects.get(slug="met-alles-erin")
        client.logout()
        assert client.get(post.get_url()).status_code == 404
        assert post.title not in text_of(client.get(blog_index.url))

    def test_of_a_published_post_shows_the_published_text(self, editor, client, blog_index):
        post = BlogPageFactory(title="Zo staat het er")
        post.title = "Zo wordt het"
        post.save_revision()

        assert "Zo staat het er" in text_of(client.get(post.url))


class TestAPreview:
    def test_of_a_new_post_shows_its_text_without_a_form(self, editor, client, blog_index):
        sent = add(client, blog_index, fields(every_block()), "preview_on_add")

        shown = text_of(
            client.get(
                reverse(
                    "wagtailadmin_pages:preview_on_add", args=["blog", "blogpage", blog_index.pk]
                )
            )
        )

        assert sent.json()["is_valid"]
        assert "Zo doe je dat." in shown
        assert FORM not in shown

    def test_of_changes_shows_them_without_a_form(self, editor, client):
        post = BlogPageFactory(title="Zo staat het er", slug="met-alles-erin")
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[post.pk])
        assert FORM in text_of(client.get(post.url))

        client.post(address, fields())
        shown = text_of(client.get(address))

        assert "Met alles erin" in shown
        assert FORM not in shown


class TestScheduling:
    def test_publishes_at_its_moment(self, editor, client, blog_index):
        moment = timezone.now() + dt.timedelta(days=2)
        local = timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
        add(client, blog_index, fields(go_live_at=local, expire_at="") | {"action-publish": "1"})
        post = BlogPage.objects.get(slug="met-alles-erin")

        call_command("publish_scheduled")
        early = client.get(post.get_url()).status_code
        with time_machine.travel(moment + dt.timedelta(minutes=1)):
            call_command("publish_scheduled")

        assert early == 404
        assert client.get(post.get_url()).status_code == 200


class TestChainsInTheAdmin:
    def test_a_chain_is_made_with_its_links(self, editor, client):
        first, second = AuthorFactory(), AuthorFactory()
        post = BlogPageFactory(author=first)
        links = [
            {"author": str(first.pk), "post": str(post.pk), "due_date": ""},
            {"author": str(second.pk), "post": "", "due_date": "2027-01-15"},
        ]
        data = {
            "name": "Onze keten",
            "slug": "onze-keten",
            "question": "Wat moest eerst anders?",
            "introduction": "",
            "image": "",
            "links": inline_formset(links),
        }

        client.post(reverse("wagtailsnippets_blog_chain:add"), nested_form_data(data))

        chain = Chain.objects.get(slug="onze-keten")
        assert [link.author for link in chain.links.all()] == [first, second]

    def test_chains_and_authors_can_be_found(self, editor, client, search_index):
        ChainFactory(name="Over water")
        ChainFactory(name="Over licht")
        AuthorFactory(name="Ilse Brouwers")
        AuthorFactory(name="Bram Oosterling")

        chains = text_of(client.get(reverse("wagtailsnippets_blog_chain:list"), {"q": "water"}))
        authors = text_of(client.get(reverse("wagtailsnippets_blog_author:list"), {"q": "Ilse"}))

        assert "Over water" in chains
        assert "Over licht" not in chains
        assert "Ilse Brouwers" in authors
        assert "Bram Oosterling" not in authors

    def test_ten_authors_cost_as_many_queries_as_one(self, editor, client, count_queries):
        address = reverse("wagtailsnippets_blog_author:list")
        AuthorFactory()
        once = count_queries(lambda: client.get(address))
        AuthorFactory.create_batch(9)

        assert count_queries(lambda: client.get(address)) == once

    def test_an_author_in_a_chain_cannot_be_deleted(self, editor, client, references):
        link = LinkFactory()
        name = "wagtailsnippets_blog_author:delete"

        client.post(reverse(name, args=[link.author.pk]))

        link.author.refresh_from_db()
