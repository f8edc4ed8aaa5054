"""Make the main pages and the roles of a fresh installation."""

import logging

from django.core.management.base import BaseCommand

from home.setup import ensure_site


class Command(BaseCommand):
    help = "Makes the main pages in both languages and the roles. Harmless twice."

    def handle(self, *args: object, **options: object) -> None:
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # else a line for every page
        home = ensure_site().home
        self.stdout.write(f"The site stands at {home.full_url}")
