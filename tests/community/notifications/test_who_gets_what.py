"""For each event, role and choice: exactly the right people get a mail, and each gets one.

The roles stand in one scene. A post in a chain, by an author with an account; a
reader's comment on it; a member's answer to that. Who switched a kind off is left out
and nobody else.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from blog.models import BlogPage
from community.comments.models import Comment
from community.moderation import decisions, objections
from community.notifications import silences, turns
from community.notifications.models import Kind
from mail.models import Message
from tests import factories
from tests.factories import AuthorFactory, ChainFactory, FollowFactory, LinkFactory, UserFactory
from tests.notifying import announce
from users.models import User

ROLES = ["author", "writer", "answered", "follower", "both", "next", "moderator", "stranger"]


@dataclass
class Scene:
    """Everybody, and what they wrote."""

    people: dict[str, User]
    post: BlogPage
    comments: dict[str, Comment]

    def silence(self, role: str, kind: str) -> None:
        silences.begin(kind, user=self.people[role], now=timezone.now())


@pytest.fixture
def scene(db) -> Scene:
    people = {role: UserFactory(moderator=role == "moderator") for role in ROLES}
    author = AuthorFactory(user=people["author"])
    post = factories.BlogPageFactory(title="Een winter lang", author=author)
    chain = ChainFactory()
    LinkFactory(chain=chain, author=author, post=post)
    LinkFactory(chain=chain, author=AuthorFactory(user=people["next"]))
    comments = {
        role: factories.comment(post, user=people[role], email=people[role].email, announced=True)
        for role in ("answered", "both")
    }
    for role in ("answered", "both"):
        member = {"user": people[role], "email": ""}
        FollowFactory(page=post, comment=comments[role], **member)
    for role in ("follower", "both"):
        FollowFactory(page=post, user=people[role], email="")
    return Scene(people, post, comments)


def by_writer(scene: Scene, **changes) -> Comment:
    writer = scene.people["writer"]
    return factories.comment(scene.post, user=writer, email=writer.email, **changes)


def a_comment(scene: Scene) -> None:
    by_writer(scene)


def an_answer(scene: Scene) -> None:
    by_writer(scene, parent=scene.comments["answered"])


def an_answer_to_both(scene: Scene) -> None:
    by_writer(scene, parent=scene.comments["both"])


def a_comment_by_the_author(scene: Scene) -> None:
    author = scene.people["author"]
    factories.comment(scene.post, user=author, email=author.email)


def an_approval(scene: Scene) -> None:
    waiting = by_writer(scene, status="pending")
    decisions.approve(waiting, by=scene.people["moderator"])
    Comment.objects.filter(pk=waiting.pk).update(announced_at=timezone.now())


def a_refusal(scene: Scene) -> None:
    decisions.reject(
        by_writer(scene, status="pending"), by=scene.people["moderator"], reason="offensive"
    )


def an_objection_denied(scene: Scene) -> None:
    now, refused = timezone.now(), by_writer(scene, status="rejected")
    said = objections.object_to(refused, text="Toch", language="nl", now=now)
    Message.objects.all().delete()
    objections.deny(said, by=scene.people["moderator"], answer="Nee", now=now)


def a_notice_decided(scene: Scene) -> None:
    noticed = scene.comments["both"]
    factories.notice(noticed, user=scene.people["stranger"])
    Message.objects.all().delete()
    decisions.reject(noticed, by=scene.people["moderator"], reason="offensive")


def a_turn(scene: Scene) -> None:
    turns.tell_next(scene.post, now=timezone.now())


# Each event, and who gets which mail of it.
TABLE: dict[Callable[[Scene], None], dict[str, str]] = {
    a_comment: {"author": "own_post", "follower": "page", "both": "page"},
    an_answer: {"author": "own_post", "answered": "replies", "follower": "page", "both": "page"},
    an_answer_to_both: {"author": "own_post", "both": "replies", "follower": "page"},
    a_comment_by_the_author: {"follower": "page", "both": "page"},
    an_approval: {"writer": "approved"},
    a_refusal: {"writer": "refused"},
    an_objection_denied: {"writer": "objection_denied"},
    a_notice_decided: {"both": "refused", "stranger": "decided"},
    a_turn: {"next": "turn"},
}
KIND_OF = {
    "approved": Kind.DECISION,
    "refused": Kind.DECISION,
    "objection_denied": Kind.OUTCOME,
    "decided": Kind.OUTCOME,
}
# With one of two reasons switched off, the other one still counts.
INSTEAD = {(an_answer_to_both, "both"): "page"}
# Of decisions about their own comments, writers hear for as long as they have an address.
ABOUT_OTHERS = [event for event in TABLE if not set(TABLE[event].values()) & set(KIND_OF)]
CASES = [(event, role) for event in TABLE for role in ROLES]
NAMES = [f"{event.__name__} - {role}" for event, role in CASES]


def told(scene: Scene) -> dict[str, str]:
    """Return which mail each role got; fails when someone got two."""
    announce()
    roles = {user.email: role for role, user in scene.people.items()}
    mails = [(roles[mail.to], mail.kind.partition(".")[2]) for mail in Message.objects.all()]
    assert len(dict(mails)) == len(mails), mails
    return dict(mails)


@pytest.mark.parametrize("event", TABLE, ids=lambda event: event.__name__)
class TestAnEvent:
    def test_is_told_to_exactly_these(self, scene, event):
        event(scene)

        assert told(scene) == TABLE[event]


@pytest.mark.parametrize("event", ABOUT_OTHERS, ids=lambda event: event.__name__)
class TestWhoCannotBeMailed:
    @pytest.mark.parametrize("changes", [{"is_active": False}, {"email": ""}])
    def test_is_told_nothing_about_others(self, scene, event, changes):
        keys = [user.pk for role, user in scene.people.items() if role != "writer"]
        User.objects.filter(pk__in=keys).update(**changes)

        event(scene)

        announce()
        assert not Message.objects.exists()


@pytest.mark.parametrize(("event", "role"), CASES, ids=NAMES)
def test_who_switched_the_kind_off_is_left_out_and_nobody_else(scene, event, role):
    wanted = dict(TABLE[event])
    mail = wanted.pop(role, "")
    for kind in [KIND_OF.get(mail, mail)] if mail else Kind:
        scene.silence(role, kind)
    if (event, role) in INSTEAD:
        wanted[role] = INSTEAD[event, role]

    event(scene)

    assert told(scene) == wanted


class TestAPageOfAGroup:
    @pytest.mark.parametrize("event", [a_comment, an_answer, an_answer_to_both])
    def test_is_told_of_to_its_members_only(self, scene, event):
        group = Group.objects.create(name="Kernteam")
        restriction = PageViewRestriction.objects.create(page=scene.post, restriction_type="groups")
        restriction.groups.add(group)
        scene.people["follower"].groups.add(group)

        event(scene)

        assert told(scene) == {"follower": "page"}

    @pytest.mark.parametrize("event", [a_comment, an_answer, an_answer_to_both])
    def test_with_a_password_is_told_of_to_nobody(self, scene, event):
        PageViewRestriction.objects.create(
            page=scene.post, restriction_type="password", password="x"
        )

        event(scene)

        assert told(scene) == {}


class TestManyReasonsAtOnce:
    def test_make_one_mail_that_names_each_comment_once(self, scene):
        for event in (a_comment, an_answer, an_answer_to_both):
            event(scene)

        announce()

        for role in ("author", "answered", "follower", "both"):
            [mail] = Message.objects.filter(to=scene.people[role].email)
            for comment in Comment.objects.filter(user=scene.people["writer"]):
                said = mail.text.count(f"/reacties/{comment.public_id}/")
                is_answer = comment.parent_path == scene.comments["answered"].path
                assert said == (1 if role != "answered" or is_answer else 0)
