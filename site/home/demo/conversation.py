"""The conversations, from the manuscripts in ``texts/comments``.

A line of ``##`` begins a comment, one more ``#`` an answer to the one above it:
``## name · age · state``, and after another ``·`` a login or the language ``en``.
A line of ``!`` at the end gives the reason of a refusal: ``! reason: explanation``.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from community.comments import comments
from community.comments.models import Comment
from community.moderation import log, reasons
from home.demo import pages
from home.demo.moments import Clock
from home.demo.people import TEXTS
from home.setup import Tree
from users.models import User

FOLDER = TEXTS / "comments"
MODERATOR = "moderator"
Status = Comment.Status
_COMMENT = re.compile(r"^(#{2,5}) ([^\n]+)\n(.*?)(?=^#{2,5} |\Z)", re.M | re.S)
_REASON = re.compile(r"^! (\w+): (.+)\Z", re.M | re.S)
_BEFORE = {Status.REMOVED: Status.APPROVED}  # what a comment was before its decision


@dataclass(frozen=True)
class Remark:
    """One comment of a manuscript; ``depth`` counts from 0."""

    depth: int
    name: str
    age: str
    status: str
    extra: str
    text: str
    reason: str
    explanation: str

    @classmethod
    def of(cls, match: re.Match[str]) -> "Remark":
        marks, head, text = match.groups()
        name, age, status, extra = [*(part.strip() for part in head.split("·")), ""][:4]
        why = _REASON.search(text)
        return cls(
            depth=len(marks) - 2,
            name=name,
            age=age,
            status=status,
            extra=extra,
            text=_REASON.sub("", text).strip(),
            reason=why[1] if why else "",
            explanation=" ".join(why[2].split()) if why else "",
        )


def add_all(site: Tree, clock: Clock) -> None:
    """Add the conversation of each page that has a manuscript."""
    people = {user.username: user for user in User.objects.all()}
    for path in sorted(FOLDER.glob("*/*.md")):
        page = pages.find(site, f"{path.parent.name}/{path.stem}").specific
        parents: list[Comment] = []
        for remark in read(path):
            parent = parents[remark.depth - 1] if remark.depth else None
            when = moments(remark, clock, answers=parent.decided_at if parent else None)
            comment = _insert(remark, when, people, page=page, parent=parent)
            parents[remark.depth :] = [comment]


def read(path: Path) -> list[Remark]:
    """Return the comments of one manuscript, in its order."""
    return [Remark.of(match) for match in _COMMENT.finditer(path.read_text(encoding="utf-8"))]


def _insert(remark: Remark, when: dict[str, Any], people: dict[str, User], **place: Any) -> Comment:
    user = people.get(remark.extra)
    comment = comments.insert(
        **_writer(remark, user),
        text=remark.text,
        status=remark.status,
        language="en" if remark.extra == "en" else "nl",
        user=user,
        **when,
        **place,
    )
    _log(comment, remark, people[MODERATOR])
    return comment


def _writer(remark: Remark, user: User | None) -> dict[str, Any]:
    if remark.status == Status.DELETED:
        return {"name": "", "email": ""}
    email = user.email if user else f"{slugify(remark.name)}@example.org"
    return {"name": remark.name, "email": email}


def moments(remark: Remark, clock: Clock, *, answers: datetime | None) -> dict[str, datetime]:
    """Return when it was sent, confirmed and decided: soon, but never at the same speed.

    It comes after what it ``answers`` could be read. By their ages alone it would not always:
    some count in days and others in hours, which differ by the time of loading.
    """
    pace = len(remark.text)
    sent = clock.age(remark.age)
    if answers:
        sent = max(sent, clock.soon(answers, minutes=5 + pace % 7))
    found = {"submitted_at": sent}
    if remark.status != Status.UNCONFIRMED:
        found["confirmed_at"] = clock.soon(sent, minutes=2 + pace % 11)
        if remark.status != Status.PENDING:
            found["decided_at"] = clock.soon(found["confirmed_at"], minutes=18 + pace % 95)
    return found


def _log(comment: Comment, remark: Remark, moderator: User) -> None:
    """Write down what the moderator decided, and that nobody has to be told any more."""
    if comment.decided_at is None or remark.status == Status.DELETED:
        return
    log.write(
        kind=log.Kind.DECIDED,
        by=moderator,
        comment=comment,
        from_status=_BEFORE.get(Status(remark.status), Status.PENDING),
        to_status=remark.status,
        reason=reasons.find(remark.reason),
        explanation=remark.explanation,
        at=comment.decided_at,
    )
    Comment.objects.filter(pk=comment.pk).update(announced_at=comment.decided_at)
