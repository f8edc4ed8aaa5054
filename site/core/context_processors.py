"""What the base template needs on every page, without a query."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """Return the site's name, its address, and whether this is the demo."""
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": settings.BASE_URL,
        "is_demo": settings.DEMO,
    }
