"""Two people at once, many times each pair of acts: one outcome, the other told, all logged.

With ``EVERYWHERE=1`` thirty times what is done all day, with ``THOROUGH=1`` each pair.
"""

import itertools
from collections import Counter
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import (
    assigning,
    bulk,
    cases,
    decisions,
    editing_by_editor,
    looking,
    objections,
    overtaking,
    own_posts,
    sightings,
    undoing,
)
from community.moderation.models import Act, Case, Objection
from tests import factories
from tests.races import together
from tests.shares import EVERYWHERE, THOROUGH
from users.models import User

ROUNDS = 30 if EVERYWHERE else 3
OFTEN = {"approve", "reject", "spam"}  # what editors do all day
FEW = 30 if THOROUGH else 5 if EVERYWHERE else 1  # rounds of the rest
TOLD = (overtaking.AlreadyHandled, undoing.TooLate, assigning.AlreadyAssigned)
Seen = Callable[[], Comment]


def edit(comment: Comment, by: User) -> Act:
    text = f"Zo schrijft {by.username} het"
    now = timezone.now()
    return editing_by_editor.edit(comment, by=by, text=text, note="Een nummer", now=now)


def approve_together(comment: Comment, by: User) -> Act:
    """Approve it among others; who is too late is told which of them."""
    outcome = bulk.approve([sightings.Seen.of(comment)], by=by, now=timezone.now())
    if outcome.missed:
        raise outcome.missed[0]
    return Act.objects.get(comment=comment, moderator=by)


def keep(comment: Comment, by: User) -> Act:
    case = Case.objects.select_related("comment").get(comment=comment)
    case.comment = comment
    return cases.keep(case, by=by, answer="Dit mag hier.", now=timezone.now())


def assign(comment: Comment, by: User) -> Act | None:
    """Take it on, where the editor saw that nobody has."""
    return assigning.assign(comment, to=by, by=by, now=timezone.now(), since=None, is_seen=True)


def ask(comment: Comment, by: User) -> Act:
    """Let the author of the post ask an editor to look; of cases an author knows nothing."""
    looking.saw(comment, case=None, objection=None)
    author = comment.page.specific.author.user
    return own_posts.hold(comment, by=author, note="Klopt dit?", now=timezone.now())


def judge(outcome: str) -> Callable[[Comment, User], Act]:
    def carry_out(comment: Comment, by: User) -> Act:
        about = Objection.objects.select_related("comment").get(comment=comment)
        return outcomes[outcome](about, by=by, answer="Nog eens gelezen.", now=timezone.now())

    outcomes = {"grant": objections.grant, "deny": objections.deny}
    return carry_out


def undo(comment: Comment, by: User) -> Act:
    """Take back what the first of the editors decided before."""
    act = Act.objects.get(comment=comment, kind="decided", moderator__username="eerder")
    return undoing.undo(act, by=act.moderator, now=timezone.now())


APPROVE, SPAM, HOLD = decisions.approve, decisions.mark_spam, decisions.hold


def reject(comment: Comment, by: User) -> Act:
    return decisions.reject(comment, by=by, reason="other")


WAITS = {
    "approve": APPROVE,
    "reject": reject,
    "spam": SPAM,
    "edit": edit,
    "all": approve_together,
    "assign": assign,
}
STANDS = {"reject": reject, "spam": SPAM, "hold": HOLD, "edit": edit, "ask": ask, "undo": undo}
NOTICED = {"reject": reject, "spam": SPAM, "hold": HOLD, "keep": keep, "edit": edit, "ask": ask}
DISPUTED = {"approve": APPROVE, "grant": judge("grant"), "deny": judge("deny")}
SITUATIONS = {"pending": WAITS, "approved": STANDS, "noticed": NOTICED, "disputed": DISPUTED}
PAIRS = [
    (situation, pair)
    for situation, acts in SITUATIONS.items()
    for pair in itertools.combinations_with_replacement(acts, 2)
]
# What may follow a decision that leaves the comment as it was seen: the text that stays in
# spite of notices can be changed, and its author can ask to look once more.
MAY_FOLLOW = [{"keep", "edit"}, {"keep", "ask"}]
ENDS_CASE = {Act.Kind.DECIDED, Act.Kind.NOTICE}


def successes(pair: tuple[str, str]) -> set[int]:
    """Return how many of ``pair`` may be done; who looks at a comment changes nothing in it."""
    if "assign" in pair and set(pair) != {"assign"}:
        return {2}
    return {1, 2} if set(pair) in MAY_FOLLOW else {1}


def editor(name: str) -> User:
    made = factories.UserFactory(username=name)
    made.user_permissions.set(Permission.objects.filter(codename="can_moderate"))
    return made


def situation_of(situation: str, root: Comment, before: User) -> tuple[Comment, Seen]:
    """Return a new comment, and a way to see it as it is now, with what is open about it."""
    status = {"noticed": "approved", "disputed": "rejected"}.get(situation, "pending")
    comment = factories.comment(root.page.specific, parent=root, status=status)
    case = objection = None
    if situation == "approved":
        decisions.approve(comment, by=before)
    if situation == "noticed":
        case = factories.notice(comment).case.pk
    if situation == "disputed":
        text, now = "Niet mee eens", timezone.now()
        objection = objections.object_to(comment, text=text, language="nl", now=now).pk

    def seen() -> Comment:
        found = Comment.objects.select_related("page", "user").get(pk=comment.pk)
        looking.saw(found, case=case, objection=objection)
        return found

    return comment, seen


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTwoEditorsAtOnce:
    @pytest.mark.parametrize(("situation", "pair"), PAIRS)
    def test_have_one_outcome_and_the_other_is_told(self, situation, pair):
        editors, before = [editor("een"), editor("twee")], editor("eerder")
        author = factories.AuthorFactory(user=factories.UserFactory(username="auteur"))
        root = factories.comment(factories.BlogPageFactory(author=author))
        rounds = ROUNDS if situation == "pending" and set(pair) <= OFTEN else FEW
        for _ in range(rounds):
            comment, see = situation_of(situation, root, before)
            written = Act.objects.count()
            acts = [SITUATIONS[situation][name] for name in pair]
            turns = iter(zip(acts, [see() for _ in pair], editors, strict=True))

            results = together(2, lambda turns=turns: _take(*next(turns)))

            done = [result for result in results if isinstance(result, Act)]
            told = [result for result in results if isinstance(result, TOLD)]
            assert len(done) + len(told) == 2, results
            assert len(done) in successes(pair), results
            assert Act.objects.count() == written + len(done)
            assert Comment.objects.get(pk=comment.pk).status == _status_after(done, comment)
            is_judged = any(act.kind in ENDS_CASE for act in done)
            assert Case.objects.open().exists() == (situation == "noticed" and not is_judged)
            Case.objects.all().delete()

        statuses = Counter(Comment.objects.filter(level=1).values_list("status", flat=True))
        assert sum(statuses.values()) == rounds
        assert Comment.objects.get(pk=root.pk).thread_count == 1 + statuses["approved"]


def _status_after(done: list[Act], before: Comment) -> str:
    """Return what the last of the acts ``done`` says; one may say nothing of the status."""
    said = [act.to_status for act in sorted(done, key=lambda act: act.pk) if act.to_status]
    return said[-1] if said else before.status


def _take(act: Callable[..., Act | None], comment: Comment, by: User) -> Act | None:
    return act(comment, by=by)
