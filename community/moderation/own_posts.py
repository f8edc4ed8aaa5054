"""What the author of a post can do with the comments on it: read, answer, ask an editor to look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as PageOf
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet

from blog.models import BlogPage
from community.comments import posting
from community.comments.models import Comment
from community.comments.pipeline import Decision, Submission, Verdict
from community.moderation import decisions, overtaking
from community.moderation.models import Act
from core import finding
from users.models import User

Status = Comment.Status

PER_PAGE = 25
SHOWN = (Status.APPROVED, Status.PENDING)  # what an author sees: what stands, and what waits


@dataclass(frozen=True)
class Item:
    """One comment as the author of its post sees it: no address, no evidence, no history."""

    comment: Comment
    post: BlogPage
    parent: Comment | None
    is_own: bool

    @property
    def may_be_answered(self) -> bool:
        return self.comment.may_be_answered and self.post.takes_comments

    @property
    def may_be_held(self) -> bool:
        return self.comment.status == Status.APPROVED and not self.is_own


def is_author(user: User | AnonymousUser) -> bool:
    """Return whether ``user`` is the account of an author."""
    return user.is_active and hasattr(user, "author")


def comments_for(author: User) -> QuerySet[Comment]:
    """Return what readers wrote under the posts of ``author``, newest first."""
    posts = BlogPage.objects.filter(author__user_id=author.pk).order_by()
    shown = Comment.objects.filter(page_id__in=posts.values("pk"), status__in=SHOWN)
    return shown.order_by("-submit_date", "-pk")


def page_of(author: User, number: str | None) -> PageOf:
    """Return page ``number`` of `comments_for` as items; as many queries for ten as for one.

    A bad number gives the nearest page.
    """
    page: PageOf = Paginator(comments_for(author), PER_PAGE).get_page(number)
    page.object_list = list(_items(author, list(page.object_list)))
    return page


@transaction.atomic
def answer(comment: Comment, *, by: User, text: str, now: datetime) -> posting.Answer:
    """Answer ``comment`` as the author of its post; the answer can be read at once.

    Raises `PermissionDenied` for anyone else, and `pipeline.Refused`.
    """
    require_own(comment, by)
    submission = Submission(
        page=comment.page.specific,
        text=text,
        name=str(by),
        email=by.email,
        language=comment.page.locale.language_code,
        now=now,
        user=by,
        is_proven=True,
        parent=comment,
    )
    at_once = Decision(Verdict.APPROVE, "author")
    return posting.post(submission, decision=at_once)


@transaction.atomic
def hold(comment: Comment, *, by: User, note: str, now: datetime) -> Act:
    """Ask an editor to look at ``comment`` again; until then nobody reads it.

    Its writer is told that it waits. This is all that an author can decide.

    Raises `PermissionDenied`, and `overtaking.AlreadyHandled` when it no longer stands
    as the author saw it.
    """
    require_own(comment, by)
    if comment.status != Status.APPROVED:
        raise overtaking.already_handled(comment)
    grounds = decisions.Grounds(note=note, initiative=Act.Initiative.AUTHOR)
    return decisions.carry_out(comment, Status.PENDING, grounds, by=by, now=now, kind=Act.Kind.HELD)


def require_own(comment: Comment, author: User) -> None:
    """Raise `PermissionDenied` unless ``comment`` is on a post of ``author``."""
    is_own = BlogPage.objects.filter(pk=comment.page_id, author__user_id=author.pk).exists()
    if not author.is_active or not is_own:
        raise PermissionDenied


def _items(author: User, comments: list[Comment]) -> Iterable[Item]:
    posts = finding.by_pks({comment.page_id for comment in comments})
    paths = {comment.parent_path for comment in comments if comment.parent_path}
    parents = Comment.objects.filter(path__in=paths, status__in=SHOWN) if paths else []
    by_path = {parent.path: parent for parent in parents}
    for comment in comments:
        yield Item(
            comment=comment,
            post=posts[comment.page_id],
            parent=by_path.get(comment.parent_path),
            is_own=comment.user_id == author.pk,
        )
