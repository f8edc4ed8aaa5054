"""``manage.py send_digests``: what beat does on schedule, now or as if it were another moment."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community.digests import digests
from mail import delivering

YEARS = range(1971, 9000)  # with room on both sides to count in


class Command(BaseCommand):
    help = "Write the digests that are due, and hand the mails over at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now",
            metavar="ISO8601",
            help="who is due as if it were this moment; without a zone it is Dutch time",
        )
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *, now: str | None, dry_run: bool, **options) -> None:
        moment = timezone.now() if now is None else _moment(now)
        outcome = digests.send_due(now=moment, dry_run=dry_run)
        if not dry_run:
            self._hand_over()
        self.stdout.write(json.dumps(asdict(outcome)))

    def _hand_over(self) -> None:
        """Send what is due. A mail server that is away is no failure: the outbox keeps it all."""
        result = delivering.deliver_all()
        if result.away:
            self.stderr.write("The mail server is away; the mails wait in the outbox.")


def _moment(text: str) -> datetime:
    """Return the aware moment that ``text`` names; raises `CommandError`."""
    shown = repr(text[:40])
    try:
        moment = datetime.fromisoformat(text)
        if timezone.is_naive(moment):
            moment = timezone.make_aware(moment, timezone.get_default_timezone())
    except (ValueError, OverflowError) as error:
        raise CommandError(f"--now: {shown} is not a moment like 2026-11-30T08:00") from error
    if moment.year not in YEARS:
        raise CommandError(f"--now: {shown} is out of reach")
    return moment
