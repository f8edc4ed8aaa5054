"""A decision about many is followed step by step, and undone at once."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import bulk, decisions
from community.moderation.models import Act
from mail.models import Message
from tests import factories
from tests.community.moderation.many import approve, seen, waiting

Status = Comment.Status


class TestFollowingHowFarItIs:
    """With JavaScript the page shows each step; all of them are one transaction."""

    @staticmethod
    def send(desk, comments, **data):
        words = [str(one) for one in seen(comments)]
        address = reverse("moderation:together_do")
        accept = {"Accept": "application/x-ndjson"}
        return desk.post(address, {"keus": words, **data}, headers=accept)

    @staticmethod
    def lines(response) -> list[dict]:
        return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]

    @pytest.mark.parametrize(
        ("data", "status"),
        [({"act": "spam"}, "spam"), ({"act": "reject", "reason": "other"}, "rejected")],
    )
    def test_tells_each_step_and_what_came_of_it(self, desk, data, status):
        response = self.send(desk, waiting(3), lijst="staat=pending", **data)

        *steps, end = self.lines(response)
        assert steps == [{"done": done, "of": 3} for done in (1, 2, 3)]
        assert end == {
            "said": ["Over 3 reacties is besloten."],
            "address": f"{reverse('moderation:desk')}?staat=pending",
        }
        assert set(Comment.objects.values_list("status", flat=True)) == {status}

    def test_places_plain_comments_in_one_step(self, desk):
        *steps, _end = self.lines(self.send(desk, waiting(3), act="approve"))

        assert steps == [{"done": 3, "of": 3}]

    def test_changes_nothing_for_who_hangs_up_halfway(self, moderator):
        steps = bulk.marking_spam(seen(waiting(3)), by=moderator, now=timezone.now())
        assert next(steps) == 1

        steps.close()  # as the server does with what it was writing

        assert set(Comment.objects.values_list("status", flat=True)) == {Status.PENDING}
        assert not Act.objects.exists()

    def test_gives_the_form_back_without_a_reason(self, desk):
        response = self.send(desk, waiting(1), act="reject")

        assert response.status_code == 422
        assert not response.streaming

    def test_tells_what_someone_else_was_first_with(self, desk):
        comments = waiting(2)
        words = [str(one) for one in seen(comments)]
        Comment.objects.filter(pk=comments[0].pk).update(status="spam", decided_at=timezone.now())
        accept = {"Accept": "application/x-ndjson"}

        response = desk.post(
            reverse("moderation:together_do"), {"keus": words, "act": "approve"}, headers=accept
        )

        assert comments[0].user_name in self.lines(response)[-1]["said"][1]


class TestUndoingMany:
    def undo(self, client):
        act = Act.objects.filter(to_status="approved").first()
        address = reverse("moderation:undo_together", args=[act.pk])
        return client.post(address, {"lijst": "staat=pending"}, follow=True)

    def test_is_offered_as_one_line(self, desk, moderator):
        approve(waiting(7), moderator)

        page = desk.get(reverse("moderation:desk")).content.decode()

        assert page.count("Maak alle 7 ongedaan") == 1
        assert "7 reacties tegelijk" in page

    def test_brings_all_back_and_stops_the_mails(self, desk, moderator):
        approve(waiting(3), moderator)

        page = self.undo(desk).content.decode()

        assert "3 besluiten zijn ongedaan gemaakt." in page
        assert set(Comment.objects.values_list("status", flat=True)) == {Status.PENDING}
        assert not Message.objects.waiting().exists()
        assert Act.objects.filter(kind="undone").count() == 3

    def test_leaves_what_a_colleague_decided_since(self, desk, moderator):
        first, *others = waiting(3)
        approve([first, *others], moderator)
        first.refresh_from_db()
        decisions.mark_spam(first, by=factories.UserFactory(moderator=True))

        page = self.undo(desk).content.decode()

        assert f"was eerst: de reactie van {first.user_name} is" in page
        assert Comment.objects.get(pk=first.pk).status == Status.SPAM
        assert Comment.objects.filter(status=Status.PENDING).count() == 2

    def test_leaves_what_was_decided_at_another_moment(self, desk, moderator):
        single, *many = waiting(3)
        decisions.approve(single, by=moderator)
        approve(many, moderator)

        self.undo(desk)

        assert Comment.objects.get(pk=single.pk).status == Status.APPROVED

    def test_of_a_colleague_is_not_found(self, desk):
        approve(waiting(2), factories.UserFactory(moderator=True))

        assert self.undo(desk).status_code == 404

    def test_is_over_after_ten_minutes(self, desk, moderator):
        now = timezone.now() - dt.timedelta(minutes=11)
        bulk.approve(seen(waiting(2)), by=moderator, now=now)

        assert "niet meer ongedaan" in self.undo(desk).content.decode()
        assert set(Comment.objects.values_list("status", flat=True)) == {Status.APPROVED}

    def test_by_get_changes_nothing(self, desk, moderator):
        approve(waiting(2), moderator)
        act = Act.objects.first()

        response = desk.get(reverse("moderation:undo_together", args=[act.pk]))

        assert response.status_code == 405
        assert set(Comment.objects.values_list("status", flat=True)) == {Status.APPROVED}
