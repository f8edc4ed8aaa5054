"""The log at ``/admin/reacties/logboek/``: who did what, when and why; and as files."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.moderation import exporting, logbook
from community.moderation.team_forms import LogForm
from community.moderation.views.desk import may_moderate


@require_safe
@may_moderate
def log(request: HttpRequest) -> HttpResponse:
    """Show fifty lines that fit the filters, newest first."""
    form = LogForm(request.GET)
    lines = logbook.page_of(form.lines(), request.GET.get("voor", ""))
    chosen = {name: value for name, value in form.data.items() if name in form.fields and value}
    context = {
        "form": form,
        "lines": lines,
        "is_filtered": bool(chosen),
        "is_newest": not request.GET.get("voor"),
        "query": urlencode(chosen),
    }
    return render(request, "moderation/log.html", context)


@require_safe
@may_moderate
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give every line that fits the filters as CSV."""
    return _file(exporting.as_csv(LogForm(request.GET).lines()), "text/csv", "csv")


@require_safe
@may_moderate
def export_json(request: HttpRequest) -> StreamingHttpResponse:
    """Give every line that fits the filters as JSON."""
    return _file(exporting.as_json(LogForm(request.GET).lines()), "application/json", "json")


def _file(content, content_type: str, ending: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="logboek.{ending}"'}
    return StreamingHttpResponse(
        content, content_type=f"{content_type}; charset=utf-8", headers=headers
    )
