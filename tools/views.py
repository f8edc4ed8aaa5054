"""The tool library as files; the filters are those of the page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from tools import exports
from tools.filters import ToolFilter

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel takes UTF-8 for a Western code page


@require_safe
def export_csv(request: HttpRequest) -> HttpResponse:
    """Give the tools that fit the filters of the query string as CSV."""
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="hulpmiddelen.csv"'
    exports.write_csv(response, exports.rows(ToolFilter.from_query(request.GET)))
    return response


@require_safe
def export_json(request: HttpRequest) -> HttpResponse:
    """Give the tools that fit the filters of the query string as JSON."""
    chosen = ToolFilter.from_query(request.GET)
    return JsonResponse({"filter": chosen.lookups(), "tools": exports.rows(chosen)})
