"""Bring a WordPress export in."""

import json
import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug

from core import progress
from exchange.wordpress import importing, reading
from exchange.wordpress.people import Said


class Command(BaseCommand):
    help = (
        "Brings in a WordPress export (WXR 1.0 to 1.2): posts, pages, authors, tags, pictures and "
        "comments. Harmless twice. The last line of output is a JSON object with the counts; "
        "'comments' counts all that were stored, 'held' those among them that wait for an editor."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")
        parser.add_argument("--no-media", action="store_true", help="fetch no pictures")
        parser.add_argument("--chain", default="", help="slug: every post is a link of this chain")
        parser.add_argument("--author-role", default="", help="the role of new authors")
        parser.add_argument("--author-organisation", default="", help="their organisation")
        parser.add_argument(
            "--type",
            action="append",
            choices=["post", "page", "attachment"],
            help="bring in only this; may be given more than once",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Wagtail notes each page that it makes, also those that a dry run takes back.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        try:
            ledger = importing.bring_in(
                options["file"], options=_options(options), progress=progress.bar
            )
        except reading.NotReadable as error:
            raise CommandError(f"{options['file']} cannot be brought in: {error}") from error
        for reason, number in sorted(ledger.reasons.items()):
            self.stderr.write(f"Skipped {number} × {reason}.")
        self.stdout.write(json.dumps(ledger.counts.as_dict()))


def _options(given: dict[str, Any]) -> importing.Options:
    try:
        validate_slug(given["chain"] or "none")
    except ValidationError as error:
        raise CommandError(f"--chain {given['chain']!r} is not a slug.") from error
    return importing.Options(
        dry_run=given["dry_run"],
        media=not given["no_media"],
        chain=given["chain"],
        types=frozenset(given["type"] or ["post", "page", "attachment"]),
        said=Said(role=given["author_role"], organisation=given["author_organisation"]),
    )
