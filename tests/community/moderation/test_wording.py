"""An editor changes a text where it stands on the desk."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import decisions, editing_by_editor, queue
from community.moderation.models import Act
from tests import factories

JSON = {"Accept": "application/json"}
LIST = "staat=pending&zoek=kees"
BEFORE, AFTER = "Bel Kees op 020-1234567", "Bel Kees op …"


@pytest.fixture
def comment(db):
    return factories.comment(status="pending", text=BEFORE)


def send(client, seen, headers=None, **data):
    fields = {
        "comment": AFTER,
        "note": "Een nummer hoort hier niet.",
        "version": queue.version(seen),
        "lijst": LIST,
    }
    address = reverse("moderation:text", args=[seen.public_id])
    return client.post(address, {**fields, **data}, headers=headers)


def form_of(client, comment, headers=None):
    return client.get(
        reverse("moderation:text", args=[comment.public_id]), {"lijst": LIST}, headers=headers
    )


class TestTheForm:
    @pytest.mark.parametrize(
        ("status", "is_offered"), [("pending", True), ("approved", True), ("rejected", False)]
    )
    def test_is_offered_on_the_desk_for_what_can_be_changed(self, desk, status, is_offered):
        comment = factories.comment(status=status)

        page = desk.get(reverse("moderation:desk"), {"staat": "alle"}).content.decode()

        assert (reverse("moderation:text", args=[comment.public_id]) in page) == is_offered

    def test_has_the_text_and_the_list_that_it_stands_in(self, desk):
        comment = factories.comment(status="pending", text="Woorden <b>hier</b>")

        form = form_of(desk, comment, JSON).json()["form"]

        assert "Woorden &lt;b&gt;hier&lt;/b&gt;</textarea>" in form
        assert 'name="lijst" value="staat=pending&amp;zoek=kees"' in form

    def test_without_javascript_is_in_the_dossier(self, desk, comment):
        response = form_of(desk, comment)

        page = desk.get(response.url).content.decode()
        assert response.url.endswith("#wijzigen")
        assert '<details class="dossier__more" open>' in page
        assert f"{BEFORE}</textarea>" in page

    def test_of_what_was_refused_meanwhile_shows_that(self, desk, comment, moderator):
        decisions.reject(comment, by=moderator, reason="other")

        response = form_of(desk, comment, JSON)

        assert response.status_code == 409
        assert "desk__state--rejected" in response.json()["item"]

    def test_changes_nothing(self, desk, comment):
        form_of(desk, comment, JSON)

        assert Comment.objects.get().comment == BEFORE
        assert not Act.objects.exists()


class TestChanging:
    def test_without_javascript_goes_back_to_the_list(self, desk, comment):
        response = send(desk, comment)

        assert response.url == f"{reverse('moderation:desk')}?{LIST}"
        assert Comment.objects.get().comment == AFTER

    def test_gives_the_comment_back_as_it_stands_with_a_way_to_undo(self, desk, comment):
        news = send(desk, comment, JSON).json()

        assert AFTER in news["item"]
        assert reverse("moderation:undo", args=[Act.objects.get().pk]) in news["item"]
        assert "verteld" in news["message"] or "bericht" in news["message"]

    def test_can_be_undone_there(self, desk, comment):
        send(desk, comment)

        news = desk.post(
            reverse("moderation:undo", args=[Act.objects.get().pk]), headers=JSON
        ).json()

        assert BEFORE in news["item"]
        assert Comment.objects.get().comment == BEFORE

    @pytest.mark.parametrize("data", [{"note": ""}, {"comment": ""}, {"comment": BEFORE}])
    def test_gives_the_words_back_with_what_is_wrong(self, desk, comment, data):
        response = send(desk, comment, JSON, **data)

        news = response.json()
        assert response.status_code == 422
        assert news["message"] in re.sub(r"&#x27;", "'", news["item"])
        assert f"{ {'comment': AFTER, **data}['comment'] }</textarea>" in news["item"]
        assert Comment.objects.get().comment == BEFORE

    def test_tells_that_a_colleague_was_first_and_keeps_the_words(self, desk, comment):
        seen = Comment.objects.select_related("page", "user").get()
        editing_by_editor.edit(
            Comment.objects.select_related("page", "user").get(),
            by=factories.UserFactory(moderator=True, first_name="Anna", last_name="Bos"),
            text="Van een ander",
            note="Eerst",
            now=timezone.now(),
        )

        response = send(desk, seen, JSON)

        assert response.status_code == 409
        assert "Anna Bos was eerst, en heeft de tekst" in response.json()["message"]
        assert "Van een ander" in response.json()["item"]
        assert f"{AFTER}</textarea>" in response.json()["item"]

    def test_of_what_was_refused_meanwhile_shows_that(self, desk, comment, moderator):
        decisions.reject(comment, by=moderator, reason="other")

        response = send(desk, comment, JSON)

        assert response.status_code == 409
        assert f"{moderator} was eerst" in response.json()["message"]
        assert "(een andere reden)" in response.json()["message"]
        assert "desk__state--rejected" in response.json()["item"]
        assert Comment.objects.get().comment == BEFORE
