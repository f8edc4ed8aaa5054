"""A comment, on the tables of django-comments-xtd."""

import html
import uuid
from datetime import datetime
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment
from wagtail.models import Page

from core import restrictions
from core.models import CommentsAllowed, CommentsSection
from core.models.conversations import CommentsMode

PATH_STEP = 10  # characters of a path for each level
PATH_END = "z"  # after a path: sorts after all that stands below it, in any collation
MAX_DEPTH = settings.COMMENTS_XTD_MAX_THREAD_LEVEL
PROVEN = Q(user__isnull=False) | Q(confirmed_at__isnull=False)
WAITS_SINCE = Coalesce("held_at", "confirmed_at")  # of a comment that waits for an editor


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible(self) -> Self:
        """Comments whose text everyone may read."""
        return self.filter(status=Comment.Status.APPROVED)

    def proven(self) -> Self:
        """Comments by members, and those whose writer has proven to own the address.

        Of any other, whose it is we only know from what someone typed.
        """
        return self.filter(PROVEN)

    def on_public_pages(self, *, private: Q | None = None) -> Self:
        """Comments on live pages that take or show comments and that anyone may read.

        ``private`` is which pages not everyone may read; it costs a query when not given.
        """
        closed = restrictions.private() if private is None else private
        pages = Page.objects.filter(closed).values("pk")
        return self.filter(page__live=True).exclude(page__in=pages).where_shown()

    def where_shown(self) -> Self:
        """Comments on pages that show comments, by their own word or their section's."""
        shown = self
        for kind in _kinds(CommentsAllowed):
            silent = Q(comments_mode=CommentsMode.OFF)
            for section in _kinds(CommentsSection):
                off = section._default_manager.filter(comments_mode=CommentsMode.OFF)
                path = ExpressionWrapper(OuterRef("path"), models.CharField())
                above = off.annotate(below=path).filter(below__startswith=F("path"))
                silent |= Q(Exists(above.order_by()), comments_mode=CommentsMode.INHERIT)
            pages = kind._default_manager.filter(silent).order_by()
            shown = shown.exclude(page_id__in=pages.values("pk"))
        return shown

    def on(self, page: Page) -> Self:
        """Comments on ``page``, thread by thread, oldest first."""
        return self.filter(page_id=page.pk).order_by("path")

    def threads(self) -> Self:
        """First comments of threads in which something can be read, by path."""
        return self.filter(thread_count__gt=0).order_by("path")

    def waiting(self) -> Self:
        """Comments that an editor has still to decide about, in the order in which they came."""
        return self.filter(status=Comment.Status.PENDING).order_by("confirmed_at", "pk")


def _kinds(base: type[models.Model]) -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, base)]


CommentManager = models.Manager.from_queryset(CommentQuerySet)


