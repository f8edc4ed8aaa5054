import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.comments import unnaming
from community.comments.models import ModerationSettings, WriterTrust
from tests import factories
from tests.html import text_of

pytestmark = pytest.mark.django_db


class TestTheWriter:
    @pytest.fixture
    def comment(self):
        post = factories.BlogPageFactory()
        for status in ["approved", "approved", "rejected"]:
            comment = factories.comment(post, email="noor@post.example", status=status)
        return comment

    def path(self, comment) -> str:
        return reverse("rules:writer", args=[comment.public_id])

    def test_stands_at_its_address(self, comment):
        assert self.path(comment) == f"/admin/reacties/schrijvers/{comment.public_id}/"

    def test_is_shown_with_what_became_of_earlier_comments(self, desk, comment):
        page = text_of(desk.get(self.path(comment)))

        assert comment.user_name in page
        assert "n…r@post.example" in page
        assert "noor@post.example" not in page
        assert re.search("goedgekeurd</dt> <dd[^>]*>2<", page)
        assert "is 1 reactie geweigerd" in page

    @pytest.mark.parametrize("level", ["trusted", "waits", "earned"])
    def test_is_trusted_or_not_with_a_reason(self, desk, editor, comment, level):
        response = desk.post(
            self.path(comment), {"level": level, "reason": "Ken ik al jaren"}, follow=True
        )

        word = WriterTrust.objects.get()
        assert (word.level, word.reason, word.by) == (level, "Ken ik al jaren", editor)
        assert word.writer_key == comment.writer_key
        assert "Ken ik al jaren" in text_of(response)

    def test_keeps_each_change_in_the_log(self, desk, comment):
        for level, reason in [("trusted", "Een collega"), ("waits", "Toch niet")]:
            desk.post(self.path(comment), {"level": level, "reason": reason})

        page = text_of(desk.get(self.path(comment)))

        log = page[page.index('id="logboek"') :]
        assert log.index("Toch niet") < log.index("Een collega")

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"level": "trusted"},
            {"level": "trusted", "reason": "  "},
            {"level": "koning", "reason": "x"},
            {"level": "\x00", "reason": "\x00"},
            {"level": "trusted", "reason": "x" * 501},
        ],
    )
    def test_is_not_changed_without_a_level_and_a_reason(self, desk, comment, data):
        response = desk.post(self.path(comment), data)

        assert response.status_code == 422
        assert not WriterTrust.objects.exists()

    def test_is_not_changed_by_looking(self, desk, comment):
        desk.get(self.path(comment), {"level": "trusted", "reason": "x"})

        assert not WriterTrust.objects.exists()

    def test_who_left_cannot_be_trusted(self, desk, comment):
        unnaming.unname(comment)

        assert desk.get(self.path(comment)).status_code == 410
        assert desk.post(self.path(comment), {"level": "trusted", "reason": "x"}).status_code == 410
        assert not WriterTrust.objects.exists()

    def test_of_an_unknown_comment_is_not_found(self, desk):
        unknown = "00000000-0000-0000-0000-000000000000"

        assert desk.get(f"/admin/reacties/schrijvers/{unknown}/").status_code == 404

    def test_with_ten_changes_costs_as_many_queries_as_with_one(
        self, desk, editor, comment, count_queries
    ):
        def add(number: int) -> None:
            for _ in range(number):
                WriterTrust.objects.create(
                    writer_key=comment.writer_key,
                    level="trusted",
                    reason="Daarom",
                    by=factories.UserFactory(),
                    at=timezone.now(),
                )

        add(1)
        one = count_queries(lambda: desk.get(self.path(comment)))
        add(9)

        assert count_queries(lambda: desk.get(self.path(comment))) == one


class TestTheSettings:
    def change(self, client: Client) -> None:
        path = "/admin/settings/comments/moderationsettings/"
        form = client.get(path, follow=True).redirect_chain[-1][0]
        client.post(form, {"trusted_after": "5", "goal_hours": "12", "notice_threshold": "3"})

    def test_are_for_who_may_change_them(self, client):
        user = factories.UserFactory(moderator=True)
        user.user_permissions.add(Permission.objects.get(codename="change_moderationsettings"))
        client.force_login(user)

        self.change(client)

        assert ModerationSettings.current().trusted_after == 5

    def test_are_not_for_a_moderator_alone(self, desk):
        self.change(desk)

        assert ModerationSettings.current().trusted_after == 2
