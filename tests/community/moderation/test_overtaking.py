"""Colleagues, writers and readers do not wait until an editor confirms a decision about many."""

import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import bulk, cases, decisions, editing_by_editor, objections
from community.moderation.models import Act, Case, Notice, Objection
from community.moderation.sightings import Open, Seen
from tests import factories
from tests.community.moderation.many import waiting
from tests.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ASK, DO = "moderation:together", "moderation:together_do"


@pytest.fixture
def anna(db):
    return factories.UserFactory(moderator=True, first_name="Anna", last_name="Bos")


def seen(comments) -> list[Seen]:
    """Return how an editor sees ``comments`` now, with what is open about them."""
    return Open.about(comments).added_to([Seen.of(comment) for comment in comments])


def noticed(name: str = "Piet") -> Comment:
    comment = factories.comment(name=name)
    factories.notice(comment)
    return comment


def disputed(name: str = "Piet") -> Comment:
    comment = factories.comment(name=name, status="rejected")
    now = timezone.now()
    objections.object_to(comment, text="Niet mee eens", language="nl", now=now)
    return comment


def keep(comment: Comment, by) -> Act:
    case = Case.objects.select_related("comment").get(comment=comment)
    return cases.keep(case, by=by, answer="Dit mag hier.", now=timezone.now())


def deny(comment: Comment, by) -> Act:
    objection = Objection.objects.select_related("comment").get(comment=comment)
    return objections.deny(objection, by=by, answer="Nee.", now=timezone.now())


def reword(comment: Comment, by) -> Act:
    words = {"text": "Netter gezegd", "note": "Een naam", "now": timezone.now()}
    return editing_by_editor.edit(comment, by=by, **words)


def ticked(comments) -> dict:
    """Return what the desk sends for ``comments`` as they are now."""
    about = Open.about(comments)
    words = [str(Seen.of(comment)) for comment in comments]
    return {"keus": words, "zaak": about.cases, "bezwaar": about.objections}


class TestADecisionAboutMany:
    @pytest.mark.parametrize("act", ["reject", "mark_spam"])
    def test_leaves_out_what_a_colleague_let_stand_meanwhile(self, moderator, anna, act):
        kept, open_one = noticed(), noticed()
        as_seen = seen([kept, open_one])
        done = keep(kept, anna)
        reason = {"reason": "other"} if act == "reject" else {}

        outcome = getattr(bulk, act)(as_seen, by=moderator, now=timezone.now(), **reason)

        assert outcome.done == 1
        assert [(one.comment, one.act) for one in outcome.missed] == [(kept, done)]
        assert Comment.objects.get(pk=kept.pk).status == "approved"
        assert Case.objects.get(comment=kept).decided_by == anna
        assert Comment.objects.get(pk=open_one.pk).status != "approved"

    def test_leaves_out_what_was_kept_and_waits_again(self, moderator, anna):
        comment = noticed()
        decisions.hold(comment, by=anna)
        as_seen = seen([comment])
        keep(comment, anna)
        decisions.hold(Comment.objects.get(), by=anna)

        outcome = bulk.approve(as_seen, by=moderator, now=timezone.now())

        assert (outcome.done, len(outcome.missed)) == (0, 1)
        assert Comment.objects.get().status == "pending"

    def test_leaves_out_an_objection_that_a_colleague_denied(self, moderator, anna):
        denied, open_one = disputed(), disputed()
        as_seen = seen([denied, open_one])
        done = deny(denied, anna)

        outcome = bulk.approve(as_seen, by=moderator, now=timezone.now())

        assert outcome.done == 1
        assert [(one.comment, one.act) for one in outcome.missed] == [(denied, done)]
        assert Comment.objects.get(pk=denied.pk).status == "rejected"
        assert Objection.objects.get(comment=denied).outcome == Objection.Outcome.DENIED

    def test_leaves_out_what_a_colleague_reworded(self, moderator, anna):
        [comment] = waiting(1)
        as_seen = seen([comment])
        done = reword(comment, anna)

        outcome = bulk.reject(as_seen, by=moderator, now=timezone.now(), reason="other")

        assert [one.act for one in outcome.missed] == [done]
        assert Comment.objects.get().status == "pending"

    def test_does_not_blame_a_colleague_for_what_the_writer_changed(self, moderator, anna):
        [comment] = waiting(1)
        decisions.approve(comment, by=anna)
        decisions.hold(comment, by=anna)
        as_seen = seen([comment])
        Comment.objects.update(edited_at=timezone.now())

        outcome = bulk.approve(as_seen, by=moderator, now=timezone.now())

        assert [one.act for one in outcome.missed] == [None]

    def test_is_not_stopped_by_a_notice_that_came_since(self, moderator):
        comment = factories.comment()
        as_seen = seen([comment])
        factories.notice(comment)

        outcome = bulk.reject(as_seen, by=moderator, now=timezone.now(), reason="other")

        assert (outcome.done, outcome.missed) == (1, [])
        assert Case.objects.get().outcome == Case.Outcome.REMOVED

    def test_says_apart_what_a_colleague_is_to_judge(self, moderator, anna):
        comment = noticed()
        keep(comment, moderator)
        cases.object_to(Notice.objects.get(), text="Het blijft laster", now=timezone.now())
        decisions.hold(Comment.objects.get(), by=anna)

        outcome = bulk.approve(seen([Comment.objects.get()]), by=moderator, now=timezone.now())

        assert (outcome.done, outcome.missed, outcome.barred) == (0, [], [comment])

    @pytest.mark.parametrize("number", [2, 10])
    def test_costs_as_many_queries_however_many_others_were_first_with(
        self, moderator, anna, count_queries, number
    ):
        comments = [noticed() for _ in range(number)]
        as_seen = seen(comments)
        for comment in comments:
            keep(comment, anna)

        def decide():
            bulk.reject(as_seen, by=moderator, now=timezone.now(), reason="other")

        assert count_queries(decide) == 7


