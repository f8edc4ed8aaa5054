"""What an editor hears about comments in the Wagtail admin."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page

from community.comments.models import Comment


@hooks.register("before_delete_page")
def say_how_many_comments_go(request: HttpRequest, page: Page) -> None:
    """Say with the question whether to delete a page how many comments go with it."""
    if request.method == "POST":
        return
    count = Comment.objects.filter(page__path__startswith=page.path).count()
    if count:
        text = ngettext(
            "With this page, %(count)s comment by a reader is deleted for good. "
            "Unpublishing the page keeps it.",
            "With this page, %(count)s comments by readers are deleted for good. "
            "Unpublishing the page keeps them.",
            count,
        )
        messages.warning(request, text % {"count": count})
