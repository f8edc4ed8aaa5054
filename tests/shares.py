"""Which files of tests take long, and dealing them into shares that take as long as each other."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")
HERE = Path(__file__).parent
THOROUGH = os.environ.get("THOROUGH") == "1"  # everything of everything, however long it takes
# As in CI: on both databases, and sweeps and races as long as there is time for.
EVERYWHERE = THOROUGH or os.environ.get("EVERYWHERE") == "1"
# What long files take beside two other shares.
LONG = {
    "community/comments/test_races.py": 15,
    "community/digests/test_runs.py": 10,
    "community/moderation/test_races.py": 15,
    "community/test_hostile_outputs.py": 25,
    "config/test_database_away.py": 10,
    "config/test_matrix.py": 25,
    "config/test_supervisor.py": 35,
    "mail/test_kills.py": 35,
    "test_linear_time.py": 15,
    "journeys/test_accessibility.py": 50,
    "journeys/test_conversation.py": 30,
    "journeys/test_crawl.py": 30,
    "journeys/test_demo.py": 5,
    "journeys/test_desk.py": 50,
    "journeys/test_desk_mixed.py": 35,
    "journeys/test_english.py": 5,
    "journeys/test_faults.py": 85,
    "journeys/test_hostile_texts.py": 50,
    "journeys/test_keyboard.py": 20,
    "journeys/test_main_job.py": 25,
    "journeys/test_members.py": 20,
    "journeys/test_notices.py": 30,
    "journeys/test_own_comments.py": 5,
    "journeys/test_rules.py": 20,
    "journeys/test_small_screen.py": 10,
    "journeys/test_subscribers.py": 30,
    "journeys/test_team.py": 30,
    "journeys/test_writing.py": 20,
}
A_TEST = 0.1  # seconds, of any other file; a journey takes more
A_JOURNEY = 3


def one_in(count: int, items: Sequence[T], turn: int) -> Sequence[T]:
    """Return ``items``, or where time is short one in ``count``: other ones each ``turn``."""
    return items if EVERYWHERE else items[turn % count :: count]


def others(items: list[pytest.Item], share: str) -> set[Path]:
    """Return the files that are not in ``share``, such as 1/2, of those of ``items``."""
    number, count = map(int, share.split("/"))
    taking = seconds(items)
    dealt: list[set[Path]] = [set() for _ in range(count)]
    for path in sorted(taking, key=lambda path: (-taking[path], path)):
        min(dealt, key=lambda files: sum(taking[file] for file in files)).add(path)
    return set(taking) - dealt[number - 1]


def seconds(items: list[pytest.Item]) -> dict[Path, float]:
    """Return what each file of ``items`` takes; its tests are counted where nobody measured."""
    counted = Counter(item.path for item in items)
    return {path: _of(str(path.relative_to(HERE)), count) for path, count in counted.items()}


def _of(name: str, tests: int) -> float:
    return LONG.get(name, tests * (A_JOURNEY if name.startswith("journeys/") else A_TEST))
