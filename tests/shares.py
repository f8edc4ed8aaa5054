"""Dealing the files of tests into shares that take about as long."""

from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# What the longest files take on a quiet machine.
SECONDS = {
    "community/comments/spam/test_bars.py": 20,
    "community/digests/test_runs.py": 20,
    "community/test_enumeration.py": 25,
    "community/test_hidden_pages.py": 40,
    "community/test_hostile_forms.py": 25,
    "community/test_hostile_outputs.py": 35,
    "community/test_twenty_rounds.py": 15,
    "config/test_matrix.py": 40,
    "home/test_load_demo.py": 35,
    "test_linear_time.py": 35,
    "journeys/test_accessibility.py": 110,
    "journeys/test_conversation.py": 60,
    "journeys/test_crawl.py": 70,
    "journeys/test_demo.py": 50,
    "journeys/test_desk.py": 70,
    "journeys/test_faults.py": 110,
    "journeys/test_hostile_texts.py": 70,
    "journeys/test_main_job.py": 50,
    "journeys/test_members.py": 35,
    "journeys/test_notices.py": 40,
    "journeys/test_rules.py": 45,
    "journeys/test_team.py": 85,
    "journeys/test_writing.py": 50,
}
A_TEST = 0.1  # seconds, of any other file; a journey takes more
A_JOURNEY = 3


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
    return SECONDS.get(name, tests * (A_JOURNEY if name.startswith("journeys/") else A_TEST))
