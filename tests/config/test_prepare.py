import fcntl
import os

import pytest

from config import prepare


@pytest.fixture
def steps(monkeypatch):
    """The steps that are run, in order, without being run."""
    run: list[str] = []
    monkeypatch.setattr(prepare, "run", run.append)
    monkeypatch.setattr(prepare.django, "setup", lambda: None)
    return run


@pytest.fixture
def root(tmp_path, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    settings.LOCALE_PATHS = []
    (tmp_path / "root" / "blog" / "migrations").mkdir(parents=True)
    (tmp_path / "root" / "blog" / "migrations" / "0001_initial.py").write_text("")
    (tmp_path / "root" / "requirements.lock").write_text("django==5.2\n")
    return tmp_path / "root"


@pytest.fixture
def directory(tmp_path):
    (tmp_path / "demo").mkdir()
    return tmp_path / "demo"


class TestPrepare:
    def test_does_everything_once(self, steps, root, directory):
        prepare.prepare(directory, root=root)
        prepare.prepare(directory, root=root)

        assert steps == ["migrate", "collectstatic", "load_demo", "set_address"]

    def test_migrates_again_when_there_is_a_new_migration(self, steps, root, directory):
        prepare.prepare(directory, root=root)
        steps.clear()
        (root / "blog" / "migrations" / "0002_more.py").write_text("")

        prepare.prepare(directory, root=root)

        assert steps == ["migrate"]

    def test_tells_wagtail_about_another_port(self, steps, root, directory, settings):
        prepare.prepare(directory, root=root)
        steps.clear()
        settings.BASE_URL = "http://127.0.0.1:8001"

        prepare.prepare(directory, root=root)

        assert steps == ["set_address"]

    def test_goes_on_where_it_was_broken_off(self, steps, root, directory, monkeypatch):
        def break_off(step: str) -> None:
            steps.append(step)
            if step == "load_demo":
                raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(prepare, "run", break_off)
            with pytest.raises(KeyboardInterrupt):
                prepare.prepare(directory, root=root)
        steps.clear()

        prepare.prepare(directory, root=root)

        assert steps == ["load_demo", "set_address"]


class TestReset:
    def test_forgets_a_demo(self, steps, root, directory):
        prepare.prepare(directory, root=root)

        prepare.reset(directory)

        assert not directory.exists()

    def test_leaves_any_other_folder_alone(self, directory):
        (directory / "thesis.odt").touch()

        with pytest.raises(SystemExit, match="not the folder of a demo"):
            prepare.reset(directory)

        assert (directory / "thesis.odt").exists()

    def test_leaves_a_running_demo_alone(self, steps, root, directory):
        prepare.prepare(directory, root=root)
        lock = os.open(directory / "lock", os.O_RDWR | os.O_CREAT)
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(SystemExit, match="is running"):
            prepare.reset(directory)

        os.close(lock)
        assert directory.exists()
