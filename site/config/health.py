"""How it goes, for machines: 200 or 503, and JSON that says why."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import lateness
from config.broker import broker_answers


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
    reported as ``degraded`` and not as a failure; so are mails and digests that are
    over an hour late.
    """
    now = timezone.now()
    database = _database_answers()
    broker = broker_answers()
    mail = lateness.oldest_due_mail(now) if database else None
    digest = lateness.oldest_due_digest(now) if database else None
    is_late = any(lateness.is_late(seconds or 0) for seconds in (mail, digest))
    is_well = broker and not is_late
    report = {
        "status": "down" if not database else "ok" if is_well else "degraded",
        "database": _word(database),
        "broker": _word(broker),
        "oldest_due_mail_seconds": mail,
        "oldest_due_digest_seconds": digest,
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
