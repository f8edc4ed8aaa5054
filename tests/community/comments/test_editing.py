import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from community.comments import confirming, counters, editing
from community.comments.models import Comment, Revision
from community.comments.pipeline import Refused
from community.comments.reading import Conversation
from community.moderation import decisions, overtaking
from mail.models import Message
from tests import factories
from tests.community.comments.changing import young
from tests.races import together

Status = Comment.Status


def recounted(page) -> bool:
    """Whether the counters of ``page`` equal a recount."""
    kept = dict(Comment.objects.on(page).values_list("pk", "thread_count"))
    counters.recount(Comment.objects.on(page))
    return dict(Comment.objects.on(page).values_list("pk", "thread_count")) == kept


def approve(comment, moderator):
    seen = Comment.objects.get(pk=comment.pk)
    return lambda: decisions.approve(seen, by=moderator)


def change(comment):
    """Edit ``comment``; an editor who was faster makes the new text wait once more."""

    def act():
        changed = editing.edit(comment, text="Ongezien", now=timezone.now())
        assert changed.status == Status.PENDING

    return act


class TestEdit:
    def test_replaces_the_text_and_keeps_the_old_one(self, post):
        comment = young(post, status="pending", text="Eerste woorden")
        now = timezone.now()

        editing.edit(comment, text="Betere *woorden*", now=now)

        fresh = Comment.objects.get(pk=comment.pk)
        assert fresh.comment == "Betere *woorden*"
        assert "<em>woorden</em>" in fresh.text_html
        assert fresh.edited_at == now
        [revision] = Revision.objects.all()
        assert (revision.text, revision.replaced_at) == ("Eerste woorden", now)

    def test_of_the_same_text_changes_nothing(self, post):
        comment = young(post, text="Zoals het was")
        before = Comment.objects.values().get(pk=comment.pk)

        editing.edit(comment, text="Zoals het was", now=timezone.now())

        assert Comment.objects.values().get(pk=comment.pk) == before
        assert not Revision.objects.exists()

    def test_of_a_placed_comment_lets_an_editor_read_it_first(self, post):
        comment = young(post)
        other = young(post)

        editing.edit(comment, text="Iets heel anders", now=timezone.now())

        fresh = Comment.objects.get(pk=comment.pk)
        assert (fresh.status, fresh.is_public) == (Status.PENDING, False)
        assert Comment.objects.get(pk=other.pk).status == Status.APPROVED
        assert Conversation(post).count == 1
        assert recounted(post)

    def test_of_a_placed_comment_of_staff_stays_placed(self, post):
        comment = young(post, user=factories.UserFactory(moderator=True))

        editing.edit(comment, text="Een tikfout minder", now=timezone.now())

        assert Comment.objects.get(pk=comment.pk).status == Status.APPROVED
        assert Conversation(post).count == 1
        assert recounted(post)

    def test_of_what_waits_keeps_its_place_in_the_queue(self, post):
        comment = young(post, status="pending")
        waits_since = Comment.objects.get(pk=comment.pk).confirmed_at

        editing.edit(comment, text="Iets anders", now=timezone.now())

        fresh = Comment.objects.get(pk=comment.pk)
        assert (fresh.status, fresh.confirmed_at) == (Status.PENDING, waits_since)

    def test_of_what_is_not_confirmed_confirms_nothing(self, post):
        comment = young(post, status="unconfirmed")

        editing.edit(comment, text="Iets anders", now=timezone.now())

        fresh = Comment.objects.get(pk=comment.pk)
        assert (fresh.status, fresh.confirmed_at) == (Status.UNCONFIRMED, None)

    def test_is_judged_again_by_its_new_links(self, post):
        comment = young(post, status="pending")
        links = " ".join(f"https://example.org/{number}" for number in range(4))

        editing.edit(comment, text=links, now=timezone.now())

        assert Comment.objects.get(pk=comment.pk).evidence["phase"] == "links"

    @pytest.mark.parametrize("minutes", [15, 16, 60 * 24])
    def test_comes_too_late_after_a_quarter_of_an_hour(self, post, minutes):
        comment = factories.comment(post, at=timezone.now() - dt.timedelta(minutes=minutes))

        with pytest.raises(editing.TooLate):
            editing.edit(comment, text="Te laat", now=timezone.now())

        assert not Revision.objects.exists()

    def test_is_in_time_until_the_last_second(self, post):
        with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
            comment = young(post)
        with time_machine.travel("2026-03-01T12:14:59Z", tick=False):
            editing.edit(comment, text="Op het nippertje", now=timezone.now())

        assert Comment.objects.get(pk=comment.pk).comment == "Op het nippertje"

    @pytest.mark.parametrize("status", Status.values)
    def test_comes_too_late_once_any_reply_stands_below(self, post, status):
        comment = young(post)
        factories.comment(post, parent=comment, status=status)

        with pytest.raises(editing.TooLate):
            editing.edit(comment, text="Dat bedoelde ik niet", now=timezone.now())

    def test_is_not_stopped_by_a_neighbour(self, post):
        first, comment, last = young(post), young(post), young(post)
        factories.comment(post, parent=first)
        factories.comment(post, parent=last)

        assert editing.editable([first, comment, last], now=timezone.now()) == {comment.pk}

    @pytest.mark.parametrize("status", ["rejected", "spam", "removed", "deleted_by_author"])
    def test_is_not_for_what_an_editor_or_the_writer_took_away(self, post, status):
        comment = young(post, status=status)

        with pytest.raises(editing.TooLate):
            editing.edit(comment, text="Toch nog", now=timezone.now())

    @pytest.mark.parametrize("changes", [{"live": False}, {"comments_mode": "closed"}])
    def test_is_not_for_a_page_that_closed(self, post, changes):
        comment = young(post)
        type(post).objects.filter(pk=post.pk).update(**changes)

        with pytest.raises(Refused):
            editing.edit(Comment.objects.get(pk=comment.pk), text="Nieuw", now=timezone.now())

    def test_ends_after_twenty_times(self, post):
        comment = young(post, status="pending")
        for number in range(editing.MOST_CHANGES):
            editing.edit(comment, text=f"Versie {number}", now=timezone.now())

        with pytest.raises(editing.TooOften):
            editing.edit(comment, text="Nog een", now=timezone.now())

        assert Revision.objects.count() == editing.MOST_CHANGES

    def test_costs_no_query_for_comments_that_are_too_old(self, post, django_assert_num_queries):
        old = [factories.comment(post) for _ in range(3)]

        with django_assert_num_queries(0):
            assert editing.editable(old, now=timezone.now()) == set()


