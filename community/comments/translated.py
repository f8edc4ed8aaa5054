"""Where the conversation about the same text goes on in another language."""

from dataclasses import dataclass

from django.db.models import Sum
from wagtail.models import Page

from community.comments.models import Comment


@dataclass(frozen=True)
class Translated:
    """A translation on which ``count`` comments can be read; ``language`` is its code."""

    url: str
    language: str
    title: str
    count: int


def of(page: Page) -> list[Translated]:
    """Return the translations of ``page`` with comments that anyone may read, most first.

    Three queries, and two where nobody wrote.
    """
    threads = Comment.objects.threads().on_public_pages().exclude(page_id=page.pk)
    same = threads.filter(page__translation_key=page.translation_key).order_by()
    counts = dict(same.values_list("page_id").annotate(Sum("thread_count")))
    pages = Page.objects.filter(pk__in=counts).select_related("locale") if counts else []
    found = [
        Translated(
            url=other.get_url() or "",
            language=other.locale.language_code,
            title=other.title,
            count=counts[other.pk],
        )
        for other in pages
    ]
    return sorted(found, key=lambda one: -one.count)
