"""Writing a comment down: one transaction, three plain inserts, nothing renumbered."""

import hashlib
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django_comments.models import Comment as PackageComment
from django_comments_xtd.models import XtdComment
from wagtail.models import Page

from community.comments import counters, states, text, writers
from community.comments.models import Comment
from community.comments.models.comments import MAX_DEPTH, PATH_STEP

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class TooDeep(ValueError):
    """A reply would stand deeper than conversations go here."""


@transaction.atomic
def insert(
    *,
    page: Page,
    name: str,
    email: str,
    text: str,
    status: str,
    submitted_at: datetime | None = None,
    confirmed_at: datetime | None = None,
    decided_at: datetime | None = None,
    parent: Comment | None = None,
    user: AbstractBaseUser | None = None,
    language: str = "nl",
    evidence: dict | None = None,
    network_key: str = "",
    submission_key: str | None = None,
    follow: str = Comment.Follow.NONE,
) -> Comment:
    """Store one comment on ``page`` (a specific page) and return it; mails nobody.

    The package's ``save()`` is passed by: it inserts first and then looks for a
    place, in two transactions. Here the number of the row is known before the
    path is made of it.

    Raises `TooDeep`, and `IntegrityError` when ``submission_key`` is taken.
    """
    if parent is not None and parent.level >= MAX_DEPTH:
        raise TooDeep(parent.public_id)
    submitted_at = submitted_at or timezone.now()
    comment = Comment(
        content_type=ContentType.objects.get_for_model(page),
        object_pk=str(page.pk),
        site_id=1,
        user=user,
        user_name=name,
        user_email=email,
        comment=text,
        submit_date=submitted_at,
        level=parent.level + 1 if parent else 0,
        order=1,
        page_id=page.pk,
        status=status,
        language=language,
        confirmed_at=confirmed_at,
        decided_at=decided_at,
        appeared_at=decided_at if status == Comment.Status.APPROVED else None,
        writer_key=writers.key(user=user, email=email),
        network_key=network_key,
        evidence=evidence or {},
        submission_key=submission_key or "",
        follow=follow,
        **states.package_columns(status),
        **rendered(text),
    )
    _insert_rows(comment, parent)
    return comment


def rendered(comment_text: str) -> dict:
    """Return the columns that hold ``comment_text`` as HTML."""
    return {"text_html": text.to_html(comment_text), "text_version": text.VERSION}


def submission_key(*, page: Page, writer: str, parent: Comment | None, comment_text: str) -> str:
    """Return one key for the same words by the same writer at the same place.

    A double click, a second try and a scanner then all end in one row.
    """
    parts = [str(page.pk), writer.lower(), str(parent.pk if parent else ""), comment_text]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def path_step(pk: int) -> str:
    """Return ``pk`` in base 36, as wide as every other step of a path."""
    digits = ""
    while pk:
        pk, rest = divmod(pk, 36)
        digits = _DIGITS[rest] + digits
    return digits.rjust(PATH_STEP, "0")


def _insert_rows(comment: Comment, parent: Comment | None) -> None:
    base = _part(comment, PackageComment)
    base.save_base(force_insert=True)
    comment.pk = comment.id = base.pk
    comment.comment_ptr_id = comment.xtdcomment_ptr_id = base.pk
    comment.thread_id = parent.thread_id if parent else base.pk
    comment.parent_id = parent.pk if parent else base.pk
    is_visible = comment.status == Comment.Status.APPROVED
    comment.thread_count = None if parent else int(is_visible)
    comment.path = (parent.path if parent else "") + path_step(base.pk)
    comment.submission_key = comment.submission_key or f"row:{base.pk}"
    # raw: insert this table's row alone; the rows of the parent tables are written here.
    _part(comment, XtdComment).save_base(raw=True, force_insert=True)
    comment.save_base(raw=True, force_insert=True)
    if parent and is_visible:
        counters.add(comment, 1)


def _part(comment: Comment, model: type[PackageComment]) -> PackageComment:
    fields = {
        field.attname: getattr(comment, field.attname) for field in model._meta.concrete_fields
    }
    return model(**fields)
