"""Whether every text on screen has its Dutch, fresh and with the same placeholders."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("blog", "community", "tools", "site", "templates")
CATALOGUE = Path("site/locale/nl/LC_MESSAGES/django.po")


def fresh(folder: Path) -> Path:
    """Copy the sources to ``folder`` and collect their texts; return the Dutch catalogue."""
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "site" / "locale").mkdir(exist_ok=True)
    settings.LOCALE_PATHS = [folder / "site" / "locale"]
    os.chdir(folder)
    call_command("makemessages", locale=["nl"], verbosity=0)
    return folder / CATALOGUE


def faults(catalogue: Catalog) -> Iterator[str]:
    """Yield one line for each message that a Dutch reader would not see in good Dutch."""
    for message in catalogue:
        if not message.id:
            continue
        if message.fuzzy:
            yield f"fuzzy: {_named(message)}"
        elif not all(_strings(message)):
            yield f"no Dutch: {_named(message)}"
        else:
            yield from (f"{error}: {_named(message)}" for error in message.check(catalogue))


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _named(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{text!r} ({', '.join(path for path, _ in message.locations)})"


def main() -> int:
    """Print what is missing; return 1 when anything is."""
    with tempfile.TemporaryDirectory() as folder:
        if shutil.which("xgettext"):
            django.setup()
            path = fresh(Path(folder))
        else:
            print("gettext is not installed, so new texts are not looked for.")
            path = ROOT / CATALOGUE
        with path.open("rb") as file:
            found = list(faults(read_po(file, locale="nl")))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
