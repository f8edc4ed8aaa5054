"""Pages for machines: where to report a leak, and what crawlers may visit."""

from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from core.addresses import absolute

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /documents/
Disallow: /mijn/

Sitemap: {sitemap}
"""


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of what is not for readers, and show them the way."""
    return _plain(ROBOTS.format(sitemap=absolute("/sitemap.xml")))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for it unbidden, such as with a feed, to the icon."""
    return redirect(static("core/img/favicon.svg"), permanent=True)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell about a leak (RFC 9116)."""
    contact = f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
    lines = {
        "Contact": settings.SECURITY_CONTACT or contact,
        "Expires": settings.SECURITY_TXT_EXPIRES.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": ", ".join(code for code, _ in settings.LANGUAGES),
        "Canonical": absolute("/.well-known/security.txt"),
    }
    return _plain("".join(f"{name}: {value}\n" for name, value in lines.items()))


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
