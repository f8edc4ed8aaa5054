"""Who someone is in a conversation: the post's author, an editor, or of which organisation."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Page

from blog.models import Author

MODERATE = "django_comments.can_moderate"


def of(page: Page, user_ids: set[int]) -> dict[int, str]:
    """Return what to print beside the names of ``user_ids`` on the specific ``page``.

    An organisation is known when an editor has tied the account to an author. At
    most two queries, and none when nobody has an account.
    """
    if not user_ids:
        return {}
    marks = _organisations(user_ids)
    editors = get_user_model().objects.with_perm(MODERATE).filter(pk__in=user_ids)
    marks |= dict.fromkeys(editors.values_list("pk", flat=True), _("editors"))
    author = getattr(page, "author", None)
    if author is not None and author.user_id in user_ids:
        marks[author.user_id] = _("author of this post")
    return marks


def _organisations(user_ids: set[int]) -> dict[int, str]:
    known = Author.objects.filter(user_id__in=user_ids, organisation__isnull=False)
    return dict(known.values_list("user_id", "organisation__name"))
