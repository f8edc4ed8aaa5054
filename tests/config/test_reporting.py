import gzip
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import sentry_sdk
from django.core.exceptions import ImproperlyConfigured

from config import env, reporting
from tests.check import PRODUCTION, ROOT

# Asks, as somebody would, for a page that fails: nobody answers at the database's port.
SCRIPT = """
import logging, uuid, django
django.setup()
from django.test import Client
import sentry_sdk
from community.subscriptions import tokens

token = tokens.make(tokens.UNSUBSCRIBE, uuid.uuid4())
print(token)
client = Client(
    raise_request_exception=False,
    headers={
        "Host": "estafette.example.org", "X-Forwarded-Proto": "https",
        "User-Agent": "canary-agent", "Sec-Fetch-Site": "same-origin",
    },
    REMOTE_ADDR="192.0.2.77",
)
client.cookies["canary-cookie"] = "canary-value"
client.post("/abonneren/?bron=canary-query", {
    "email": "canary@example.org", "frequency": "weekly", "consent": "on", "naam": "canary-body",
})
client.post(f"/afmelden/{token}/")
logging.getLogger("site").error("No mail for %s", "canary-argument")
sentry_sdk.flush(10)
"""
CANARIES = ["canary", "192.0.2.77", "secret@", "estafette:secret", PRODUCTION["SECRET_KEY"]]


class Sentry:
    """Takes what is reported, on a free port."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())
        self.dsn = f"http://key@127.0.0.1:{self.server.server_address[1]}/1"
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.02])
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def events(self) -> list[dict]:
        lines = [line for taken in self.taken for line in taken.splitlines()]
        found = [json.loads(line) for line in lines if line]
        return [line for line in found if "event_id" in line and "level" in line]

    def _handler(sentry) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler has a self too
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                packed = self.headers.get("Content-Encoding") == "gzip"
                sentry.taken.append((gzip.decompress(body) if packed else body).decode())
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *args) -> None:
                """Say nothing."""

        return Handler


@pytest.mark.long
@pytest.mark.processes
class TestAReport:
    def test_says_what_broke_and_where_and_nothing_about_anybody(self):
        sentry = Sentry()
        database = "postgres://estafette:secret@127.0.0.1:1/estafette"

        done = subprocess.run(
            [sys.executable, "-W", "default", "-c", SCRIPT],
            cwd=ROOT,
            env=PRODUCTION | {"SENTRY_DSN": sentry.dsn, "DATABASE_URL": database},
            check=True,
            capture_output=True,
            text=True,
        )
        sentry.close()

        told = "".join(sentry.taken)
        token = done.stdout.strip()
        assert [canary for canary in [*CANARIES, token] if canary in told] == []
        warned = [line for line in done.stderr.splitlines() if "DeprecationWarning" in line]
        assert [line for line in warned if "sentry" in line or "reporting" in line] == []
        raised = [event for event in sentry.events() if "exception" in event]
        assert {event["exception"]["values"][-1]["type"] for event in raised} == {
            "OperationalError"
        }
        assert {"/abonneren/", "/afmelden/{token}/"} <= {event["transaction"] for event in raised}
        functions = {
            frame["function"]
            for event in raised
            for frame in event["exception"]["values"][-1]["stacktrace"]["frames"]
        }
        assert {"subscribe", "unsubscribe"} <= functions
        assert "No mail for %s" in [
            event["logentry"]["message"] for event in sentry.events() if "logentry" in event
        ]


class TestNothingOfAnybody:
    def test_names_each_kind_of_data_that_the_sdk_would_collect(self):
        client = sentry_sdk.Client(
            default_integrations=False, data_collection=reporting.NOTHING_OF_ANYBODY
        )

        kinds = set(client.options["data_collection"])

        about_code = {"frame_context_lines", "provided_by_user"}
        assert kinds - about_code == set(reporting.NOTHING_OF_ANYBODY)


class TestCleaned:
    def test_leaves_out_what_is_not_on_the_list(self):
        event = {
            "level": "error",
            "user": {"email": "lezer@example.org"},
            "request": {"url": "https://estafette.example.org/afmelden/token/"},
            "extra": {"celery-job": {"args": ["lezer@example.org"]}},
            "breadcrumbs": {"values": [{"message": "SELECT"}]},
            "tags": {"name": "Jan"},
            "contexts": {"new": "invention"},
        }

        assert reporting.cleaned(event) == {"level": "error", "transaction": ""}

    def test_leaves_out_the_address_of_a_page(self):
        event = {"transaction": "/afmelden/token/", "transaction_info": {"source": "url"}}

        assert reporting.cleaned(event) == {}

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ("No mail for jan.de-vries@example.org today", "No mail for (a mailbox) today"),
            ("KeyError: 'Jan de Vries'", "KeyError: (quoted)"),
            ("duplicate key\nDETAIL:  Key (email)=(jan) exists.\nmore", "duplicate key"),
            (None, ""),
        ],
    )
    def test_leaves_out_what_may_be_somebodys_in_what_was_said(self, said, told):
        event = {"exception": {"values": [{"type": "E", "value": said, "stacktrace": None}]}}

        [value] = reporting.cleaned(event)["exception"]["values"]

        assert value == {"type": "E", "value": told, "stacktrace": {"frames": []}}

    def test_leaves_out_the_values_of_variables(self):
        frame = {"function": "f", "lineno": 3, "vars": {"email": "jan"}, "post_context": ["x"]}
        event = {"exception": {"values": [{"type": "E", "stacktrace": {"frames": [frame]}}]}}

        [value] = reporting.cleaned(event)["exception"]["values"]

        assert value["stacktrace"] == {"frames": [{"function": "f", "lineno": 3}]}


class TestStart:
    def test_does_nothing_unless_asked(self, monkeypatch):
        monkeypatch.delenv("SENTRY_DSN", raising=False)
        monkeypatch.setattr(env, "find_spec", lambda package: None)

        reporting.start()

    def test_needs_the_extra(self, monkeypatch):
        monkeypatch.setenv("SENTRY_DSN", "https://key@sentry.example.org/1")
        monkeypatch.setattr(env, "find_spec", lambda package: None)

        with pytest.raises(ImproperlyConfigured, match=r'SENTRY_DSN needs .* extra "sentry"'):
            reporting.start()
