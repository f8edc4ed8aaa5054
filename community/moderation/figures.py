"""The figures of a year: counted from the log, put up as a draft, published by an editor."""

from datetime import datetime
from statistics import median
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from community.comments.models import Comment
from community.moderation import decisions, waiting
from community.moderation.models import Act, Case, FiguresPage, Notice, Objection, Reason
from users.models import User

Status = Comment.Status
Kind = Act.Kind


def count(year: int, *, now: datetime) -> dict[str, Any]:
    """Return what happened in ``year`` (in Dutch time) as plain data; about ten queries.

    Acts that were undone do not count, and what was brought in from another site was not
    received here. Waiting is from the confirmation of a comment to the first decision about
    it (`waiting.first_decisions`), in minutes; ``None`` when nothing was decided.
    """
    first, end = _bounds(year)
    acts = Act.objects.filter(at__gte=first, at__lt=end, undone_by__isnull=True).order_by()
    taken = acts.filter(kind=Kind.DECIDED)
    came = Comment.objects.filter(confirmed_at__gte=first, confirmed_at__lt=end).order_by()
    came = came.exclude(evidence__has_key="imported")
    return {
        "year": year,
        "counted_at": now.isoformat(),
        "received": came.count(),
        "at_once": came.filter(evidence__verdict="approve").count(),
        "decisions": _by(taken, "to_status"),
        "reasons": _reasons(taken),
        "flagged": taken.filter(was_flagged=True).count(),
        "edited": acts.filter(kind=Kind.EDITED, initiative=Act.Initiative.EDITOR).count(),
        "median_minutes": _median_minutes(first, end),
        "objections": _closed(Objection.objects.order_by(), "at", first, end),
        "notices": {
            "received": Notice.objects.filter(at__gte=first, at__lt=end).count(),
            **_closed(Case.objects.order_by(), "opened_at", first, end, opened="cases"),
        },
    }


def may_draft(user: User) -> bool:
    """Return whether ``user`` may moderate, and add pages below the home page."""
    home = _home()
    may_add = home is not None and home.permissions_for_user(user).can_add_subpage()
    return may_add and user.has_perm(decisions.MODERATE)


def drafts() -> QuerySet[FiguresPage]:
    """Return the pages of figures in all languages, newest year first."""
    return FiguresPage.objects.select_related("locale").order_by("-year", "path")


@transaction.atomic
def draft(year: int, *, by: User | None, now: datetime) -> list[FiguresPage]:
    """Make or renew the draft with the figures of ``year``, one in each language; return them.

    What is published stays as it is until an editor publishes the draft. ``by`` is
    ``None`` when the software does it. Nothing happens while there is no home page.

    Raises `PermissionDenied`.
    """
    if by is not None and not may_draft(by):
        raise PermissionDenied
    counted = count(year, now=now)
    return [_draft_below(home, year, counted, by) for home in _homes()]


@transaction.atomic
def draft_once(year: int, *, now: datetime) -> bool:
    """Make the draft of ``year`` unless there is a page of it; return whether this call did."""
    homes = _homes()
    if not homes or FiguresPage.objects.filter(year=year).exists():
        return False
    draft(year, by=None, now=now)
    return True


def _draft_below(home: Page, year: int, counted: dict, by: User | None) -> FiguresPage:
    page = FiguresPage.objects.child_of(home).filter(year=year).first()
    if page is None:
        page = home.add_child(instance=_new(home, year, counted))
    latest = page.get_latest_revision_as_object()
    latest.figures = counted
    latest.save_revision(user=by)
    return page


def _new(home: Page, year: int, counted: dict) -> FiguresPage:
    with translation.override(home.locale.language_code):
        title, slug = _("Figures of %(year)s") % {"year": year}, _("figures-%(year)s")
    page = FiguresPage(
        title=title,
        slug=slug % {"year": year},
        year=year,
        figures=counted,
        locale=home.locale,
        live=False,
        has_unpublished_changes=True,
    )
    other = FiguresPage.objects.filter(year=year).first()
    if other:
        page.translation_key = other.translation_key
    return page


def _home() -> Page | None:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site.root_page.specific if site else None


def _homes() -> list[Page]:
    """Return the home page in each language, locked, so that two who ask make one page."""
    home = _home()
    if home is None or "FiguresPage" not in {it.__name__ for it in home.allowed_subpage_models()}:
        return []
    same = Page.objects.filter(translation_key=home.translation_key).order_by("path")
    return list(same.select_for_update(of=("self",)).select_related("locale"))


def _bounds(year: int) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def _by(rows: QuerySet, column: str) -> dict[str, int]:
    return dict(rows.values_list(column).annotate(number=Count("pk")))


def _reasons(taken: QuerySet[Act]) -> list[dict[str, Any]]:
    """Return, for each reason that was given, how often a comment was refused or removed for it."""
    counted = taken.filter(to_status__in=[Status.REJECTED, Status.REMOVED]).values("reason_id")
    found = {
        str(row["reason_id"]): row
        for row in counted.annotate(
            refused=Count("pk", filter=Q(to_status=Status.REJECTED)),
            removed=Count("pk", filter=Q(to_status=Status.REMOVED)),
        )
    }
    return [
        {
            "code": reason.code,
            "nl": reason.name_nl,
            "en": reason.name_en,
            "refused": found[reason.code]["refused"],
            "removed": found[reason.code]["removed"],
        }
        for reason in Reason.objects.filter(code__in=found)
    ]


def _median_minutes(first: datetime, end: datetime) -> int | None:
    taken = waiting.first_decisions().filter(at__gte=first, at__lt=end).order_by()
    waits = taken.values_list("comment__confirmed_at", "at").iterator()
    minutes = [_minutes(came_at, at) for came_at, at in waits if came_at]
    return round(median(minutes)) if minutes else None


def _minutes(came_at: datetime, decided_at: datetime) -> float:
    return max(0.0, (decided_at - came_at).total_seconds() / 60)


def _closed(
    rows: QuerySet, moment: str, first: datetime, end: datetime, *, opened: str = "received"
) -> dict[str, int]:
    """Return how many were opened in the period, closed in it by outcome, and open at its end."""
    before_end = rows.filter(**{f"{moment}__lt": end})
    outcomes = _by(rows.filter(closed_at__gte=first, closed_at__lt=end), "outcome")
    return {
        opened: before_end.filter(**{f"{moment}__gte": first}).count(),
        "open": before_end.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=end)).count(),
        **{outcome: outcomes.get(outcome, 0) for outcome in rows.model.Outcome.values},
    }
