"""The database goes away and comes back under a running site; nobody restarts anything."""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from config.leash import Leash
from tests import migrated, servers
from tests.demo import free_port

pytestmark = [pytest.mark.processes, pytest.mark.long]

ROOT = Path(__file__).resolve().parents[2]
ANSWERED_WITHIN = 3  # seconds, with the database away
READABLE = ["/", "/blog/", "/abonneren/", "/mijn/inloggen/", "/reacties/feed.atom"]
COMMENT = {"name": "Noor", "email": "noor@example.org", "comment": "Blijft dit bewaard?"}


@dataclass
class Site:
    """A running site on a PostgreSQL of its own."""

    url: str
    leash: Leash
    folder: Path

    def ask(self, path: str, form: dict | None = None) -> tuple[int, str, dict]:
        data = urllib.parse.urlencode(form).encode() if form else None
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "nl"}
        request = urllib.request.Request(self.url + path, data=data, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode(), lowered(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), lowered(error.headers)

    def wait_for(self, status: int, path: str = "/") -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if self.ask(path)[0] == status:
                    return
            except OSError:  # not listening yet
                pass
            time.sleep(0.1)
        raise AssertionError(f"{path} does not answer {status}.")


def lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    leash, port = Leash(), free_port()
    with tempfile.TemporaryDirectory(prefix="estafette-away-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL may run as somebody else
        try:
            address = servers.start_postgresql(leash, folder)
            migrated.pour(address)
            environment = os.environ | {
                "DATABASE_URL": address,
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
                "TEST_DIR": name,
            }
            manage = [sys.executable, "manage.py", "setup_site"]
            subprocess.run(manage, cwd=ROOT, env=environment, check=True, capture_output=True)
            granian = [sys.executable, "-m", "granian", "config.wsgi:application"]
            options = (
                f"--interface wsgi --host 127.0.0.1 --port {port} --blocking-threads 2 --no-ws"
            )
            web = [*granian, *options.split()]
            leash.start("web", web, log=folder / "web.log", cwd=ROOT, env=environment)
            running = Site(f"http://127.0.0.1:{port}", leash, folder)
            running.wait_for(200)
            yield running
        finally:
            leash.close()


class TestADatabaseThatIsAway:
    def test_gives_a_page_that_says_so_and_comes_back_by_itself(self, site):
        before = site.leash.processes["web"].pid
        servers.stop_postgresql(site.leash)
        asked = [(path, None) for path in READABLE]
        asked += [("/abonneren/", {**COMMENT, "frequency": "weekly", "consent": "on"})]
        asked += [("/reacties/3/", COMMENT)]

        for path, form in asked:
            began = time.monotonic()
            status, page, headers = site.ask(path, form)
            assert time.monotonic() - began < ANSWERED_WITHIN, path
            assert (status, headers.get("retry-after")) == (503, "30"), path
            assert "De site is er even niet" in page
            assert "no-store" in headers["cache-control"]
            assert "set-cookie" not in headers
            assert not re.search(r"Traceback|psycopg|postgresql|Exception|File &quot;", page)
        assert site.ask("/health/live")[0] == 200
        assert site.ask("/health/ready")[0] == 503

        servers.start_postgresql_again(site.leash, site.folder)

        for path in READABLE:
            assert site.ask(path)[0] == 200, path
        assert site.ask("/health/ready")[0] == 200
        assert site.leash.processes["web"].pid == before
        assert site.leash.processes["web"].poll() is None

    def test_says_so_in_a_static_way(self, site):
        """The page loads nothing that is not a file, and tells nobody what broke."""
        servers.stop_postgresql(site.leash)
        _status, page, _headers = site.ask("/")
        servers.start_postgresql_again(site.leash, site.folder)

        loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
        assert loaded
        assert {link for link in loaded if not link.startswith("/static/")} == {"/"}
