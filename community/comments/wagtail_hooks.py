"""What an editor hears about comments in the Wagtail admin."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction
from wagtail.models import Page

from community.comments.models import Comment

AFTER_WAGTAIL = 100  # of two actions of one name, the last that is registered is offered


@hooks.register("before_delete_page")
def say_how_many_comments_go(request: HttpRequest, page: Page) -> None:
    """Say with the question whether to delete a page how many comments go with it."""
    if request.method != "POST":
        _warn(request, [page])


@hooks.register("register_bulk_action", order=AFTER_WAGTAIL)
class DeleteWithComments(DeleteBulkAction):
    """Say the same with the question whether to delete several pages.

    Wagtail's own hook for this runs after the answer.
    """

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        pages, _without_access = self.get_actionable_objects()
        _warn(request, pages)
        return super().get(request, *args, **kwargs)


def _warn(request: HttpRequest, pages: Iterable[Page]) -> None:
    below = Q()
    for page in pages:
        below |= Q(page__path__startswith=page.path)
    count = Comment.objects.filter(below).count() if below else 0
    if count:
        text = ngettext(
            "With this page, %(count)s comment by a reader is deleted for good. "
            "Unpublishing the page keeps it.",
            "With this page, %(count)s comments by readers are deleted for good. "
            "Unpublishing the page keeps them.",
            count,
        )
        messages.warning(request, text % {"count": count})
