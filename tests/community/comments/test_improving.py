import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments import own
from community.comments.models import Comment
from mail.models import Message
from tests import factories
from tests.submissions import open_to
from tests.writers import SAME_ORIGIN, remember

Status = Comment.Status
NOOR = "noor@example.org"


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


@pytest.fixture
def comment(post):
    return factories.comment(
        post, status="rejected", name="Noor", email=NOOR, text="Mijn *boze* woorden"
    )


def place(comment, name="again") -> str:
    return f"{reverse(f'own:{name}', args=[comment.public_id])}?sleutel={own.key(comment)}"


def filled_in(page: str) -> dict[str, str]:
    """Return what the form on ``page`` would send as it is."""
    form = page[page.index("data-comment-form") :]
    inputs = re.findall(r"<input[^>]*>", form[: form.index("</form>")])
    data = {}
    for tag in inputs:
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        is_sent = ('type="radio"' not in tag and 'type="submit"' not in tag) or " checked" in tag
        if name and is_sent:
            data[name[1]] = unescape(value[1]) if value else ""
    text = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", form, re.DOTALL)
    return {**data, "comment": unescape(text[1])}


def send(client, page, data: dict, **changes):
    address = reverse("comments:post", args=[page.pk])
    return client.post(address, {**data, **changes}, headers=SAME_ORIGIN)


def latest() -> Comment:
    return Comment.objects.latest("pk")


class TestTheWholeWay:
    def test_from_the_mail_to_the_editor_without_confirming_again(self, post, comment, client):
        state = client.get(place(comment, "state")).content.decode()
        assert "Verbeter en stuur opnieuw in" in state
        assert place(comment) in state

        data = filled_in(client.get(place(comment)).content.decode())
        assert data["comment"] == "Mijn *boze* woorden"
        assert (data["name"], data["email"]) == ("Noor", NOOR)

        sent = send(client, post, data, comment="Mijn kalme woorden")

        better = latest()
        assert (better.status, better.comment) == (Status.PENDING, "Mijn kalme woorden")
        assert better.confirmed_at is not None
        assert better.evidence["improves"] == comment.public_id.hex
        assert better.evidence["phase"] == "history"
        assert not Message.objects.exists()
        comment.refresh_from_db()
        assert (comment.status, comment.comment) == (Status.REJECTED, "Mijn *boze* woorden")

        posted = client.get(sent.url).content.decode()
        assert "data-comment-sent" in posted
        assert place(better, "state") in posted
        assert client.get(place(better, "state")).status_code == 200

    def test_keeps_its_place_below_what_it_answers(self, post, client):
        parent = factories.comment(post)
        comment = factories.comment(post, status="rejected", parent=parent, email=NOOR)

        data = filled_in(client.get(place(comment)).content.decode())
        send(client, post, data, comment="Een beter antwoord")

        assert latest().parent_path == parent.path

    def test_becomes_a_comment_of_its_own_when_that_is_gone(self, post, client):
        parent = factories.comment(post, status="removed")
        comment = factories.comment(post, status="rejected", parent=parent, email=NOOR)

        assert filled_in(client.get(place(comment)).content.decode())["reply_to"] == ""

    def test_survives_the_preview_and_a_mistake(self, post, comment, client):
        data = filled_in(client.get(place(comment)).content.decode())

        previewed = send(client, post, data, preview="Voorbeeld")
        wrong = send(client, post, filled_in(previewed.content.decode()), comment="")
        send(client, post, filled_in(wrong.content.decode()), comment="Nu goed")

        assert (wrong.status_code, latest().status) == (422, Status.PENDING)

    def test_of_the_same_words_says_that_they_are_known(self, post, client):
        open_to(post, "none")
        remember(client, NOOR)
        send(client, post, {"name": "Noor", "email": NOOR, "comment": "Nog eens"})
        comment = latest()
        Comment.objects.update(status="rejected", decided_at=timezone.now())

        data = filled_in(client.get(place(comment)).content.decode())

        assert "staat=bekend" in send(client, post, data).url
        assert Comment.objects.count() == 1

    def test_works_for_a_member(self, post, client):
        member = factories.UserFactory()
        client.force_login(member)
        comment = factories.comment(post, user=member, email=member.email, status="removed")
        address = reverse("own:again", args=[comment.public_id])

        data = filled_in(client.get(address).content.decode())
        sent = send(client, post, data, comment="Beter")

        assert latest().user == member
        assert latest().evidence["improves"] == comment.public_id.hex
        assert "sleutel" not in sent.url


