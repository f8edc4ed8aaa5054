"""Which pages not everyone may read: restricted ones, what is below them, and their aliases.

An alias obeys the restrictions of its source, wherever it stands, as in Wagtail's
`Page.get_view_restrictions`; Wagtail's own `public()` lists it all the same.
"""

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import PageViewRestriction

# From a restriction to the pages that it is for; an alias may have aliases of its own.
_FOR = ("page__path", "page__aliases__path", "page__aliases__aliases__path")


def private() -> Q:
    """Return what holds for pages that not everyone may read; one query."""
    rows = PageViewRestriction.objects.order_by().values_list(*_FOR)
    which = Q()
    for path in sorted({path for row in rows for path in row if path}):
        which |= Q(path__startswith=path)
    return which or Q(pk__in=[])


def over(path: str) -> QuerySet[PageViewRestriction]:
    """Return the restrictions of the page at ``path``, a field of the query that this is put in."""
    below = ExpressionWrapper(OuterRef(path), CharField())
    holds = Q()
    for source in _FOR:
        holds |= Q(below__startswith=F(source))
    return PageViewRestriction.objects.annotate(below=below).filter(holds).order_by()
