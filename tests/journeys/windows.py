"""Windows of the browser that one person leaves to the next, with nothing of hers in them.

A new window costs as much as reading a page, and its first pages cost twice what later ones do.
"""

from typing import Any

from playwright.sync_api import Browser, Error, Page

NOWHERE = "/robots.txt"  # of the same site, without scripts that would keep something there
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"
PATIENCE = 15_000  # milliseconds
DEFAULT_SIZE = {"width": 1280, "height": 720}


class Windows:
    """Those of one site, by how they were opened."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[Page]] = {}

    def open(self, *, alone: bool, **options: Any) -> Page:
        """Return a window that is new, or as good as new unless it is for one person alone."""
        free = self._free.get(kind(options))
        if free and not alone:
            return free.pop()
        context = self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    def leave(self, page: Page, *, alone: bool, **options: Any) -> None:
        """Leave a window that was opened like that to whoever asks for one like it.

        One that does not let itself be emptied is closed.
        """
        if alone or not self._emptied(page, options):
            page.context.close()
        else:
            self._free.setdefault(kind(options), []).append(page)

    def _emptied(self, page: Page, options: dict[str, Any]) -> bool:
        try:
            for other in page.context.pages:
                if other is not page:
                    other.close()
            page.unroute_all()
            page.goto(NOWHERE)
            page.evaluate(FORGET)
            page.context.clear_cookies()
            page.set_viewport_size(options.get("viewport", DEFAULT_SIZE))
        except Error:
            return False
        return True


def kind(options: dict[str, Any]) -> str:
    return repr(sorted(options.items()))
