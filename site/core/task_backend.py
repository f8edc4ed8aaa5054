"""Wagtail's background tasks, written down like mail: in the transaction that wants them.

Without the broker nothing is lost and nobody waits: beat makes a worker look for them
every few seconds (`core.background`).
"""

import hashlib
import json
from typing import Any

from django.apps import apps
from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id


class DatabaseBackend(BaseTaskBackend):
    """One row for each task. What came of it is not kept."""

    supports_defer = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Write ``task`` down."""
        self.validate_task(task)
        now = timezone.now()
        result: TaskResult = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=now,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        # Tasks are declared while the models are being loaded, so ours is asked for here.
        apps.get_model("core", "BackgroundTask").objects.create(
            key=_key(task.module_path, result.args, result.kwargs),
            path=task.module_path,
            args=result.args,
            kwargs=result.kwargs,
            due_at=task.run_after or now,
        )
        return result


def _key(*call: Any) -> str:
    return hashlib.sha256(json.dumps(call, sort_keys=True).encode()).hexdigest()
