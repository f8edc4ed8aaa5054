"""Celery as in production, but for a test's database, mail server and lease.

``celery -A tests.worker`` with the port of the mail server in ``MAIL_PORT``.
"""

import os

from tests import sender

sender.start_django()
sender.aim(int(os.environ["MAIL_PORT"]))

from config.celery import app  # noqa: E402 - after the settings that it reads

__all__ = ["app"]
