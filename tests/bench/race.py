"""Eight writers answer in one thread at once: how many of their comments are lost?

``python -m tests.bench.race`` prints the number for the database of ``DATABASE_URL``.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from config.leash import Leash

ROUNDS, WRITERS, REPLIES, ROOTS = 20, 8, 10, 4


def lost() -> float:
    """Return how many of `ROUNDS` × 84 comments are missing, doubled or miscounted."""
    return float(sum(_round() for _ in range(ROUNDS)))


def lost_on_postgresql() -> float:
    """Return `lost` of a PostgreSQL of our own, which is stopped afterwards."""
    from tests import servers

    leash = Leash()
    with tempfile.TemporaryDirectory(prefix="estafette-race-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL may run as somebody else
        try:
            address = servers.start_postgresql(leash, folder)
            command = [sys.executable, "-m", "tests.bench.race"]
            environment = os.environ | {"DATABASE_URL": address, "TEST_DIR": name}
            done = subprocess.run(command, env=environment, capture_output=True, check=True)
        finally:
            leash.close()
    return float(done.stdout.split()[-1])


def _round() -> int:
    from community.comments import counters, posting
    from community.comments.models import Comment
    from tests import factories
    from tests.races import together

    page = factories.BlogPageFactory()
    roots = [factories.comment(page) for _ in range(ROOTS)]
    writers = iter(range(WRITERS))

    def write() -> None:
        writer = next(writers)
        for number in range(REPLIES):
            posting.post(_reply(page, roots[0], writer, number), is_proven=False)

    errors = [result for result in together(WRITERS, write) if result is not None]
    rows = Comment.objects.on(page)
    paths = list(rows.values_list("path", flat=True))
    kept = dict(rows.values_list("pk", "thread_count"))
    counters.recount(rows)
    wrong = sum(kept[pk] != count for pk, count in rows.values_list("pk", "thread_count"))
    return len(errors) + wrong + abs(ROOTS + WRITERS * REPLIES - len(set(paths)))


def _reply(page, parent, writer: int, number: int):
    from django.utils import timezone

    from community.comments.pipeline import Submission

    return Submission(
        page=page,
        parent=parent,
        name=f"Schrijver {writer}",
        email=f"schrijver{writer}.{page.pk}@example.org",
        text=f"Antwoord {number} van {writer}",
        language="nl",
        now=timezone.now(),
    )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(lost())
