"""Make the demo's folder ready: tables, static files, translations, content.

What is done is written down with a fingerprint of what it was made from, so that a
second start only does what has changed.
"""

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command

from config import messages

ROOMS = ("blog", "community", "tools", "site")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reset", action="store_true", help="forget the demo's data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
    if parser.parse_args().reset:
        reset(settings.DEMO_DIR)
    else:
        prepare(settings.DEMO_DIR, root=settings.ROOT_DIR)


def prepare(directory: Path, *, root: Path) -> None:
    """Do what has not been done since it last changed; the content is loaded only once."""
    messages.compile_all(settings.LOCALE_PATHS)
    wanted = {
        "migrate": fingerprint(root, "**/migrations/*.py"),
        "collectstatic": fingerprint(root, "**/static/**/*"),
        "load_demo": "once",
        "set_address": settings.BASE_URL,
    }
    done = read_done(directory)
    done_file(directory).write_text(json.dumps(done))  # from now on this is a demo's folder
    todo = [step for step, state in wanted.items() if done.get(step) != state]
    if todo:
        django.setup()
    for step in todo:
        print(f"{step} …", flush=True)
        run(step)
        done[step] = wanted[step]
        done_file(directory).write_text(json.dumps(done))


def run(step: str) -> None:
    if step == "migrate":
        call_command("migrate", interactive=False, verbosity=0)
    elif step == "collectstatic":
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    elif step == "set_address":
        set_address(settings.BASE_URL)
    else:
        call_command(step)
        finish()


def finish() -> None:
    """Do at once what was left to a worker, so that search finds the content from the start."""
    from core import background

    background.run_all()


def set_address(url: str) -> None:
    """Tell Wagtail where its site is, which differs with the port."""
    from wagtail.models import Site

    parts = urlsplit(url)
    Site.objects.filter(is_default_site=True).update(hostname=parts.hostname, port=parts.port)


def fingerprint(root: Path, pattern: str) -> str:
    """Return a digest of the installed packages' versions and of our files that match."""
    files = [root / "requirements.lock"]
    for room in ROOMS:
        files += sorted(path for path in (root / room).glob(pattern) if is_source(path))
    return _digest(str(path.relative_to(root)).encode() + path.read_bytes() for path in files)


def is_source(path: Path) -> bool:
    return path.is_file() and path.suffix not in {".pyc", ".mo"}


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def done_file(directory: Path) -> Path:
    return directory / "prepared.json"


def read_done(directory: Path) -> dict[str, str]:
    try:
        return json.loads(done_file(directory).read_text())
    except FileNotFoundError:
        return {}


def reset(directory: Path) -> None:
    """Forget the demo in ``directory``, unless it runs or is no demo's folder."""
    if not any(directory.iterdir()):
        directory.rmdir()
        return
    if not done_file(directory).exists():
        sys.exit(f"{directory} is not the folder of a demo; nothing is removed.")
    with (directory / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"The demo in {directory} is running; stop it first.")
        shutil.rmtree(directory)


if __name__ == "__main__":
    main()
