"""Making the calls that requests left behind, each once for all who wanted it.

A call is made in the transaction that deletes its rows, so a worker that dies has
made no call, and the next one makes it. Calls look at what is stored at that time;
so all that is there before one begins is done by it, and only one of the same kind is
made at a time, lest an older look is written over a newer one.
"""

import logging
from datetime import datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from core import locks
from core.models import BackgroundTask

logger = logging.getLogger(__name__)

BATCH = 200
FIRST_WAIT = timedelta(minutes=1)  # then twice as long each time
MOST_ATTEMPTS = 10  # the last one more than eight hours after the first


def run_all() -> int:
    """Make calls until none is due; return how many were made."""
    made = 0
    while done := run_due(now=timezone.now()):
        made += done
    return made


def run_due(*, now: datetime) -> int:
    """Make up to `BATCH` calls that are due; return how many were made.

    Any number of these may run at once. What goes wrong with one keeps no other waiting.
    """
    keys = BackgroundTask.objects.due(now).values_list("key", flat=True)[:BATCH]
    return sum(_run(key, now) for key in dict.fromkeys(keys))


@transaction.atomic
def _run(key: str, now: datetime) -> bool:
    if not locks.take(f"core.background:{key}"):
        return False
    rows = list(BackgroundTask.objects.due(now).filter(key=key))
    if not rows:
        return False
    done = _call(rows[0])
    wanted = BackgroundTask.objects.filter(pk__in=[row.pk for row in rows])
    attempts = max(row.attempts for row in rows) + 1
    if done or attempts >= MOST_ATTEMPTS:
        wanted.delete()
    else:
        wanted.update(attempts=attempts, due_at=now + FIRST_WAIT * 2 ** (attempts - 1))
    return done


def _call(row: BackgroundTask) -> bool:
    """Make the call of ``row``; return whether it need not be made again."""
    try:
        with transaction.atomic():
            import_string(row.path).call(*row.args, **row.kwargs)
    except ObjectDoesNotExist:
        logger.info("What %s is about is gone", row.path)
    except Exception:
        logger.exception("%s failed, attempt %s", row.path, row.attempts + 1)
        return False
    return True
