"""What the pages of the demo link to, found without a browser."""

import html
import re
import urllib.request

from tests.demo import Demo


def read(address: str) -> str:
    with urllib.request.urlopen(address) as response:
        return response.read().decode()


def first(demo: Demo, index: str, link: str) -> str:
    """Return the first address like ``link`` that the page at ``index`` leads to."""
    content = read(demo.url.rstrip("/") + index).split("<main", 1)[1]
    found = re.search(rf"""<a\b[^<>]*?\shref="({re.escape(link)}[^"]*)\"""", content)
    assert found, f"{index} leads to nothing like {link}."
    return html.unescape(found[1])
