"""Subscribers in and out of the admin as files, at ``/admin/abonnees/``."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_denied

from community.subscriptions.lists import incoming, outgoing
from community.subscriptions.lists.forms import ImportForm

EXPORT = "subscriptions.view_subscription"
IMPORT = "subscriptions.add_subscription"
FILE_NAME = "abonnees.csv"

View = Callable[..., HttpResponseBase]


def needs(permission: str) -> Callable[[View], View]:
    """Let those with ``permission`` in, and send others away as Wagtail does."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                return permission_denied(request)
            return view(request)

        return wrapped

    return decorate


@never_cache
@require_safe
@needs(EXPORT)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Give every subscription as CSV."""
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return StreamingHttpResponse(
        outgoing.as_csv(), content_type="text/csv; charset=utf-8", headers=headers
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(IMPORT)
def take(request: HttpRequest) -> HttpResponse:
    """Show the form, and say of a file what was taken over, or would be."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    dry_run = form.cleaned_data["dry_run"]
    content = form.cleaned_data["file"].read()
    try:
        report = incoming.run(content, now=timezone.now(), dry_run=dry_run)
    except incoming.BadFile as reason:
        form.add_error("file", str(reason))
        return _page(request, form, status=422)
    return _page(request, form, report=report, dry_run=dry_run)


def _page(request: HttpRequest, form: ImportForm, *, status: int = 200, **found) -> HttpResponse:
    context = {"form": form, "needed": incoming.NEEDED, **found}
    return render(request, "subscriptions/admin/import.html", context, status=status)
