"""The real demo, for tests: its own folder, its own port, its own processes."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from config import prepare
from config.demo import web_answers, web_command
from config.leash import Leash
from config.postvak import mails
from tests import migrated
from tests.keeping import ROOT, kept

READY_WITHIN = 120  # seconds, on a machine that does other things too


@dataclass
class Demo:
    """A running demo: where it is read, and where its data lie."""

    url: str
    dir: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    cookies: dict[str, list] = field(default_factory=dict)
    """Those of everyone who logged in, by their names."""

    _inside: subprocess.Popen[str] | None = None
    _mails: dict[str, dict] = field(default_factory=dict)

    def run(self, code: str) -> str:
        """Run ``code`` inside the demo; return what it printed, without the last line's end.

        One program runs all of it, which knows nothing any more of what ran before.
        """
        if self._inside is None:
            self._inside = subprocess.Popen(
                [sys.executable, "-m", "tests.inside"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._inside.stdin
        assert self._inside.stdout
        print(json.dumps(code), file=self._inside.stdin, flush=True)
        answer = json.loads(self._inside.stdout.readline())
        if answer["failed"]:
            raise AssertionError(f"{code}:\n{answer['said']}{answer['failed']}")
        return answer["said"].rstrip("\n")

    def call(self, *command: str) -> str:
        """Run a management command as `run` runs code, which is far less work than `manage`."""
        call = f"call_command(*{command!r})"
        return self.run(f"from django.core.management import call_command\n{call}")

    def manage(self, *arguments: str) -> str:
        """Run a management command against the demo; return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise AssertionError(f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def postvak(self) -> list[dict]:
        """Return the mails that the demo sent, newest first; each is read from its file once.

        The demo reads all of them for each look, and tests look many times a second.
        """
        folder = self.dir / "postvak"
        keys = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)
        for key in keys:
            if key not in self._mails and (mail := mails.get(folder, key)):
                self._mails[key] = as_dict(mail)
        return [self._mails[key] for key in keys if key in self._mails]

    def stop(self) -> int:
        """Ask the supervisor to stop, as Ctrl-C does; return its exit status."""
        self.leave()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def leave(self) -> None:
        """End the program that runs codes."""
        if self._inside is not None:
            self._inside.communicate()
            self._inside = None


def as_dict(mail: mails.Mail) -> dict:
    return {
        "key": mail.key,
        "to": ", ".join(mail.to),
        "subject": mail.subject,
        "headers": dict(mail.headers),
        "text": mail.text,
        "html": mail.html,
    }


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment_for(directory: Path, *, port: int) -> dict[str, str]:
    """Return this process's environment, turned to the demo in ``directory``."""
    unwanted = {"DATABASE_URL", "REDIS_URL", "TEST_DIR", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | {"DEMO_DIR": str(directory), "PORT": str(port)}


def start(directory: Path, **more: str) -> Demo:
    """Start the supervisor on ``directory``, and return once it says that it is ready.

    ``more`` goes into its environment.
    """
    port = free_port()
    environment = environment_for(directory, port=port) | more
    if prepare.done_file(directory).exists():
        set_address(directory, port)
    directory.mkdir(parents=True, exist_ok=True)
    said = directory / "said.log"
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.supervisor"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
    demo = Demo(f"http://127.0.0.1:{port}/", directory, process, environment)
    deadline = time.monotonic() + READY_WITHIN
    while f"Ready: {demo.url}\n" not in said.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise AssertionError(f"The demo did not start. It said: {said.read_text()!r}")
        time.sleep(0.05)
    return demo


def serve(leash: Leash, directory: Path) -> Demo:
    """Serve the pages of the demo in ``directory``, and run nothing else of it."""
    port = free_port()
    set_address(directory, port)
    environment = environment_for(directory, port=port)
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
    command, log = web_command(port), directory / "web.log"
    process = leash.start("web", command, log=log, cwd=ROOT, env=environment)
    deadline = time.monotonic() + READY_WITHIN
    while not web_answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"The demo is not served. It said: {log.read_text()!r}")
        time.sleep(0.05)
    return Demo(f"http://127.0.0.1:{port}/", directory, process, environment)


def set_address(directory: Path, port: int) -> None:
    """Do what `prepare_in` does when nothing but the port is new, without starting Django."""
    with closing(sqlite3.connect(directory / "db.sqlite3")) as database, database:
        database.execute("UPDATE wagtailcore_site SET hostname = '127.0.0.1', port = ?", [port])
    done = prepare.read_done(directory) | {"set_address": f"http://127.0.0.1:{port}"}
    prepare.done_file(directory).write_text(json.dumps(done))


def prepare_in(environment: dict[str, str]) -> None:
    """Do what `make demo` does before it starts the supervisor."""
    command = [sys.executable, "-m", "config.prepare"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def filled(directory: Path) -> Path:
    """Fill ``directory`` with a fresh demo, made once for each state of the code and day."""
    state = f"{prepare.fingerprint(ROOT, '**/*')[:16]}-{datetime.now(tz=UTC):%F}"
    shutil.copytree(kept("filled", state, _fill), directory, dirs_exist_ok=True)
    return directory


def _fill(directory: Path) -> None:
    migrated.lay(directory / "db.sqlite3")
    prepare_in(environment_for(directory, port=8000))
