"""A writer's history here, and how far editors trust who wrote it."""

import uuid
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.comments import trust
from community.comments.models import Comment
from community.moderation import steering
from community.moderation.rules_admin.forms import TrustForm
from community.moderation.rules_admin.rules import may_moderate
from community.moderation.rules_admin.sources import mask
from users.models import User

SHOWN_CHANGES = 50


@may_moderate
@require_http_methods(["GET", "HEAD", "POST"])
def writer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the writer of one comment; take what an editor says about who that is."""
    comment = get_object_or_404(Comment, public_id=public_id)
    if not comment.writer_key:
        return render(request, "moderation/trust/unknown.html", {"comment": comment}, status=410)
    if request.method != "POST":
        return _show(request, comment, TrustForm(initial=_said(comment)))
    form = TrustForm(request.POST)
    if not form.is_valid():
        return _show(request, comment, form, status=422)
    note = steering.trust_writer(
        comment, by=cast(User, request.user), now=timezone.now(), **form.cleaned_data
    )
    messages.success(request, note)
    return redirect("rules:writer", public_id=public_id)


def _said(comment: Comment) -> dict[str, str]:
    last = trust.said(comment.writer_key)
    return {"level": last.level if last else trust.Level.EARNED.value}


def _show(
    request: HttpRequest, comment: Comment, form: TrustForm, *, status: int = 200
) -> HttpResponse:
    key = comment.writer_key
    context = {
        "comment": comment,
        "address": mask(comment.user_email),
        "standing": trust.standing(key, now=timezone.now()),
        "days": trust.HISTORY.days,
        "record": trust.record(key),
        "changes": trust.changes(key)[:SHOWN_CHANGES],
        "form": form,
    }
    return render(request, "moderation/trust/writer.html", context, status=status)
