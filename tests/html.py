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


def row(page: str, words: str) -> list[str]:
    """Return the cells of the row of the table in which ``words`` stand."""
    [found] = [part for part in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if words in part]
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", found, re.DOTALL)
    return [" ".join(cell.split()) for cell in cells]
