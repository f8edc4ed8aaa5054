"""Errors, told to a Sentry or GlitchTip: what broke and where, and nothing about anybody.

What is sent is a list of what may be sent, so that what a later version of the SDK
collects stays here. Bodies, cookies, headers, query strings and the values of
variables do not leave, and neither do addresses of pages: some of them hold a link
that acts for its reader. The pattern of the address, or the task's name, does.
"""

import re
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured

from config import env

DSN = "SENTRY_DSN"
KEPT = {
    "event_id",
    "timestamp",
    "level",
    "platform",
    "logger",
    "environment",
    "release",
    "server_name",
    "sdk",
    "modules",
}
OF_AN_EXCEPTION = {"type", "module", "mechanism"}
OF_A_FRAME = {"filename", "abs_path", "function", "module", "lineno", "in_app", "context_line"}
_OFF = {"mode": "off"}
NOTHING_OF_ANYBODY = {  # what is left out has the SDK's default, which is to collect it
    "user_info": False,
    "cookies": _OFF,
    "http_headers": {"request": _OFF},
    "http_bodies": [],
    "url_query_params": _OFF,
    "graphql": {"document": False, "variables": False},
    "gen_ai": {"inputs": False, "outputs": False},
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
}
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_MAILBOX = re.compile(r"[^\s@<>()\"']+@[^\s@<>()\"']+")
_DETAIL = re.compile(r"\n\s*(DETAIL|CONTEXT):.*", re.DOTALL)  # PostgreSQL shows the row there


def start() -> None:
    """Report this process's errors to ``SENTRY_DSN``, if that is set.

    Raises `ImproperlyConfigured` for one that is odd, and without the packages.
    """
    dsn = env.text(DSN, default="")
    if not dsn:
        return
    env.url(DSN, schemes={"https", "http"})
    env.require(DSN, package="sentry_sdk", extra="sentry")
    import sentry_sdk

    try:
        sentry_sdk.init(
            dsn=dsn,
            before_send=cast(Any, cleaned),
            data_collection=cast(Any, NOTHING_OF_ANYBODY),
            max_request_body_size="never",
            max_breadcrumbs=0,
            auto_session_tracking=False,
        )
    except ValueError as error:
        raise ImproperlyConfigured(f"{DSN} is not like https://key@host/number.") from error


def cleaned(event: dict[str, Any], hint: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what of ``event`` may be sent."""
    clean = {name: value for name, value in event.items() if name in KEPT}
    if event.get("transaction_info", {}).get("source") != "url":  # that one is the address itself
        clean["transaction"] = event.get("transaction", "")
    if "exception" in event:
        clean["exception"] = {"values": [_exception(it) for it in event["exception"]["values"]]}
    if "logentry" in event:
        clean["logentry"] = {"message": _words(event["logentry"].get("message"))}
    return clean


def _exception(raised: dict[str, Any]) -> dict[str, Any]:
    clean = {name: value for name, value in raised.items() if name in OF_AN_EXCEPTION}
    frames = (raised.get("stacktrace") or {}).get("frames", [])
    clean["stacktrace"] = {"frames": [_frame(frame) for frame in frames]}
    return clean | {"value": _words(raised.get("value"))}


def _frame(frame: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in frame.items() if name in OF_A_FRAME}


def _words(said: Any) -> str:
    """Leave out what may be somebody's: mailboxes, what is quoted, and the row itself."""
    words = _DETAIL.sub("", str(said or ""))
    return _MAILBOX.sub("(a mailbox)", _QUOTED.sub("(quoted)", words))
