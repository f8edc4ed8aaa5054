"""Putting pages up: live, dated, with a first version in their history, translated."""

from datetime import datetime
from typing import TypeVar

from wagtail.models import Locale, Page

from core.models import BasePage

AnyPage = TypeVar("AnyPage", bound=BasePage)


def child(parent: Page, model: type[AnyPage], slug: str) -> AnyPage | None:
    """Return the page of ``model`` that stands under ``parent`` as ``slug``, if there is one."""
    return model.objects.child_of(parent).filter(slug=slug).first()


def put_up(parent: Page, page: AnyPage, *, at: datetime) -> AnyPage:
    """Add ``page`` under ``parent``, published ``at``, with its history; nobody is told."""
    return record(add(parent, page, at=at))


def add(parent: Page, page: AnyPage, *, at: datetime) -> AnyPage:
    """Add ``page`` under ``parent``, published ``at``; its history is still to be recorded."""
    page.locale = parent.locale if parent.depth > 1 else page.locale
    page.first_published_at = page.last_published_at = at
    return Page.objects.get(pk=parent.pk).add_child(instance=page)


def put_up_translation(page: AnyPage, locale: Locale, *, at: datetime, **fields: object) -> AnyPage:
    """Return the translation of ``page`` in ``locale``, made with ``fields`` when there is none."""
    if found := page.get_translation_or_none(locale):
        return found.specific
    copy = page.copy_for_translation(locale)
    for name, value in fields.items():
        _fill(copy, name, value)
    copy.draft_title = copy.title
    copy.live, copy.has_unpublished_changes = True, False
    copy.first_published_at = copy.last_published_at = at
    copy.save()
    return record(copy)


def record(page: AnyPage) -> AnyPage:
    """Store ``page`` as the first version of itself, so that editors can return to it."""
    page.live_revision = page.save_revision(changed=False, clean=False)
    moments = {"created_at": page.first_published_at}
    type(page.live_revision).objects.filter(pk=page.live_revision.pk).update(**moments)
    Page.objects.filter(pk=page.pk).update(
        live_revision=page.live_revision, latest_revision_created_at=page.first_published_at
    )
    return page


def _fill(page: BasePage, name: str, value: object) -> None:
    """Set a field, or replace the rows of a list that belongs to the page."""
    if isinstance(value, list):
        getattr(page, name).set(value)
    else:
        setattr(page, name, value)
