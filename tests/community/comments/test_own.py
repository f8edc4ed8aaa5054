import uuid

import pytest
from django.core import signing
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from community.comments import confirming, own
from community.comments.models import Comment, Device
from community.subscriptions import tokens
from mail.models import Message
from tests import factories
from tests.writers import SAME_ORIGIN, remember

PAGES = ["state", "edit", "delete", "object", "again", "devices"]


@pytest.fixture
def comment(db):
    return factories.comment(status="rejected", at=timezone.now(), text="Mijn eigen woorden")


def get(client, name, comment, word=""):
    address = reverse(f"own:{name}", args=[comment.public_id])
    return client.get(address, {"sleutel": word} if word else {})


class TestTheAddresses:
    @pytest.mark.parametrize(
        ("name", "place"),
        [
            ("state", "stand"),
            ("edit", "wijzigen"),
            ("delete", "verwijderen"),
            ("object", "bezwaar"),
            ("again", "opnieuw"),
            ("devices", "apparaten"),
        ],
    )
    def test_are_those_that_were_agreed(self, name, place):
        public_id = uuid.uuid4()

        assert reverse(f"own:{name}", args=[public_id]) == f"/reacties/{public_id}/{place}/"


class TestWhoMayManageAComment:
    @pytest.mark.parametrize("name", PAGES)
    def test_a_stranger_gets_the_answer_of_an_unknown_comment(self, comment, client, name):
        unknown = factories.comment(comment.page.specific)
        Comment.objects.filter(pk=unknown.pk).delete()

        closed, missing = (get(client, name, each) for each in (comment, unknown))

        assert closed.status_code == missing.status_code == 404
        assert "Mijn eigen woorden" not in closed.content.decode()
        assert closed.content.decode().replace(str(comment.public_id), "") == (
            missing.content.decode().replace(str(unknown.public_id), "")
        )
        assert not closed.cookies

    def test_its_member_may(self, client, db):
        member = factories.UserFactory()
        comment = factories.comment(user=member)
        client.force_login(member)

        assert get(client, "state", comment).status_code == 200

    def test_another_member_may_not(self, client, db):
        comment = factories.comment(user=factories.UserFactory())
        client.force_login(factories.UserFactory())

        assert get(client, "state", comment).status_code == 404

    def test_a_member_with_the_address_of_a_stranger_may_not(self, comment, client):
        client.force_login(factories.UserFactory(email=comment.user_email))

        assert get(client, "state", comment).status_code == 404

    def test_a_moderator_may_not(self, comment, client):
        client.force_login(factories.UserFactory(moderator=True))

        assert get(client, "delete", comment).status_code == 404

    def test_a_device_that_has_proven_the_address_may(self, comment, client):
        remember(client, comment.user_email.upper())

        assert get(client, "state", comment).status_code == 200

    def test_another_device_may_not(self, comment, client):
        remember(client, "iemand.anders@example.org")

        assert get(client, "state", comment).status_code == 404

    def test_a_device_that_was_forgotten_may_not(self, comment, client):
        device = remember(client, comment.user_email)
        Device.objects.filter(pk=device.pk).update(revoked_at=timezone.now())

        assert get(client, "state", comment).status_code == 404

    def test_a_device_may_not_manage_what_a_member_wrote(self, client, db):
        member = factories.UserFactory(email="sam@example.org")
        comment = factories.comment(user=member, email="sam@example.org")
        remember(client, "sam@example.org")

        assert get(client, "state", comment).status_code == 404

    @pytest.mark.parametrize("name", ["state", "delete", "object"])
    def test_who_has_the_link_may_and_gets_no_cookie(self, comment, client, name):
        response = get(client, name, comment, own.key(comment))

        assert response.status_code == 200
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response.content.decode()


