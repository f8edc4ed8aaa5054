"""Forms for a comment as no reader with a browser sends them."""

import pytest
from django.test import Client
from django.urls import reverse
from django_comments.models import Comment as PackageComment

from community.comments.models import Comment
from mail.models import Message
from tests.community.comments.sending import Status, send
from tests.submissions import open_to
from tests.writers import remember


class TestATrappedForm:
    def test_does_not_stop_its_writer_from_sending_it_well(self, post, client):
        send(client, post, website="https://example.org")

        send(client, post)

        assert Message.objects.count() == 1
        assert sorted(Comment.objects.values_list("status", flat=True)) == ["spam", "unconfirmed"]

    def test_gets_the_neutral_answer_and_is_held_without_a_mail(self, post, client):
        ordinary = send(client, post)
        trapped = send(client, post, website="https://spam.example", comment="Koop nu")

        assert trapped.url == ordinary.url
        assert Comment.objects.get(comment="Koop nu").status == Status.SPAM
        assert Message.objects.count() == 1

    def test_with_the_address_of_another_costs_that_one_nothing(self, post, client):
        open_to(post, "none")
        send(client, post, website="https://spam.example", comment="Koop nu")
        remember(client, "noor@example.org")

        assert "geplaatst" in send(client, post).url

    def test_from_a_remembered_device_is_held_against_its_owner(self, post, client):
        open_to(post, "none")
        remember(client, "noor@example.org")
        send(client, post, website="https://spam.example", comment="Koop nu")

        assert "wacht" in send(client, post).url


class TestAName:
    def test_turns_no_page_around(self, post, client):
        send(client, post, name="\u202ejan\u2066 de vries\u200f")

        assert Comment.objects.get().user_name == "jan de vries"

    def test_of_nothing_but_direction_is_refused(self, post, client):
        assert send(client, post, name="\u202e\u202d").status_code == 422


class TestOddInput:
    @pytest.mark.parametrize(
        "changes",
        [
            {"name": ""},
            {"name": "\u200b\u200b"},
            {"name": "Jan\r\nBcc: x@example.org"},
            {"name": "x" * 51},
            {"name": "Jan\x00"},
            {"email": "geen adres"},
            {"email": "a@example.org\r\nBcc: b@example.org"},
            {"email": ""},
            {"email": '"\x01"@example.org'},
            {"email": "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".nl"},
            {"name": "\ufb2c" * 50},
            {"comment": ""},
            {"comment": " \n\t "},
            {"comment": "x" * 3001},
            {"comment": "nul\x00teken"},
        ],
    )
    def test_gives_the_form_again_with_what_was_typed(self, post, client, changes):
        response = send(client, post, **changes)

        page = response.content.decode()
        assert response.status_code == 422
        assert 'aria-invalid="true"' in page
        typed = changes.get("comment", "Wat een *goed* verhaal.").strip()
        assert typed[:100] in page
        assert not PackageComment.objects.exists()

    def test_of_exactly_the_limit_is_taken(self, post, client):
        assert send(client, post, comment="é" * 3000).status_code == 303

    def test_of_two_megabytes_gets_a_page(self, post, client):
        response = send(client, post, comment="x" * 2_000_000)

        assert response.status_code == 413
        assert b"<h1" in response.content

    @pytest.mark.parametrize("page_id", ["0", "999999999", "99999999999999999999999", "-1", "abc"])
    def test_for_a_page_that_is_not_there_is_not_found(self, db, home, client, page_id):
        response = client.post(f"/reacties/{page_id}/", headers={"Sec-Fetch-Site": "same-origin"})

        assert response.status_code == 404


class TestAnotherSite:
    def test_cannot_post_here(self, post, client):
        for headers in [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]:
            response = client.post(reverse("comments:post", args=[post.pk]), {}, headers=headers)
            assert response.status_code == 403

    @pytest.mark.parametrize("origin", ["http://[", "null", "\x00", "https://testserver:1"])
    def test_that_says_something_odd_is_another_site(self, post, client, origin):
        address = reverse("comments:post", args=[post.pk])

        assert client.post(address, {}, headers={"Origin": origin}).status_code == 403

    def test_that_says_nothing_is_asked_to_confirm_and_loses_nothing(self, post):
        client = Client(enforce_csrf_checks=True)
        data = {"name": "Noor", "email": "noor@example.org", "comment": "Bewaar mij"}

        response = client.post(reverse("comments:post", args=[post.pk]), data)

        assert "Bewaar mij" in response.content.decode()
        assert "csrfmiddlewaretoken" in response.content.decode()
        assert not Comment.objects.exists()

    def test_that_confirms_is_taken(self, post):
        client = Client(enforce_csrf_checks=True)
        data = {"name": "Noor", "email": "noor@example.org", "comment": "Bewaar mij"}
        client.post(reverse("comments:post", args=[post.pk]), data)

        token = client.cookies["csrftoken"].value
        client.post(
            reverse("comments:post", args=[post.pk]), {**data, "csrfmiddlewaretoken": token}
        )

        assert Comment.objects.count() == 1