class TestThePageThatAsks:
    def test_leaves_out_what_changed_since_the_list_and_says_who_did_what(self, desk, anna):
        kept, [waits] = noticed("Piet"), waiting(1, name="Noor")
        sent = ticked([kept, waits])
        keep(kept, anna)

        page = desk.post(reverse(ASK), {**sent, "act": "reject"})

        assert "1 reactie is intussen behandeld" in text_of(page)
        assert "Anna Bos was eerst: de reactie van Piet blijft staan" in text_of(page)
        assert page.content.decode().count('name="keus"') == 1
        assert str(kept.public_id) not in page.content.decode()

    def test_is_not_shown_when_nothing_is_left(self, desk, anna):
        comments = waiting(1, name="Noor")
        sent = ticked(comments)
        decisions.reject(comments[0], by=anna, reason="advertising")

        page = desk.post(reverse(ASK), {**sent, "act": "approve"}, follow=True)

        assert "Anna Bos was eerst: de reactie van Noor is" in text_of(page)
        assert "(reclame)" in text_of(page)
        assert "Er was niets aangevinkt" not in text_of(page)

    def test_passes_on_what_is_open(self, desk):
        comment, other = noticed(), disputed()

        page = desk.post(reverse(ASK), ticked([comment, other])).content.decode()

        assert f'name="zaak" value="{Case.objects.get().pk}"' in page
        assert f'name="bezwaar" value="{Objection.objects.get().pk}"' in page

    @pytest.mark.parametrize("name", [ASK, DO])
    @pytest.mark.parametrize("word", ["", "0", "-1", "\u0661", "x", "\x00", "9" * 18, "9" * 30])
    def test_passes_over_odd_keys(self, desk, name, word):
        [comment] = waiting(1)
        sent = ticked([comment]) | {"zaak": word, "bezwaar": word, "act": "approve"}

        assert desk.post(reverse(name), sent).status_code in {200, 302}


class TestTheDesk:
    @pytest.mark.parametrize(("make", "tab"), [(noticed, "gemeld"), (disputed, "bezwaren")])
    def test_sends_what_is_open_with_what_is_ticked(self, desk, make, tab):
        comment = make()
        about = Open.about([comment])
        name, [key] = ("zaak", about.cases) if about.cases else ("bezwaar", about.objections)

        page = desk.get(reverse("moderation:desk"), {"staat": tab}).content.decode()

        assert f'<input type="hidden" form="samen" name="{name}" value="{key}">' in page


class TestWhatTheEditorReads:
    def send(self, desk, comments, by_others, act="reject"):
        sent = ticked(comments)
        for other in by_others:
            other()
        data = {**sent, "act": act, "reason": "other"}
        return text_of(desk.post(reverse(DO), data, follow=True))

    def test_is_who_was_first_with_each_and_how(self, desk, anna):
        kept, denied, [reworded, refused] = noticed("Piet"), disputed("Jo"), waiting(2, name="Noor")
        comments = [kept, denied, reworded, refused]

        page = self.send(
            desk,
            comments,
            [
                lambda: keep(kept, anna),
                lambda: deny(denied, anna),
                lambda: reword(reworded, anna),
                lambda: decisions.reject(refused, by=anna, reason="advertising"),
            ],
        )

        assert "4 reacties zijn intussen behandeld, en blijven zoals ze zijn." in page
        assert "Anna Bos was eerst: de reactie van Piet blijft staan, ondanks de meldingen." in page
        assert "Anna Bos was eerst: het besluit over de reactie van Jo blijft staan." in page
        assert "Anna Bos was eerst, en heeft de tekst van de reactie van Noor gewijzigd." in page
        assert "(reclame)" in page

    def test_is_no_more_than_twenty_of_them(self, desk, anna):
        comments = waiting(22)

        page = self.send(
            desk, comments, [lambda: bulk.approve(seen(comments), by=anna, now=timezone.now())]
        )

        assert page.count("Anna Bos was eerst") == 20
        assert "En nog 2." in page

    def test_names_the_writer_who_changed_it(self, desk):
        [comment] = waiting(1, name="Noor")
        now = timezone.now()

        page = self.send(desk, [comment], [lambda: Comment.objects.update(edited_at=now)])

        assert "Noor heeft de reactie intussen gewijzigd" in page
