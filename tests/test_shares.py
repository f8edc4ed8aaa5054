"""Dealing the suite: each file is in one share, whichever program deals."""

import os
import subprocess
import sys
from pathlib import Path

from tests.keeping import ROOT
from tests.shares import deal

TAKING = {Path(f"test_{number}.py"): 0.1 * (number % 40) for number in range(300)}
DEALING = """
from tests.shares import deal
from tests.test_shares import TAKING
print([sorted(path.name for path in share) for share in deal(TAKING, 3)])
"""


class TestDeal:
    def test_puts_each_file_in_one_share(self):
        shares = deal(TAKING, 3)

        assert set.union(*shares) == set(TAKING)
        assert sum(map(len, shares)) == len(TAKING)

    def test_deals_alike_in_every_program(self):
        assert len({dealt_with(seed) for seed in "1234"}) == 1

    def test_makes_shares_that_take_as_long_as_each_other(self):
        seconds = [sum(TAKING[path] for path in share) for share in deal(TAKING, 3)]

        assert max(seconds) - min(seconds) < 1


def dealt_with(seed: str) -> str:
    """Return how a program deals in which sets are in an order of ``seed``."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", DEALING], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert not done.returncode, done.stderr
    return done.stdout
