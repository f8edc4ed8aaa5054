"""Compile translations without gettext's tools, which a fresh machine may lack."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(folders: Iterable[Path]) -> list[Path]:
    """Compile each catalogue that is newer than its compiled form; return those compiled."""
    sources = [path for folder in folders for path in sorted(folder.glob("*/LC_MESSAGES/*.po"))]
    return [compile_one(path) for path in sources if _is_stale(path)]


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def compile_one(source: Path) -> Path:
    """Write the compiled form beside ``source``; fuzzy translations are left out."""
    target = source.with_suffix(".mo")
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name)
    with target.with_suffix(".mo.new").open("wb") as file:
        write_mo(file, catalogue)
    return target.with_suffix(".mo.new").replace(target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="*", type=Path, default=[Path("site/locale")])
    compile_all(parser.parse_args().folder)
