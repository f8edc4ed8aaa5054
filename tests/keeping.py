"""What takes long to make, made once for each state of what it is made from."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".test"


def kept(kind: str, state: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of that ``kind`` and ``state``; let ``make`` fill it when there is none.

    Others who ask meanwhile wait for it. What was of another state is thrown away.
    """
    KEPT.mkdir(exist_ok=True)
    folder, new = KEPT / f"{kind}-{state}", KEPT / f"{kind}-new"
    with (KEPT / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for older in KEPT.glob(f"{kind}-*"):
                shutil.rmtree(older)
            make(new)
            new.rename(folder)
    return folder
