"""Everything that we keep about a member, for that member."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.members import exporting
from users.models import User

FILE_NAME = "estafette.json"


@never_cache
@require_safe
@login_required
def export(request: HttpRequest) -> JsonResponse:
    """Give the member's data as a file."""
    response = JsonResponse(
        exporting.everything(cast(User, request.user)),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
