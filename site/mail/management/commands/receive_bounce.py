"""``manage.py receive_bounce < message.eml``: one bounce, complaint or reply of a machine."""

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mail import bounces, reports

MOST = 2 * 1024 * 1024  # bytes; a report comes first, and what it is about after it


class Command(BaseCommand):
    help = "Take one bounce, complaint or automatic reply from standard input."

    def handle(self, **options) -> None:
        try:
            outcome = bounces.receive(sys.stdin.buffer.read(MOST), now=timezone.now())
        except reports.Unreadable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(asdict(outcome)))
