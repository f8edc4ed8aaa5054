"""How it goes, for machines: 200 or 503, and JSON that says why."""

from datetime import datetime

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.broker import broker_answers
from mail.models import Message


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """Say that this process answers, whatever state the rest is in."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether readers can be served, which takes the database and nothing else.

    Without the broker the site answers as ever and mail waits, so that is
    reported as ``degraded`` and not as a failure.
    """
    database = _database_answers()
    broker = broker_answers()
    status = "ok" if database and broker else "degraded" if database else "down"
    report = {
        "status": status,
        "database": _word(database),
        "broker": _word(broker),
        "oldest_due_mail_seconds": oldest_due_mail(timezone.now()) if database else None,
    }
    return JsonResponse(report, status=200 if database else 503)


def _word(answers: bool) -> str:
    return "ok" if answers else "down"


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def oldest_due_mail(now: datetime) -> int:
    """Return for how many seconds the oldest due mail has been waiting; 0 when none is."""
    oldest = Message.objects.due(now).order_by("due_at").values_list("due_at", flat=True).first()
    return int((now - oldest).total_seconds()) if oldest else 0