class TestTheKey:
    def test_opens_one_comment_and_no_other(self, comment, client):
        other = factories.comment(comment.page.specific)

        assert get(client, "state", other, own.key(comment)).status_code == 404

    def test_for_another_purpose_opens_nothing(self, comment, client):
        subscription = tokens.make(tokens.UNSUBSCRIBE, comment.public_id)
        unsalted = signing.Signer(sep=".").sign(comment.public_id.hex)

        for word in (subscription, unsalted):
            assert get(client, "state", comment, word).status_code == 404

    def test_outlives_a_change_of_the_key_of_the_site(self, comment, client, settings):
        word = own.key(comment)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "een-nieuwe-sleutel"

        assert get(client, "state", comment, word).status_code == 200

    @pytest.mark.parametrize(
        "word",
        [
            "x",
            ".",
            "\x00",
            "é",
            "٣",
            "' or 1=1",
            "../..",
            "A" * 100_000,
            "{{ 1 }}",
            "%00",
            "\ud800",
        ],
    )
    def test_that_is_odd_opens_nothing(self, comment, word):
        request = RequestFactory().get("/", {"sleutel": word.encode("utf-8", "replace")})
        request.user = factories.UserFactory()

        with pytest.raises(Http404):
            own.find(request, comment.public_id)

    def test_that_is_cut_or_changed_opens_nothing(self, comment, client):
        word = own.key(comment)

        for odd in (word[:-1], word + "A", word.upper(), word.replace(".", ":"), word[1:]):
            assert get(client, "state", comment, odd).status_code == 404

    def test_says_nothing_about_its_writer(self, comment):
        assert comment.user_email not in own.link(comment)
        assert len(own.key(comment)) < 100

    def test_is_in_the_language_of_the_comment(self, comment):
        comment.language = "en"

        assert f"/en/reacties/{comment.public_id}/stand/?sleutel=" in own.link(comment)


class TestTheConfirmation:
    def test_hands_out_the_link_once_and_not_to_who_finds_the_mail_later(self, client, db):
        comment = factories.comment(status="unconfirmed")
        with transaction.atomic():
            confirming.ask(comment, now=timezone.now())
        token = Message.objects.get().text.split("/bevestigen/")[1].split("/")[0]
        address = reverse("comments:confirm", args=[token])

        first, second = (client.post(address, headers=SAME_ORIGIN) for _ in range(2))

        assert own.address(comment) in first.content.decode()
        for later in (second, client.get(address)):
            assert "sleutel" not in later.content.decode()

    def test_mail_holds_the_link_and_no_word_of_the_writer(self, db):
        comment = factories.comment(status="unconfirmed", name="Naam-x", text="Woorden-x")
        with transaction.atomic():
            confirming.ask(comment, now=timezone.now())

        message = Message.objects.get()
        for words in (message.text, message.html):
            assert own.link(comment) in words
            assert "Naam-x" not in words
            assert "Woorden-x" not in words


class TestOddAddresses:
    @pytest.mark.parametrize("place", ["stand", "wijzigen", "verwijderen", "bezwaar"])
    @pytest.mark.parametrize("public_id", ["1", "-1", "x", "%00", "é", "0" * 36, "a" * 5000])
    def test_are_not_known(self, client, home, place, public_id):
        assert client.get(f"/reacties/{public_id}/{place}/").status_code == 404
        assert (
            client.post(f"/reacties/{public_id}/{place}/", headers=SAME_ORIGIN).status_code == 404
        )


class TestReplay:
    """What one writer did, sent again by everybody else."""

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("edit", {"comment": "Overgenomen"}),
            ("delete", {}),
            ("object", {"objection": "Overgenomen"}),
        ],
    )
    @pytest.mark.parametrize("who", ["stranger", "member", "device", "key"])
    def test_changes_nothing(self, client, db, name, data, who):
        status = "rejected" if name == "object" else "pending"
        comment = factories.comment(status=status, at=timezone.now(), text="Van mij")
        if who == "member":
            client.force_login(factories.UserFactory())
        elif who == "device":
            remember(client, "ander@example.org")
        elif who == "key":
            data = {**data, "sleutel": own.key(factories.comment())}

        response = client.post(
            reverse(f"own:{name}", args=[comment.public_id]), data, headers=SAME_ORIGIN
        )

        assert response.status_code == 404
        fresh = Comment.objects.get(pk=comment.pk)
        assert (fresh.comment, fresh.status) == ("Van mij", status)
        assert not fresh.objections.exists()

    @pytest.mark.parametrize("name", ["edit", "delete", "object"])
    def test_from_another_site_is_refused(self, client, comment, name):
        response = client.post(
            reverse(f"own:{name}", args=[comment.public_id]),
            {"sleutel": own.key(comment), "comment": "Van elders", "objection": "Van elders"},
            headers={"Sec-Fetch-Site": "cross-site"},
        )

        assert response.status_code == 403
        assert Comment.objects.get(pk=comment.pk).comment == "Mijn eigen woorden"

    @pytest.mark.parametrize("name", PAGES)
    def test_by_get_or_head_changes_nothing(self, client, comment, name):
        before = Comment.objects.values().get(pk=comment.pk)

        for method in (client.get, client.head):
            method(
                reverse(f"own:{name}", args=[comment.public_id]),
                {"sleutel": own.key(comment), "comment": "Nieuw", "objection": "Nee"},
            )

        assert Comment.objects.values().get(pk=comment.pk) == before
        assert not comment.objections.exists()
