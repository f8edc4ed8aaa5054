"""Which files of tests take long, and dealing them into shares that take as long as each other."""

import os
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
THOROUGH = os.environ.get("THOROUGH") == "1"  # everything of everything, however long it takes
# As in CI: on both databases, and races as long as there is time for.
EVERYWHERE = THOROUGH or os.environ.get("EVERYWHERE") == "1"
QUICK = os.environ.get("QUICK") == "1" and not EVERYWHERE  # without what is marked `long`
# The seconds of a file's tests that are not marked `long`, where it takes more than most,
USUALLY = {
    "community/comments/test_counters.py": 10,
    "community/moderation/test_races.py": 12,
    "home/test_load_demo.py": 9,
    "journeys/test_accessibility.py": 30,
    "journeys/test_conversation.py": 34,
    "journeys/test_demo.py": 5,
    "journeys/test_desk.py": 30,
    "journeys/test_desk_mixed.py": 8,
    "journeys/test_english.py": 6,
    "journeys/test_hostile_texts.py": 1,
    "journeys/test_keyboard.py": 6,
    "journeys/test_main_job.py": 21,
    "journeys/test_members.py": 15,
    "journeys/test_notices.py": 28,
    "journeys/test_own_comments.py": 5,
    "journeys/test_print.py": 1,
    "journeys/test_privacy.py": 1,
    "journeys/test_rules.py": 1,
    "journeys/test_small_screen.py": 5,
    "journeys/test_subscribers.py": 16,
    "journeys/test_team.py": 5,
    "journeys/test_writing.py": 20,
    "mail/test_composing.py": 5,
    "mail/test_viewsets.py": 6,
}
# and of those that are.
LONG = {
    "community/comments/spam/test_bars.py": 4,
    "community/comments/test_races.py": 16,
    "community/digests/test_leaving.py": 6,
    "community/digests/test_runs.py": 20,
    "community/hidden_pages/test_addresses.py": 20,
    "community/hidden_pages/test_lists.py": 15,
    "community/hidden_pages/test_tokens.py": 10,
    "community/moderation/test_matrix.py": 10,
    "community/test_enumeration.py": 15,
    "community/test_hostile_forms.py": 20,
    "community/test_hostile_outputs.py": 60,
    "community/test_tokens_apart.py": 8,
    "community/test_twenty_rounds.py": 8,
    "community/notifications/collecting/test_mail.py": 3,
    "community/notifications/test_cost.py": 5,
    "config/test_database_away.py": 10,
    "config/test_matrix.py": 50,
    "config/test_reporting.py": 5,
    "config/test_supervisor.py": 33,
    "exchange/test_markup.py": 2,
    "journeys/test_accessibility.py": 20,
    "journeys/test_crawl.py": 50,
    "journeys/test_desk.py": 10,
    "journeys/test_desk_mixed.py": 28,
    "journeys/test_faults.py": 110,
    "journeys/test_hostile_texts.py": 30,
    "journeys/test_members.py": 3,
    "journeys/test_privacy.py": 7,
    "journeys/test_rules.py": 15,
    "journeys/test_subscribers.py": 4,
    "journeys/test_team.py": 27,
    "mail/test_kills.py": 35,
    "test_linear_time.py": 20,
}
A_TEST, A_JOURNEY, A_LONG_FILE = 0.1, 3, 20  # seconds, usually


def others(items: list[pytest.Item], share: str) -> set[Path]:
    """Return the files that are not in ``share``, such as 1/2, of those of ``items``."""
    number, count = map(int, share.split("/"))
    taking = seconds(items)
    return set(taking) - deal(taking, count)[number - 1]


def deal(taking: dict[Path, float], count: int) -> list[set[Path]]:
    """Deal files, each with its seconds, into ``count`` shares.

    Each share is run by a program of its own, which deals anew. So nothing here may hang on
    the order of a set, as the last digit of a sum would: a file could end up in no share.
    """
    dealt: list[set[Path]] = [set() for _ in range(count)]
    totals = [0.0] * count
    for path in sorted(taking, key=lambda path: (-taking[path], path)):
        least = totals.index(min(totals))
        dealt[least].add(path)
        totals[least] += taking[path]
    return dealt


def seconds(items: list[pytest.Item]) -> dict[Path, float]:
    """Return what each file of ``items`` takes; its tests are counted where nobody measured."""
    takes: dict[Path, float] = {}
    for path, count in Counter(item.path for item in items if not is_long(item)).items():
        name = name_of(path)
        usual = A_JOURNEY if name.startswith("journeys/") else A_TEST
        takes[path] = USUALLY.get(name, count * usual)
    for path in {item.path for item in items if is_long(item)}:
        takes[path] = takes.get(path, 0) + LONG.get(name_of(path), A_LONG_FILE)
    return takes


def is_long(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is not None


def name_of(path: Path) -> str:
    return str(path.relative_to(HERE))
