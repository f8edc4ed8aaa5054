import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.comments import counters
from community.comments.models import Comment
from community.moderation import bulk, objections
from community.moderation.models import Act, Objection
from community.moderation.sightings import Seen
from mail.models import Message
from tests import factories
from tests.community.moderation.many import approve, seen, waiting
from tests.races import together

Status = Comment.Status


class TestApprovingMany:
    def test_places_all_logs_each_and_tells_each_writer_the_own_link(self, moderator):
        comments = waiting(3)

        outcome = approve(comments, moderator)

        assert outcome.done == 3
        assert set(Comment.objects.values_list("status", flat=True)) == {Status.APPROVED}
        assert Act.objects.filter(moderator=moderator, to_status=Status.APPROVED).count() == 3
        for comment in comments:
            message = Message.objects.get(to=comment.user_email)
            assert f"/reacties/{comment.public_id}/stand/?sleutel=" in message.text
            assert f"/reacties/{comment.public_id}/" in message.html
            assert message.about == f"comment:{comment.public_id.hex}"

    def test_counts_every_thread_exactly(self, moderator):
        root = factories.comment()
        page = root.page.specific
        replies = [factories.comment(page, parent=root, status="pending") for _ in range(3)]
        own = factories.comment(page, status="pending")
        below = factories.comment(page, parent=replies[0], status="pending")

        approve([*replies, own, below], moderator)

        counted = list(Comment.objects.order_by("pk").values_list("thread_count", flat=True))
        counters.recount(Comment.objects.all())
        assert (
            list(Comment.objects.order_by("pk").values_list("thread_count", flat=True)) == counted
        )
        assert Comment.objects.get(pk=root.pk).thread_count == 5

    def test_passes_over_what_changed_meanwhile(self, moderator):
        first, second, third = waiting(3)
        as_seen = seen([first, second, third])
        Comment.objects.filter(pk=first.pk).update(status="spam", decided_at=timezone.now())
        Comment.objects.filter(pk=second.pk).update(edited_at=timezone.now())

        outcome = bulk.approve(as_seen, by=moderator, now=timezone.now())

        assert outcome.done == 1
        assert {handled.comment.pk for handled in outcome.missed} == {first.pk, second.pk}
        assert Comment.objects.get(pk=first.pk).status == Status.SPAM
        assert Comment.objects.get(pk=second.pk).status == Status.PENDING

    def test_leaves_what_stands_already_and_does_not_call_that_changed(self, moderator):
        standing, [pending] = factories.comment(), waiting(1)

        outcome = approve([standing, pending], moderator)

        assert (outcome.done, outcome.missed, outcome.left) == (1, [], 1)

    def test_grants_the_objections_about_them(self, moderator):
        comment = factories.comment(status="rejected")
        now = timezone.now()
        objections.object_to(comment, text="Niet mee eens", language="nl", now=now)

        approve([comment], moderator)

        assert Objection.objects.get().outcome == Objection.Outcome.GRANTED

    def test_tells_nobody_without_a_proven_address(self, moderator):
        comment = factories.comment(status="spam", confirmed_at=None)

        approve([comment], moderator)

        assert not Message.objects.exists()

    def test_of_twenty_costs_as_many_queries_as_of_two(self, moderator):
        approve(waiting(2), moderator)
        few, many = waiting(2), waiting(20)
        with CaptureQueriesContext(connection) as two:
            approve(few, moderator)

        with CaptureQueriesContext(connection) as twenty:
            approve(many, moderator)

        assert len(twenty) == len(two)

    def test_is_for_those_who_may(self, db):
        comments = waiting(1)

        with pytest.raises(PermissionDenied):
            approve(comments, factories.UserFactory())

        assert Comment.objects.get().status == Status.PENDING


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoEditorsAtOnce:
    def test_place_each_comment_once(self):
        moderator = factories.UserFactory(moderator=True)
        comments = waiting(5)

        results = together(2, lambda: approve(comments, moderator))

        assert sum(result.done for result in results) == 5
        assert Act.objects.count() == Message.objects.count() == 5


class TestWhatWasSeen:
    @pytest.mark.parametrize(
        "word",
        ["", "x", "|||", "a|pending|", "\x00|pending|", "9" * 36 + "|nooit|", "é" * 36 + "|spam|"],
    )
    def test_is_nothing_for_words_that_no_form_sends(self, word):
        assert Seen.read(word) is None

    def test_survives_the_way_through_a_form(self, db):
        comment = factories.comment(status="pending")
        comment.edited_at = timezone.now()

        assert Seen.read(str(Seen.of(comment))) == Seen.of(comment)


class TestThePages:
    def test_ask_before_anything_happens(self, desk):
        comments = waiting(2)
        words = [str(one) for one in seen(comments)]

        page = desk.post(reverse("moderation:together"), {"keus": words, "act": "approve"})

        assert "Alle 2 goedkeuren" in page.content.decode()
        assert set(Comment.objects.values_list("status", flat=True)) == {Status.PENDING}

    def test_carry_out_what_was_confirmed(self, desk):
        comments = waiting(2)
        words = [str(one) for one in seen(comments)]

        response = desk.post(
            reverse("moderation:together_do"), {"keus": words, "act": "approve"}, follow=True
        )

        assert "Over 2 reacties is besloten" in response.content.decode()
        assert set(Comment.objects.values_list("status", flat=True)) == {Status.APPROVED}

    def test_say_what_cannot_be_done(self, desk):
        words = [str(one) for one in seen([factories.comment(), *waiting(1)])]

        response = desk.post(
            reverse("moderation:together_do"), {"keus": words, "act": "approve"}, follow=True
        )

        assert "1 reactie blijft zoals ze is" in response.content.decode()

    def test_refuse_all_with_one_reason(self, desk):
        words = [str(one) for one in seen(waiting(2))]

        desk.post(
            reverse("moderation:together_do"),
            {
                "keus": words,
                "act": "reject",
                "reason": "advertising",
                "explanation": "Geen reclame.",
            },
        )

        assert set(Comment.objects.values_list("status", flat=True)) == {Status.REJECTED}
        assert all("Geen reclame." in message.text for message in Message.objects.all())

    def test_give_the_form_back_without_a_reason(self, desk):
        words = [str(one) for one in seen(waiting(2))]
        data = {"keus": words, "act": "reject", "explanation": "Bewaar deze uitleg"}

        response = desk.post(reverse("moderation:together_do"), data)

        assert response.status_code == 422
        assert "Bewaar deze uitleg" in response.content.decode()

    def test_take_the_whole_list_when_asked(self, desk):
        waiting(3)

        page = desk.post(reverse("moderation:together"), {"alles": "1", "lijst": "staat=pending"})

        assert page.content.decode().count('name="keus"') == 3

    @pytest.mark.parametrize("words", [[], ["x"], ["\x00"], ["9" * 36 + "|pending|"]])
    def test_say_when_nothing_was_ticked(self, desk, words):
        response = desk.post(reverse("moderation:together"), {"keus": words}, follow=True)

        assert "Er was niets aangevinkt" in response.content.decode()

    @pytest.mark.parametrize("name", ["together", "together_do"])
    def test_do_nothing_by_get(self, desk, name):
        assert desk.get(reverse(f"moderation:{name}")).status_code == 405

    @pytest.mark.parametrize("name", ["together", "together_do"])
    def test_keep_a_member_out(self, client, db, name):
        client.force_login(factories.UserFactory())
        words = [str(one) for one in seen(waiting(1))]

        client.post(reverse(f"moderation:{name}"), {"keus": words, "act": "approve"})

        assert Comment.objects.get().status == Status.PENDING
