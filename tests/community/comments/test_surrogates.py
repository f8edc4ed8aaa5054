"""Halves of characters in every field that readers fill in."""

import pytest
from django.urls import reverse

from community.comments import own
from community.comments.models import Comment
from tests import factories, surrogates

FIELDS = ["name", "email", "comment", "follow", "reply_to", "website", "sleutel", "verbetert"]


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


def words(**changes) -> dict[str, str]:
    return {"name": "Noor", "email": "noor@example.org", "comment": "Mijn woorden", **changes}


class TestTheForm:
    @pytest.mark.parametrize("word", ["\ud800", "goed\udfff", "\udc00\ud800"])
    @pytest.mark.parametrize("name", FIELDS)
    def test_takes_or_refuses_them_in_any_field(self, post, client, name, word):
        address = reverse("comments:post", args=[post.pk])

        response = surrogates.post(client, address, words(**{name: word}))

        assert response.status_code in {303, 422}
        response.content.decode()
        for comment in Comment.objects.all():
            f"{comment.user_name}{comment.user_email}{comment.comment}{comment.text_html}".encode()

    @pytest.mark.parametrize("name", FIELDS)
    def test_shows_them_in_no_preview(self, post, client, name):
        address = reverse("comments:post", args=[post.pk])
        data = words(**{name: "x\ud800", "preview": "1"})

        response = surrogates.post(client, address, data)

        assert response.status_code == 200

    def test_takes_no_other_encoding_in_which_they_could_come_whole(self, post, client):
        address = reverse("comments:post", args=[post.pk])
        content_type = f"{surrogates.URLENCODED}; charset=unicode_escape"

        response = surrogates.post(client, address, words(), content_type=content_type)

        assert response.status_code == 400

    def test_survives_them_in_the_live_preview(self, client, db):
        address = reverse("comments:preview")

        response = surrogates.post(client, address, {"comment": "a\ud800b"})

        assert response.content.decode() == "<p>a\ufffd\ufffd\ufffdb</p>\n"

    def test_survives_them_where_the_page_is_closed(self, client, db):
        address = reverse(
            "comments:post", args=[factories.BlogPageFactory(comments_mode="closed").pk]
        )

        response = surrogates.post(client, address, words(comment="a\ud800b"))

        assert response.status_code == 409


class TestTheOwnForms:
    @pytest.mark.parametrize(
        ("name", "field"),
        [("edit", "comment"), ("object", "objection"), ("delete", "x"), ("devices", "x")],
    )
    @pytest.mark.parametrize("where", ["field", "sleutel"])
    def test_take_or_refuse_them(self, post, client, name, field, where):
        comment = factories.comment(post, status="rejected")
        data = {field: "x" * 20, "sleutel": own.key(comment)}
        data["sleutel" if where == "sleutel" else field] = "goed\ud800"

        address = reverse(f"own:{name}", args=[comment.public_id])
        response = surrogates.post(client, address, data)

        assert response.status_code in {200, 303, 404, 409, 422}

    @pytest.mark.parametrize("name", ["onthouden", "terug"])
    def test_do_not_stumble_over_buttons(self, post, client, name):
        comment = factories.comment(post)
        for address in (
            "/reacties/bevestigen/onbekend/",
            reverse("comments:appreciate", args=[comment.public_id]),
        ):
            response = surrogates.post(client, address, {name: "\ud800"})

            assert response.status_code in {403, 404}


class TestFollowing:
    @pytest.mark.parametrize("name", ["email", "website"])
    def test_takes_or_refuses_them(self, post, client, name):
        address = reverse("notifications:follow", args=[post.pk])
        data = {"email": "noor@example.org", name: "a\ud800@example.org"}

        response = surrogates.post(client, address, data)

        assert response.status_code in {200, 422}
