"""The real demo and a real browser. Nothing here touches the test database."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import demo as demos
from tests.journeys.people import Person
from tests.journeys.windows import PATIENCE, Windows

expect.set_options(timeout=PATIENCE)  # other shares of the suite use this machine too

HERE = Path(__file__).parent
# The first is the same engine without the window around it, and asks for half the work.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
# The address bar draws its suggestions with two pages of its own in each new window, which
# costs thrice what opening the window does. The last list given is the one that counts, so
# what Playwright turns off is here as well.
UNWANTED = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNWANTED)}",
)


@pytest.hookimpl(trylast=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    if HERE in item.path.parents:
        item.add_marker("journey")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the journeys last: a started browser leaves an event loop, which Django refuses."""
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser on this machine; without one the journey is skipped, or fails when required."""
    named = os.environ.get("CHROMIUM")
    wanted = (named, *BROWSERS) if named else BROWSERS
    found = next(filter(None, map(shutil.which, wanted)), None)
    if found is None:
        reason = f"no Chromium: CHROMIUM is {named!r}, and none of {', '.join(BROWSERS)} is here"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, chromium: str) -> dict:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # for the end of the session, see above
    return browser_type_launch_args | {"executable_path": chromium, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[demos.Demo]:
    """The demo with its content, run by the real supervisor, for all journeys together."""
    running = demos.start(demos.filled(tmp_path_factory.mktemp("demo")))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def windows(browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def people(windows: Windows, demo: demos.Demo) -> Iterator[Callable[..., Person]]:
    """Return a maker of people, each with a browser of their own.

    Who turns its clock opens a window ``alone``: no clock can be turned back.
    """
    opened: list[tuple[Page, dict]] = []

    def person(*, alone: bool = False, **options) -> Person:
        options = {"base_url": demo.url, "locale": "nl-NL", "alone": alone, **options}
        page = windows.open(**options)
        opened.append((page, options))
        return Person(demo, page)

    yield person
    for page, options in opened:
        windows.leave(page, **options)


@pytest.fixture(scope="session")
def post(browser, demo: demos.Demo) -> str:
    """The address of a post with a conversation."""
    page = browser.new_page(base_url=demo.url, locale="nl-NL")
    page.goto("/blog/")
    page.locator(".card", has_text=re.compile(r"\d reacties")).locator("a").first.click()
    expect(page.locator(".comment").first).to_be_visible()
    address = page.url
    page.close()
    return address