class Comment(XtdComment):
    """What a reader wrote under a page, and where it stands in the conversation.

    ``status`` alone says what the comment is. The package's own columns
    (``is_public``, ``is_removed``, ``content_type``, ``object_pk``, ``order``) are written
    beside it by `comments.insert` and `states.change`, and are never read.

    ``path`` is the parent's path and this comment's own number in base 36, so that
    one indexed sort gives the conversation and nothing is ever renumbered.
    ``appeared_at`` is when everyone could read it first, however often that was decided,
    ``held_at`` when it last came to wait for an editor although it had not just been confirmed.
    ``writer_key`` tells one writer from another without an address (`writers.key`),
    ``network_key`` one network from another for two days (`core.networks`);
    ``announced_at`` is when followers were told of it. ``follow`` is a wish of the
    writer, until the notifications room has taken it over.
    """

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("not confirmed")
        PENDING = "pending", _("waiting for an editor")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("refused")
        SPAM = "spam", _("spam")
        REMOVED = "removed", _("removed by an editor")
        DELETED = "deleted_by_author", _("deleted by the writer")

    class Follow(models.TextChoices):
        """What its writer wants to be mailed about."""

        NONE = "none", _("Nothing")
        REPLIES = "replies", _("Answers to my comment")
        PAGE = "page", _("Every new comment in this conversation")

    xtdcomment_ptr = models.OneToOneField(
        XtdComment, on_delete=models.CASCADE, parent_link=True, related_name="ours"
    )
    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="reader_comments"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission_key = models.CharField(max_length=64, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)
    path = models.CharField(max_length=PATH_STEP * (MAX_DEPTH + 1), unique=True, editable=False)
    thread_count = models.PositiveIntegerField(
        null=True, editable=False
    )  # of the first comment of a thread alone: how many of the thread can be read
    text_html = models.TextField(editable=False)
    text_version = models.PositiveSmallIntegerField(editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    appeared_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(_("changed"), null=True, blank=True)
    edited_by_editor = models.BooleanField(
        _("changed by the editors"), default=False, db_default=False, editable=False
    )
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    follow = models.CharField(
        max_length=10, choices=Follow.choices, default=Follow.NONE, editable=False
    )
    appreciation = models.PositiveIntegerField(_("appreciation"), default=0, editable=False)
    writer_key = models.CharField(max_length=32, editable=False)
    network_key = models.CharField(max_length=32, blank=True, editable=False)
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)

    objects = CommentManager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()
        indexes = [
            models.Index(fields=["page", "path"], name="comment_page_path"),
            models.Index(
                fields=["page", "path", "thread_count"],
                condition=models.Q(thread_count__gt=0),
                name="comment_threads",
            ),
            models.Index(
                fields=["page", "-appreciation", "path"],
                condition=models.Q(thread_count__gt=0),
                name="comment_threads_appreciated",
            ),
            models.Index(fields=["writer_key", "status"], name="comment_writer"),
            models.Index(
                fields=["network_key"],
                condition=~models.Q(network_key=""),
                name="comment_network",
            ),
            models.Index(
                fields=["decided_at"],
                condition=models.Q(status="approved", announced_at__isnull=True),
                name="comment_to_announce",
            ),
            models.Index(
                fields=["page", "decided_at"],
                condition=models.Q(status="approved"),
                name="comment_page_decided",
            ),
            models.Index(
                fields=["page", "appeared_at"],
                condition=models.Q(status="approved"),
                name="comment_page_appeared",
            ),
            models.Index(
                fields=["confirmed_at"],
                condition=~models.Q(follow="none"),
                name="comment_follow_wished",
            ),
            models.Index(fields=["status", "confirmed_at"], name="comment_status_confirmed"),
            models.Index(fields=["status", "decided_at"], name="comment_status_decided"),
        ]
        constraints = [
            models.CheckConstraint(
                name="comment_pending_was_confirmed",
                condition=models.Q(status="unconfirmed", confirmed_at__isnull=True)
                | models.Q(status="pending", confirmed_at__isnull=False)
                | ~models.Q(status__in=["unconfirmed", "pending"]),
            ),
            models.CheckConstraint(
                name="comment_approved_has_moment",
                condition=~models.Q(status="approved") | models.Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_name}: {self.comment[:50]}"

    def get_absolute_url(self, anchor_pattern: str | None = None) -> str:
        """Return the permalink; it finds the right page of the conversation by itself."""
        return reverse("comments:permalink", args=[self.public_id])

    @property
    def anchor(self) -> str:
        return f"reactie-{self.public_id}"

    @property
    def text_as_html(self) -> SafeString:
        """The stored HTML of the text; `text.to_html` made it safe when it was written."""
        return mark_safe(self.text_html)  # noqa: S308  only `text.to_html` fills that column

    @property
    def may_be_answered(self) -> bool:
        return self.status == self.Status.APPROVED and self.level < MAX_DEPTH

    @property
    def waits_since(self) -> datetime | None:
        """Since when it waits for an editor, if it does; in a query `WAITS_SINCE`."""
        return self.held_at or self.confirmed_at

    def excerpt(self, length: int) -> str:
        """Return the first ``length`` characters of the text on one line, as plain text."""
        words = " ".join(strip_tags(self.text_html).split())
        return Truncator(html.unescape(words)).chars(length)

    @property
    def root_path(self) -> str:
        """The path of the first comment of this thread."""
        return self.path[:PATH_STEP]

    @property
    def parent_path(self) -> str:
        """The path of the comment that this one answers; empty for the first of a thread."""
        return self.path[:-PATH_STEP]
