from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.comments import trust, unnaming, writers
from community.comments.models import ModerationSettings, WriterTrust
from community.comments.pipeline import Submission, Verdict, editors, judges
from community.comments.trust import Rank
from tests import factories

EMAIL = "noor@example.org"
KEY = writers.key(user=None, email=EMAIL)

pytestmark = pytest.mark.django_db


def theirs(page, *statuses: str, **options) -> None:
    """Store comments by the same writer in these states."""
    for status in statuses:
        factories.comment(page, email=EMAIL, status=status, **options)


def say(level: str, reason: str = "Daarom") -> WriterTrust:
    return WriterTrust.objects.create(writer_key=KEY, level=level, reason=reason, at=timezone.now())


def rank(**options) -> Rank:
    return trust.standing(KEY, now=timezone.now(), **options).rank


class TestStanding:
    @pytest.mark.parametrize(
        ("statuses", "expected"),
        [
            ([], Rank.NEW),
            (["approved"], Rank.NEW),
            (["approved", "pending"], Rank.NEW),
            (["approved", "approved"], Rank.KNOWN),
            (["approved", "approved", "rejected"], Rank.REFUSED),
            (["approved", "approved", "removed"], Rank.REFUSED),
            (["approved", "approved", "spam"], Rank.REFUSED),
            (["approved", "approved", "deleted_by_author"], Rank.KNOWN),
        ],
    )
    def test_follows_from_what_became_of_earlier_comments(self, statuses, expected):
        theirs(factories.BlogPageFactory(), *statuses, confirmed_at=timezone.now())

        assert rank() == expected

    def test_forgets_a_refusal_after_ninety_days(self):
        page, long_ago = factories.BlogPageFactory(), timezone.now() - timedelta(days=91)
        theirs(page, "rejected", at=long_ago)
        theirs(page, "approved", "approved")

        assert rank() == Rank.KNOWN

    def test_goes_by_the_number_that_editors_set(self):
        ModerationSettings.objects.create(trusted_after=3)
        theirs(factories.BlogPageFactory(), "approved", "approved")

        standing = trust.standing(KEY, now=timezone.now())

        assert (standing.rank, standing.approved, standing.needed) == (Rank.NEW, 2, 3)

    def test_does_not_count_the_comment_that_is_judged_again(self):
        page = factories.BlogPageFactory()
        theirs(page, "approved")
        own = factories.comment(page, email=EMAIL)

        assert rank() == Rank.KNOWN
        assert rank(besides=own) == Rank.NEW

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (["trusted"], Rank.TRUSTED),
            (["waits"], Rank.WAITS),
            (["waits", "trusted"], Rank.TRUSTED),
            (["trusted", "waits"], Rank.WAITS),
            (["trusted", "earned"], Rank.REFUSED),
        ],
    )
    def test_is_what_an_editor_said_last(self, words, expected):
        theirs(factories.BlogPageFactory(), "rejected")
        for word in words:
            say(word)

        assert rank() == expected

    def test_of_a_hundred_comments_costs_as_many_queries_as_of_one(self, count_queries):
        page = factories.BlogPageFactory()
        theirs(page, "approved")
        one = count_queries(rank)
        theirs(page, *["approved"] * 99)

        assert count_queries(rank) == one == 1


class TestSay:
    def test_adds_a_word_and_leaves_the_earlier_ones(self):
        comment, editor = factories.comment(email=EMAIL), factories.UserFactory(moderator=True)
        now = timezone.now()

        trust.say(comment, level="trusted", reason="Een collega", by=editor, now=now)
        note = trust.say(comment, level="waits", reason="Toch niet", by=editor, now=now)

        assert [word.level for word in trust.changes(KEY)] == ["waits", "trusted"]
        assert trust.said(KEY).by == editor
        assert comment.user_name not in note
        assert "Toch niet" in note

    def test_needs_a_writer_who_can_be_told_from_others(self):
        comment = factories.comment(email=EMAIL)
        unnaming.unname(comment)

        with pytest.raises(trust.NobodyKnown):
            trust.say(
                comment, level="waits", reason="x", by=factories.UserFactory(), now=timezone.now()
            )

    @pytest.mark.parametrize("wrong", [{"reason": ""}, {"writer_key": ""}])
    def test_is_never_without_a_reason_or_a_writer(self, wrong):
        word = {"writer_key": KEY, "level": "waits", "reason": "Daarom", "at": timezone.now()}

        with pytest.raises(IntegrityError), transaction.atomic():
            WriterTrust.objects.create(**{**word, **wrong})


