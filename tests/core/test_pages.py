"""Promises that every public page keeps."""

import pytest
from django.http import HttpResponse

from tests.factories import (
    AuthorFactory,
    BlogPageFactory,
    ImageFactory,
    LinkFactory,
    StandardPageFactory,
    ToolPageFactory,
    comment,
)
from tests.html import foreign_hosts, text_of

pytestmark = pytest.mark.django_db

VIDEO = {
    "title": "Drie avonden aan tafel",
    "url": "https://www.youtube.com/watch?v=abc123XYZ_-",
    "poster": None,
    "has_captions": True,
    "transcript": "<p>We zaten met twaalf mensen.</p>",
}


@pytest.fixture
def addresses(home, blog_index, tool_index) -> dict[str, str]:
    """One address of each kind of public page."""
    author = AuthorFactory(photo=ImageFactory())
    post = BlogPageFactory(author=author, image=ImageFactory(), body=[("video", VIDEO)])
    link = LinkFactory(author=author, post=post)
    comment(post)
    return {
        "home": home.url,
        "blog": blog_index.url,
        "post": post.url,
        "chains": "/keten/",
        "chain": link.chain.get_absolute_url(),
        "tools": tool_index.url,
        "tool": ToolPageFactory(image=ImageFactory()).url,
        "page": StandardPageFactory().url,
    }


@pytest.fixture
def answers(client, addresses) -> dict[str, HttpResponse]:
    """What a stranger gets at each of them."""
    return {kind: client.get(address) for kind, address in addresses.items()}


class TestPublicPage:
    def test_sets_no_cookie_and_carries_no_token(self, answers):
        for kind, response in answers.items():
            assert response.status_code == 200, kind
            assert not response.cookies, kind
            assert "Cookie" not in response.get("Vary", ""), kind
            assert "csrfmiddlewaretoken" not in text_of(response), kind

    def test_loads_nothing_from_another_host(self, answers):
        for kind, response in answers.items():
            assert foreign_hosts(response) == set(), kind

    def test_has_no_inline_style_or_script(self, answers):
        for kind, response in answers.items():
            page = text_of(response)
            for words in (" style=", "<style", "<script>", " onclick="):
                assert words not in page, kind

    def test_has_one_heading_of_the_first_level(self, answers):
        for kind, response in answers.items():
            assert text_of(response).count("<h1") == 1, kind

    def test_is_the_same_for_someone_who_is_logged_in(self, client, admin_client, addresses):
        stranger = client.get(addresses["post"]).content

        assert admin_client.get(addresses["post"]).content == stranger


class TestBlocks:
    def test_every_block_of_a_story_is_shown(self, client):
        picture, page = ImageFactory(), StandardPageFactory(title="De huisregels")
        body = [
            ("text", "<p>Gewone tekst</p>"),
            ("heading", {"text": "Een tussenkop", "level": "h3"}),
            ("image", {"image": picture, "alt_text": "Een tafel", "caption": "Na afloop"}),
            ("quote", {"text": "Je spreekt haar af", "source": "Een bewoner"}),
            ("video", VIDEO),
            ("callout", {"title": "Neem mee", "text": "<p>Leg het vast</p>"}),
            (
                "links",
                {
                    "title": "Lees verder",
                    "links": [
                        {"text": "Hier", "page": page, "url": ""},
                        {"text": "Daar", "page": None, "url": "https://example.org/daar"},
                    ],
                },
            ),
        ]

        shown = text_of(client.get(BlogPageFactory(body=body).url))

        for words in ["Gewone tekst", "<h3>Een tussenkop</h3>", 'alt="Een tafel"', "Na afloop"]:
            assert words in shown
        for words in ["Je spreekt haar af", "Een bewoner", "Neem mee", "Leg het vast"]:
            assert words in shown
        for words in ["Lees verder", f'href="{page.url}">Hier', "https://example.org/daar"]:
            assert words in shown
        assert "We zaten met twaalf mensen." in shown

    def test_a_video_is_only_an_address_until_the_click(self, client):
        shown = text_of(client.get(BlogPageFactory(body=[("video", VIDEO)]).url))

        assert "<iframe" not in shown
        assert 'data-player="https://www.youtube-nocookie.com/embed/abc123XYZ_-"' in shown
        assert 'href="https://www.youtube.com/watch?v=abc123XYZ_-"' in shown


class TestLostPage:
    def test_has_the_menu_and_ways_out(self, client, blog_index):
        response = client.get("/nergens/")

        assert response.status_code == 404
        assert f'href="{blog_index.url}"' in text_of(response)
        assert 'href="/keten/"' in text_of(response)

    @pytest.mark.parametrize(
        "path", ["/%00/", "/blog/%ff/", "/" + "a" * 2000 + "/", "/en/%e2%80%ae/"]
    )
    def test_odd_addresses_are_not_found(self, client, blog_index, path):
        assert client.get(path).status_code == 404
