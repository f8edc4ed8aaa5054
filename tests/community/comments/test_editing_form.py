"""The form in which a writer changes a comment."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.comments import editing, own
from community.comments.models import Comment
from tests import factories
from tests.community.comments.changing import young

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def send(client, comment, text, **extra):
    data = {"comment": text, "sleutel": own.key(comment), **extra}
    address = reverse("own:edit", args=[comment.public_id])
    return client.post(address, data, headers=SAME_ORIGIN)


def keyed(client, comment):
    """Return a request that carries the key of ``comment``."""
    return client.get(own.address(comment)).wsgi_request


def send_as_member(client, comment, text):
    client.force_login(comment.user)
    return send(client, comment, text, sleutel="")


class TestTheForm:
    def test_shows_the_text_and_until_when(self, post, client):
        comment = young(post, text="Mijn <b>woorden</b>")

        response = client.get(own.path("edit", comment, keyed(client, comment)))

        page = response.content.decode()
        assert "Mijn &lt;b&gt;woorden&lt;/b&gt;" in page
        assert (comment.submit_date + editing.EDITABLE_FOR).astimezone(
            timezone.get_current_timezone()
        ).strftime("%H:%M") in page

    def test_leads_to_the_state_and_says_that_it_waits(self, post, client):
        comment = young(post)

        response = send(client, comment, "Iets anders")

        assert response.status_code == 303
        page = client.get(response.url).content.decode()
        assert "Iets anders" in page
        assert "Een redacteur leest de nieuwe tekst" in page
        assert not response.cookies

    @pytest.mark.parametrize("text", ["", "  \n ", "\x00", "x" * 3001])
    def test_of_a_text_that_cannot_be_keeps_what_was_typed(self, post, client, text):
        comment = young(post, text="Zoals het was")

        response = send(client, comment, text)

        assert response.status_code == 422
        assert Comment.objects.get(pk=comment.pk).comment == "Zoals het was"
        assert text.strip("\x00 \n")[:100] in response.content.decode()

    def test_that_came_too_late_gives_the_text_back(self, post, client):
        comment = factories.comment(post)

        response = send(client, comment, "Bewaar mij")

        assert response.status_code == 409
        assert "Bewaar mij" in response.content.decode()

    def test_shows_on_the_page_that_the_text_was_changed(self, post, client):
        comment = young(post, user=factories.UserFactory(moderator=True))

        send_as_member(client, comment, "Zonder tikfout")

        page = client.get(post.url).content.decode()
        assert "Zonder tikfout" in page
        assert "gewijzigd" in page

    def test_takes_no_other_field(self, post, client):
        comment = young(post, status="pending", name="Noor")

        send(client, comment, "Nieuw", status="approved", name="Ander", user_name="Ander", page="1")

        fresh = Comment.objects.get(pk=comment.pk)
        assert (fresh.comment, fresh.status, fresh.user_name) == ("Nieuw", "pending", "Noor")

    def test_from_a_client_that_says_nothing_is_asked_once_more(self, post):
        comment = young(post, status="pending", text="Zoals het was")
        address = reverse("own:edit", args=[comment.public_id])

        data = {"comment": "\nNieuw", "sleutel": own.key(comment)}
        response = Client(enforce_csrf_checks=True).post(address, data)

        page = response.content.decode()
        assert f">&#10;{own.key(comment)}</textarea>" in page
        assert ">&#10;\nNieuw</textarea>" in page
        assert Comment.objects.get(pk=comment.pk).comment == "Zoals het was"