class TestRecord:
    def test_counts_what_became_of_the_comments_of_one_writer(self):
        page = factories.BlogPageFactory()
        theirs(page, "approved", "approved", "pending", "rejected", "removed", "spam")
        factories.comment(page)

        record = trust.record(KEY)

        assert record == trust.Record(approved=2, waiting=1, refused=2, spam=1)


class TestTheSettings:
    def test_hold_before_anyone_changed_them(self):
        current = ModerationSettings.current()

        assert (current.trusted_after, current.goal_hours, current.notice_threshold) == (2, 24, 2)
        assert not ModerationSettings.objects.exists()


def judged(page, **changes) -> tuple[Verdict, str]:
    """Return what the judges that look at the writer say, in the order of the pipeline."""
    submission = Submission(
        page=page,
        text="Een gewone reactie",
        name="Noor",
        email=EMAIL,
        language="nl",
        now=timezone.now(),
        **changes,
    )
    for judge in (judges.staff, editors.standing, judges.mode):
        decision = judge(submission)
        if decision is not None:
            return decision.verdict, decision.phase
    return Verdict.APPROVE, "mode"


WRITERS = {
    "new": ([], ""),
    "known": (["approved", "approved"], ""),
    "refused": (["approved", "approved", "rejected"], ""),
    "trusted": (["rejected"], "trusted"),
    "waits": (["approved", "approved"], "waits"),
}
HOLD, APPROVE = Verdict.HOLD, Verdict.APPROVE
TABLE = [
    ("all", "new", HOLD, "first_timer"),
    ("all", "known", HOLD, "mode"),
    ("all", "refused", HOLD, "history"),
    ("all", "trusted", HOLD, "mode"),
    ("all", "waits", HOLD, "always_waits"),
    ("first", "new", HOLD, "first_timer"),
    ("first", "known", APPROVE, "mode"),
    ("first", "refused", HOLD, "history"),
    ("first", "trusted", APPROVE, "mode"),
    ("first", "waits", HOLD, "always_waits"),
    ("none", "new", APPROVE, "mode"),
    ("none", "known", APPROVE, "mode"),
    ("none", "refused", HOLD, "history"),
    ("none", "trusted", APPROVE, "mode"),
    ("none", "waits", HOLD, "always_waits"),
]


class TestTrustInASection:
    @pytest.mark.parametrize(("mode", "writer", "verdict", "phase"), TABLE)
    def test_gives_each_writer_what_its_mode_says(self, mode, writer, verdict, phase):
        page = open_to(factories.BlogPageFactory(), mode)
        statuses, level = WRITERS[writer]
        theirs(page, *statuses)
        if level:
            say(level)

        assert judged(page) == (verdict, phase)

    @pytest.mark.parametrize("mode", ["all", "first", "none"])
    def test_lets_a_moderator_through_whatever_was_said(self, mode):
        page = open_to(factories.BlogPageFactory(), mode)
        moderator = factories.UserFactory(moderator=True)
        key = writers.key(user=moderator, email="")
        WriterTrust.objects.create(writer_key=key, level="waits", reason="x", at=timezone.now())

        assert judged(page, user=moderator) == (Verdict.APPROVE, "staff")

    def test_is_about_one_writer_alone(self):
        page = open_to(factories.BlogPageFactory(), "none")
        say("waits")

        assert judged(page)[0] == HOLD
        other = Submission(
            page=page,
            text="Iets",
            name="Ander",
            email="ander@example.org",
            language="nl",
            now=timezone.now(),
        )
        assert editors.standing(other) is None


def open_to(page, mode: str):
    section = page.get_parent().specific
    section.moderation_mode = mode
    section.save()
    return type(page).objects.get(pk=page.pk)
