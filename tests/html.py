"""What a test asks of a page: its links, its hosts, its words."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

LOADS = re.compile(
    r"""<(?:link|script|img|iframe|source|video|audio)\b[^>]*?\s(?:src|href)="([^"]+)\""""
)
NOT_LOADED = re.compile(r"""<link[^>]*rel="(?:canonical|alternate)"[^>]*>""")


def text_of(response: HttpResponse) -> str:
    """Return the body with all white space as single spaces."""
    return re.sub(r"\s+", " ", response.content.decode())


def foreign_hosts(response: HttpResponse) -> set[str]:
    """Return the hosts, other than this site, that a browser would load something from."""
    loaded = LOADS.findall(NOT_LOADED.sub("", response.content.decode()))
    own = urlsplit(settings.BASE_URL).netloc
    return {urlsplit(address).netloc for address in loaded} - {"", own}
