"""Writing a post or page down: its address, its state, its tags and its old address."""

from datetime import datetime
from typing import Any
from urllib.parse import unquote

from django.utils import timezone
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from blog.models import Author, BlogPage
from core.models import CommentsAllowed
from exchange.wordpress import places
from exchange.wordpress.markup import plain_text
from exchange.wordpress.records import Item, split
from exchange.wordpress.stories import Story

PUBLIC = {"publish", "future"}
GONE = {"trash", "auto-draft", "inherit"}


def post(story: Story, *, author: Author, tags: list[str], now: datetime) -> BlogPage:
    """Return an unsaved post; `put` gives it its place."""
    item, image = story.item, story.cover_image()
    mode = CommentsAllowed.CommentsMode
    page = BlogPage(
        **_shared(story),
        date=timezone.localdate(item.at or now),
        author=author,
        introduction=_introduction(item),
        image=image,
        image_alt=story.cover_alt if image else "",
        comments_mode=mode.CLOSED if item.comment_status == "closed" else mode.OPEN,
    )
    page.tags.add(*tags)
    return page


def text_page(story: Story) -> Page:
    """Return an unsaved page of plain text; `put` gives it its place."""
    return places.text_page(**_shared(story), introduction=_introduction(story.item))


def put(page: Page, *, parent: Page, item: Item, now: datetime) -> None:
    """Save ``page`` under ``parent`` in the state of ``item``, with its own moment.

    What has a date ahead is scheduled, what was not public becomes a draft.
    """
    page.slug = places.free_slug(parent, _slug(item))
    page.live, page.has_unpublished_changes = False, True
    parent.add_child(instance=page)
    if item.status in PUBLIC and not item.password:
        _publish(page, at=item.at or now, now=now)
    else:
        page.save_revision()
    _redirect(item, page)


def _publish(page: Page, *, at: datetime, now: datetime) -> None:
    if at > now:
        page.go_live_at = at
    else:
        page.first_published_at = at
    page.save()
    page.save_revision().publish()
    page.refresh_from_db()


def _redirect(item: Item, page: Page) -> None:
    """Send readers of the old address on, when it is another and of one item alone."""
    parts = split(item.link)
    old = Redirect.normalise_path(parts.path)
    if parts.query or not old.strip("/") or len(old) > 255 or old == _path(page):
        return
    if not Redirect.objects.filter(old_path=old).exists():
        Redirect.objects.create(old_path=old, redirect_page=page, is_permanent=True)


def _path(page: Page) -> str:
    return Redirect.normalise_path(split(page.get_url() or "").path)


def _shared(story: Story) -> dict[str, Any]:
    title = plain_text(story.item.title)[:255] or _("Untitled")
    return {"title": title, "draft_title": title, "body": story.body()}


def _introduction(item: Item) -> str:
    return Truncator(plain_text(item.excerpt)).chars(400)


def _slug(item: Item) -> str:
    wanted = item.slug or plain_text(item.title)
    return slugify(unquote(wanted), allow_unicode=True)[:200] or slugify(f"bericht-{item.id}")
