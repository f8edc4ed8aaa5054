"""Load the demo's content."""

import logging

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import load


class Command(BaseCommand):
    help = "Loads the demo content: invented people, posts, tools and comments. Harmless twice."

    def handle(self, *args: object, **options: object) -> None:
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # else a line for every page
        if not settings.DEMO:
            raise CommandError("The demo content is for the demo only: its password is public.")
        loaded = load.everything()
        self.stdout.write(
            "The demo content is loaded." if loaded else "The demo content was there."
        )
