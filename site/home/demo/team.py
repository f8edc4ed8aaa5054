"""What the editors of the demo do together: notes, an assignment, a question, an objection."""

from collections.abc import Callable
from typing import Any

from community.comments.models import Comment
from community.moderation import figures, log
from community.moderation.models import Handling, Note, Objection
from home.demo import pages
from home.demo.moments import Clock
from home.demo.people import read
from home.setup import Tree
from users.models import User

# Rows as the rules would have written them; the mails of those days have long left.


def add_all(site: Tree, clock: Clock) -> None:
    """Add what stands in ``texts/team.toml``, and publish the figures of the demo's years."""
    people = {user.username: user for user in User.objects.all()}
    for kind, rows in read("team").items():
        for facts in rows:
            comment = _comment(site, facts.pop("page"), facts.pop("name"), facts.pop("status"))
            by = people.get(facts.pop("by", ""))
            _ADD[kind](comment, by, clock.age(facts.pop("age")), people, **facts)
    for year in sorted({clock.ago(days=days).year for days in (0, 160)}):
        for page in figures.draft(year, by=None, now=clock.now):
            page.get_latest_revision().publish()


def _comment(site: Tree, page: str, name: str, status: str) -> Comment:
    on_page = Comment.objects.filter(page=pages.find(site, page)).select_related("page")
    return on_page.get(user_name=name, status=status)


def _note(comment: Comment, by: User, at: Any, people: dict[str, User], *, text: str) -> None:
    Note.objects.create(comment=comment, author=by, at=at, text=text)


def _assignment(comment: Comment, by: User, at: Any, people: dict[str, User], *, to: str) -> None:
    Handling.objects.update_or_create(comment=comment, defaults={"assignee": people[to]})
    note = f"– → {people[to]}"
    log.write(kind=log.Kind.ASSIGNED, by=by, comment=comment, note=note, at=at)


def _question(comment: Comment, by: User, at: Any, people: dict[str, User], *, text: str) -> None:
    asked = {"second_opinion_by": by, "second_opinion_at": at}
    Handling.objects.update_or_create(comment=comment, defaults=asked)
    Note.objects.create(comment=comment, author=by, at=at, text=text)
    log.write(kind=log.Kind.SECOND_OPINION, by=by, comment=comment, note=text, at=at)


def _objection(comment: Comment, by: None, at: Any, people: dict[str, User], *, text: str) -> None:
    Objection.objects.create(comment=comment, text=text, language=comment.language, at=at)


_ADD: dict[str, Callable[..., None]] = {
    "note": _note,
    "assignment": _assignment,
    "question": _question,
    "objection": _objection,
}
