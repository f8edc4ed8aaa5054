"""Everything that can be said of the code without running the suite.

``python -m tests.check`` runs all checks, two at a time, and shows what those that
fail have to say.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
OUR_APPS = (
    *("home", "blog", "tools", "exchange", "mail", "core", "users"),
    *("comments", "subscriptions", "notifications", "moderation", "digests", "members"),
)
# As a real installation would be set up; nothing here is ever contacted.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "kZ3vR8qT1wX6yB4nM7pL2sD9fG5hJ0cE-check-only-and-never-used-elsewhere",
    "DATABASE_URL": "postgres://estafette:secret@database.example.org/estafette",
    "REDIS_URL": "rediss://broker.example.org:6379/0",
    "EMAIL_URL": "submission://estafette:secret@mail.example.org:587",
    "BASE_URL": "https://estafette.example.org",
    "ALLOWED_HOSTS": "estafette.example.org",
    "DEFAULT_FROM_EMAIL": "Estafette <estafette@example.org>",
}
TEST = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
DEMO = {
    "DJANGO_SETTINGS_MODULE": "config.settings.demo",
    "DEMO_DIR": str(ROOT / ".test" / "check"),
}
DEPLOY = ("check", "--deploy", "--fail-level", "WARNING")

Check = tuple[str, list[str], dict[str, str]]


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


CHECKS: list[Check] = [
    ("types", tool("mypy"), DEMO),
    ("code", tool("ruff", "check", "."), {}),
    ("code, as it is written", tool("ruff", "format", "--check", "."), {}),
    ("who imports whom", tool("lint-imports"), {}),
    ("templates", tool("djlint", "templates", "--lint", "--quiet"), {}),
    ("templates, as they are written", tool("djhtml", "--check", "-t", "4", "templates"), {}),
    ("nothing inline", [sys.executable, "-m", "tests.inline"], {}),
    ("Django", manage("check", "--fail-level", "WARNING"), TEST),
    ("Django, in the demo", manage("check", "--fail-level", "WARNING"), DEMO),
    ("Django, in production", manage(*DEPLOY), PRODUCTION),
    ("migrations", manage("makemigrations", "--check", "--dry-run", *OUR_APPS), TEST),
    ("translations", [sys.executable, "-m", "tests.translations"], TEST),
]


def run(check: Check) -> tuple[str, int, str, float]:
    """Run one check; return its name, its exit status, what it said, and its seconds."""
    name, command, environment = check
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return name, done.returncode, done.stdout, time.monotonic() - began


def main() -> int:
    """Run all checks; return 1 when any fails."""
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for name, status, said, seconds in pool.map(run, CHECKS):
            print(f"{'FAIL' if status else 'ok':4} {name} ({seconds:.1f} s)", flush=True)
            if status:
                print(said, flush=True)
                failed.append(name)
    print(f"Failed: {', '.join(failed)}." if failed else "All is well.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