class TestTheForm:
    def test_changes_nothing_by_looking(self, comment, client):
        for method in (client.get, client.head):
            assert method(place(comment)).status_code == 200

        assert Comment.objects.count() == 1

    def test_is_not_taken_by_post(self, comment, client):
        assert client.post(place(comment), headers=SAME_ORIGIN).status_code == 405

    def test_is_for_its_writer(self, comment, client):
        address = reverse("own:again", args=[comment.public_id])

        for word in ("", "x", own.key(factories.comment()), "\x00", "\u0661" * 300):
            assert client.get(address, {"sleutel": word}).status_code == 404

    @pytest.mark.parametrize("status", ["unconfirmed", "pending", "approved", "deleted_by_author"])
    def test_is_for_what_was_refused(self, post, client, status):
        comment = factories.comment(post, status=status)

        response = client.get(place(comment))

        assert response.url == place(comment, "state")
        assert place(comment) not in client.get(response.url).content.decode()

    def test_of_a_closed_page_gives_the_text_back(self, post, comment, client):
        type(post).objects.filter(pk=post.pk).update(comments_mode="closed")

        response = client.get(place(comment))

        assert response.status_code == 409
        assert "Mijn *boze* woorden" in response.content.decode()
        assert place(comment) not in client.get(place(comment, "state")).content.decode()

    def test_of_a_page_that_cannot_be_seen_is_not_there(self, post, comment, client):
        post.view_restrictions.create(restriction_type="login")

        assert client.get(place(comment)).url == place(comment, "state")
        assert place(comment) not in client.get(place(comment, "state")).content.decode()

    def test_is_in_no_page_for_everyone(self, post, client, site):
        assert "verbetert" not in client.get(post.url).content.decode()


class TestTheProof:
    @pytest.fixture
    def data(self, comment):
        return {
            "name": "Noor",
            "email": NOOR,
            "comment": "Kalme woorden",
            "sleutel": own.key(comment),
            "verbetert": comment.public_id.hex,
        }

    def test_is_for_the_address_of_the_comment_alone(self, post, client, data):
        send(client, post, data, email="ander@example.org")

        assert latest().status == Status.UNCONFIRMED
        assert "improves" not in latest().evidence

    def test_takes_the_address_as_people_type_it(self, post, client, data):
        send(client, post, data, email="Noor@Example.org")

        assert latest().status == Status.PENDING

    def test_is_for_the_page_of_the_comment_alone(self, client, data):
        send(client, factories.BlogPageFactory(), data)

        assert latest().status == Status.UNCONFIRMED

    @pytest.mark.parametrize("status", ["pending", "approved"])
    def test_is_for_what_is_still_refused(self, post, comment, client, data, status):
        Comment.objects.update(status=status, confirmed_at=timezone.now())

        send(client, post, data)

        assert latest().status == Status.UNCONFIRMED

    @pytest.mark.parametrize("name", ["sleutel", "verbetert"])
    @pytest.mark.parametrize(
        "word", ["", "x", "-1", "\u0661", "x" * 5000, "a.b", "' or 1=1", "0" * 32]
    )
    def test_that_is_odd_proves_nothing(self, post, client, data, name, word):
        send(client, post, data, **{name: word})

        assert latest().status == Status.UNCONFIRMED

    def test_with_a_nul_gives_the_form_again(self, post, client, data):
        assert send(client, post, data, sleutel="\x00").status_code == 422

    def test_on_the_page_after_posting_opens_that_comment_alone(self, post, comment, client):
        other = factories.comment(post, status="pending")
        address = reverse("comments:posted", args=[post.pk])
        query = {"staat": "wacht", "sleutel": own.key(comment)}

        for public_id in (other.public_id.hex, "x", "", "\x00"):
            page = client.get(address, {**query, "reactie": public_id}).content.decode()
            assert "/stand/" not in page