class TestConfirmingAChangedComment:
    def test_places_what_stands_there_now(self, post, client):
        comment = young(post, status="unconfirmed", text="Eerst")
        with transaction.atomic():
            confirming.ask(comment, now=timezone.now())
        token = Message.objects.get().text.split("/bevestigen/")[1].split("/")[0]
        editing.edit(comment, text="Daarna", now=timezone.now())

        confirming.confirm(token, now=timezone.now())

        fresh = Comment.objects.get(pk=comment.pk)
        assert (fresh.status, fresh.comment) == (Status.PENDING, "Daarna")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtOnce:
    def test_an_edit_and_a_decision_have_one_outcome(self):
        moderator = factories.UserFactory(moderator=True)
        for _ in range(5):
            comment = young(factories.BlogPageFactory(), status="pending", text="Gezien")
            acts = iter([approve(comment, moderator), change(comment)])

            results = together(2, lambda turns=acts: next(turns)())

            fresh = Comment.objects.get(pk=comment.pk)
            if fresh.status == Status.APPROVED:
                assert fresh.comment == "Gezien"
            else:
                assert (fresh.status, fresh.comment) == (Status.PENDING, "Ongezien")
            assert not any(isinstance(result, RuntimeError) for result in results)
            assert Conversation(fresh.page.specific).count == fresh.is_public

    def test_two_edits_keep_every_text(self):
        comment = young(factories.BlogPageFactory(), status="pending", text="Eerst")
        texts = iter(["Een", "Twee"])

        together(2, lambda: editing.edit(comment, text=next(texts), now=timezone.now()))

        kept = set(Revision.objects.values_list("text", flat=True))
        assert {*kept, Comment.objects.get().comment} == {"Eerst", "Een", "Twee"}


class TestAnEditorWhoSawAnotherText:
    def test_decides_nothing(self, post):
        moderator = factories.UserFactory(moderator=True)
        comment = young(post, status="pending", text="Gezien")
        seen = Comment.objects.get(pk=comment.pk)
        editing.edit(comment, text="Ongezien", now=timezone.now())

        with pytest.raises(overtaking.AlreadyHandled):
            decisions.approve(seen, by=moderator)

        assert Comment.objects.get().status == Status.PENDING
