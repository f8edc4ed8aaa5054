"""What a mail calls the page of a comment: pages that were made private are not named."""

from collections.abc import Iterable
from types import SimpleNamespace

from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from community.comments import pages
from community.comments.models import Comment
from community.notifications.models.reading import people_who_pass
from core import restrictions

UNNAMED = SimpleNamespace(title=_("a page that is not public"))
SIGN = "page_is_hidden"


def is_hidden() -> Q:
    """Return what holds for comments on pages that not everyone may read.

    Annotate comments with it, as `SIGN`, to spare a query for each mail.
    """
    return Q(Exists(restrictions.over("page__path"))) | Q(page__live=False)


def hidden_among(comments: Iterable[Comment]) -> set[int]:
    """Return the keys of those of ``comments`` whose page not everyone may read; one query."""
    keys = [comment.pk for comment in comments]
    hidden = Comment.objects.filter(is_hidden(), pk__in=keys).order_by()
    return set(hidden.values_list("pk", flat=True))


def for_anyone(comment: Comment) -> Page | SimpleNamespace:
    """Return the page of ``comment``, or a stand-in without name unless everyone may read it."""
    return UNNAMED if _is_hidden(comment) else comment.page


def for_writer(comment: Comment) -> Page | SimpleNamespace:
    """Return the page of ``comment``, or a stand-in without name if its writer may not read it."""
    return comment.page if not _is_hidden(comment) or _may_read(comment) else UNNAMED


def _is_hidden(comment: Comment) -> bool:
    known = getattr(comment, SIGN, None)
    return bool(hidden_among([comment])) if known is None else known


def _may_read(comment: Comment) -> bool:
    page = pages.shown(comment.page_id) if comment.user_id else None
    if page is None:
        return False
    passes = people_who_pass(list(page.get_view_restrictions()))
    return Comment.objects.filter(passes, pk=comment.pk).exists()
