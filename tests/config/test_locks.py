import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["project"]["optional-dependencies"]["demo"],
    *PROJECT["build-system"]["requires"],
]
EXTRAS = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["project"]["optional-dependencies"]["storage"],
    *PROJECT["project"]["optional-dependencies"]["sentry"],
    *PROJECT["build-system"]["requires"],
]
DEVELOPMENT = [*RUNTIME, *EXTRAS, *PROJECT["project"]["optional-dependencies"]["dev"]]
LOCKS = {
    "requirements.lock": RUNTIME,
    "requirements-extras.lock": EXTRAS,
    "requirements-dev.lock": DEVELOPMENT,
    "requirements-next.lock": DEVELOPMENT,
}


def pinned(text: str) -> dict[str, str]:
    """Return the version of each package in a lock file."""
    found = re.findall(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", text, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


@pytest.mark.parametrize(("name", "wanted"), LOCKS.items())
class TestLockFile:
    def test_has_everything_that_the_project_names(self, name, wanted):
        """Run `make lock` when this fails."""
        versions = pinned((ROOT / name).read_text())

        for requirement in map(Requirement, wanted):
            version = versions.get(canonicalize_name(requirement.name))
            assert version, f"{requirement.name} is not in {name}"
            assert requirement.specifier.contains(version), f"{requirement}, not {version}"

    def test_has_a_hash_for_every_package(self, name, wanted):
        lines = re.sub(r"\\\n\s*", "", (ROOT / name).read_text()).splitlines()

        assert all("--hash=sha256:" in line for line in lines)

    def test_names_no_address_and_no_folder(self, name, wanted):
        text = (ROOT / name).read_text()

        assert not re.search(r"://|--index|--find-links|--extra-index|file:| @ |/", text)


class TestDjango:
    def test_is_the_long_term_release_and_the_next_one_is_tried(self):
        versions = {name: pinned((ROOT / name).read_text())["django"] for name in LOCKS}

        assert versions["requirements.lock"] == versions["requirements-dev.lock"]
        assert versions["requirements.lock"] == versions["requirements-extras.lock"]
        assert versions["requirements.lock"].startswith("5.2.")
        assert versions["requirements-next.lock"].startswith("6.1.")
