import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from tests.check import PRODUCTION

ROOT = Path(__file__).resolve().parents[2]
OPTIONAL = {"OIDC_NAME": "Stad", "OIDC_CLIENT_ID": "estafette", "OIDC_CLIENT_SECRET": "secret"}
OPTIONAL |= {"OIDC_URL": "https://login.example.org"}
MANDATORY = [name for name in PRODUCTION if name != "DJANGO_SETTINGS_MODULE"]


def start_production(
    environment: dict[str, str], command: tuple[str, ...] = ("manage.py", "diffsettings")
) -> subprocess.CompletedProcess[str]:
    """Load the production settings in a process with nothing but ``environment``."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environment,
        check=False,
        capture_output=True,
        text=True,
    )


def stopping_words(monkeypatch, environment: dict[str, str]) -> str:
    """Load the production settings here, as `start_production` does; return why they stop."""
    for name in os.environ:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for name in ("base", "production"):
        monkeypatch.delitem(sys.modules, f"config.settings.{name}", raising=False)
        monkeypatch.setattr(f"config.settings.{name}", None, raising=False)
    with pytest.raises(SystemExit) as stopped:
        importlib.import_module(PRODUCTION["DJANGO_SETTINGS_MODULE"])
    return str(stopped.value)


@pytest.mark.processes
class TestProduction:
    def test_starts_with_everything_it_needs(self):
        assert "estafette.example.org" in start_production(PRODUCTION).stdout

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("SECRET_KEY", "short"),
            ("OIDC_URL", "https://login.example.org:abc"),
            ("SENTRY_DSN", "https://sentry.example.org/1"),
        ],
    )
    def test_stops_with_one_line(self, name, value):
        done = start_production(PRODUCTION | OPTIONAL | {name: value})

        assert done.returncode == 1
        assert done.stderr.startswith(name)
        assert done.stderr.count("\n") == 1
        assert done.stdout == ""

    @pytest.mark.parametrize(
        "door", ["import config.wsgi", "import config; config.celery_app.conf.x"]
    )
    def test_stops_so_at_every_door(self, door):
        done = start_production({}, ("-c", door))

        assert done.returncode == 1
        assert done.stderr == "SECRET_KEY is missing from the environment.\n"


class TestWhatIsMissing:
    @pytest.mark.parametrize("name", MANDATORY)
    def test_is_named(self, monkeypatch, name):
        given = {key: value for key, value in PRODUCTION.items() if key != name}

        assert stopping_words(monkeypatch, given) == f"{name} is missing from the environment."


class TestWhatIsOdd:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("SECRET_KEY", "short"),
            ("DATABASE_URL", "sqlite:///db.sqlite3"),
            ("DATABASE_URL", "postgres://u:p@h:abc/db"),
            ("DATABASE_URL", "postgres://u:p@h"),
            ("DATABASE_URL", "postgres://["),
            ("REDIS_URL", "redis://broker:99999/0"),
            ("REDIS_URL", "redis://broker/first"),
            ("REDIS_URL", "redis://"),
            ("BASE_URL", "estafette.example.org"),
            ("BASE_URL", "http://["),
            ("BASE_URL", "https://"),
            ("ALLOWED_HOSTS", "https://estafette.example.org"),
            ("DEFAULT_FROM_EMAIL", "Estafette"),
            ("SECURITY_CONTACT", "security@example.org"),
            ("EMAIL_URL", "https://mail.example.org"),
            ("EMAIL_URL", "smtp://mail.example.org:mail"),
            ("TRUSTED_PROXIES", "10.0.0.0/33"),
            ("MEDIA_URL", "media"),
            ("STORAGE_URL", "https://key:secret@s3.example.org/uploads"),
            ("STORAGE_URL", "s3://s3.example.org/uploads"),
            ("STORAGE_URL", "s3://key:secret@s3.example.org"),
            ("STORAGE_URL", "s3://key:secret@s3.example.org:abc/uploads"),
            ("STORAGE_URL", "s3://key:secret@s3.example.org/uploads?regio=x"),
            ("STORAGE_URL", "s3://key:secret@s3.example.org/uploads?address=media"),
            ("FORM_MAILS_PER_HOUR", "0"),
            ("FORM_MAILS_PER_HOUR", "many"),
            ("MAIL_WEBHOOK_SECRET", "x" * 30),
            ("MAIL_WEBHOOK_SECRET", "name:short"),
            ("SENTRY_DSN", "sentry.example.org"),
        ],
    )
    def test_is_named_in_one_line(self, monkeypatch, name, value):
        said = stopping_words(monkeypatch, PRODUCTION | OPTIONAL | {name: value})

        assert said.startswith(name)
        assert "\n" not in said


@pytest.mark.processes
class TestDemo:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("PORT", "abc"),
            ("PORT", "70000"),
            ("PORT", "0"),
            ("PORT", "-1"),
            ("PORT", "\u0661"),
            ("PORT", "9" * 50),
            ("DEMO_DIR", "/dev/null/demo"),
            ("REDIS_URL", "redis://broker:abc/0"),
        ],
    )
    @pytest.mark.parametrize("door", ["config.prepare", "config.supervisor"])
    def test_stops_with_one_line_that_names_what_is_odd(self, tmp_path, door, name, value):
        environment = {"DEMO_DIR": str(tmp_path / "demo"), "PYTHONIOENCODING": "utf-8"}

        done = start_production(environment | {name: value}, ("-m", door))

        assert done.returncode == 1
        assert done.stderr.startswith(name)
        assert done.stderr.count("\n") == 1


class TestText:
    def test_reads_a_secret_from_the_file_that_is_named(self, monkeypatch, tmp_path):
        (tmp_path / "secret").write_text("from the file\n")
        monkeypatch.setenv("THING_FILE", str(tmp_path / "secret"))

        assert env.text("THING") == "from the file"

    def test_names_a_file_that_cannot_be_read(self, monkeypatch, tmp_path):
        monkeypatch.setenv("THING_FILE", str(tmp_path / "none"))

        with pytest.raises(ImproperlyConfigured, match="THING_FILE"):
            env.text("THING")

    def test_takes_an_empty_value_for_a_missing_one(self, monkeypatch):
        monkeypatch.setenv("THING", "")

        with pytest.raises(ImproperlyConfigured, match="THING is missing"):
            env.text("THING")


class TestBoolean:
    @pytest.mark.parametrize(
        ("value", "meaning"), [("1", True), ("Yes", True), ("off", False), ("FALSE", False)]
    )
    def test_understands_yes_and_no(self, monkeypatch, value, meaning):
        monkeypatch.setenv("THING", value)

        assert env.boolean("THING", default=not meaning) is meaning

    @pytest.mark.parametrize("value", ["", "maybe", "2", "\u0661"])
    def test_refuses_anything_else(self, monkeypatch, value):
        monkeypatch.setenv("THING", value)

        with pytest.raises(ImproperlyConfigured, match="THING"):
            env.boolean("THING", default=True)


class TestWords:
    def test_splits_at_commas(self, monkeypatch):
        monkeypatch.setenv("THING", "a.example, b.example,")

        assert env.words("THING") == ["a.example", "b.example"]


class TestMailServer:
    @pytest.mark.parametrize(
        ("address", "port", "use_tls", "use_ssl"),
        [
            ("smtp://mail.example.org", 25, False, False),
            ("submission://mail.example.org", 587, True, False),
            ("smtps://mail.example.org", 465, False, True),
            ("smtps://mail.example.org:4650", 4650, False, True),
        ],
    )
    def test_encrypts_as_the_address_says(self, monkeypatch, address, port, use_tls, use_ssl):
        monkeypatch.setenv("EMAIL_URL", address)

        server = env.mail_server("EMAIL_URL")

        assert (server["port"], server["use_tls"], server["use_ssl"]) == (port, use_tls, use_ssl)

    def test_reads_a_name_and_password_with_odd_characters(self, monkeypatch):
        monkeypatch.setenv(
            "EMAIL_URL", "submission://site%40example.org:p%3A%2Fss@mail.example.org"
        )

        server = env.mail_server("EMAIL_URL")

        assert (server["username"], server["password"]) == ("site@example.org", "p:/ss")

    @pytest.mark.parametrize(
        "address", ["smtp+tls://mail.example.org", "smtp://", "smtp://mail.example.org:mail"]
    )
    def test_refuses_what_it_would_have_to_guess(self, monkeypatch, address):
        monkeypatch.setenv("EMAIL_URL", address)

        with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
            env.mail_server("EMAIL_URL")


class TestUrl:
    @pytest.mark.parametrize(
        "address",
        [
            "postgres://estafette:tops/ecret@database.example.org/estafette",
            "postgres://estafette:\u2100topsecret@database.example.org/estafette",
        ],
    )
    def test_keeps_the_password_out_of_what_it_says(self, monkeypatch, address):
        monkeypatch.setenv("DATABASE_URL", address)

        with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL") as raised:
            env.database("DATABASE_URL")

        assert "tops" not in str(raised.value)


class TestDatabase:
    @pytest.mark.parametrize(
        ("address", "name", "host", "port"),
        [
            ("postgres://u:p@db.example.org:5433/site", "site", "db.example.org", 5433),
            ("postgresql:///site", "site", "", ""),
            ("postgres://%2Fvar%2Frun/site", "site", "/var/run", ""),
        ],
    )
    def test_is_found_over_the_network_and_on_a_socket(
        self, monkeypatch, address, name, host, port
    ):
        monkeypatch.setenv("DATABASE_URL", address)

        found = env.database("DATABASE_URL")

        assert (found["NAME"], found["HOST"], found["PORT"]) == (name, host, port)
        assert found["CONN_HEALTH_CHECKS"] is True


class TestBroker:
    @pytest.mark.parametrize(
        "address",
        ["redis://broker:6379/0", "rediss://:secret@broker", "redis+socket:///run/x.sock"],
    )
    def test_is_found_over_the_network_and_on_a_socket(self, monkeypatch, address):
        monkeypatch.setenv("REDIS_URL", address)

        assert env.broker("REDIS_URL") == address


class TestContact:
    @pytest.mark.parametrize(
        "link", ["", "mailto:security@example.org", "https://example.org/security", "tel:+31201234"]
    )
    def test_is_a_link_or_nothing(self, monkeypatch, link):
        monkeypatch.setenv("SECURITY_CONTACT", link)

        assert env.contact("SECURITY_CONTACT") == link


class TestNetworks:
    def test_reads_both_families(self, monkeypatch):
        monkeypatch.setenv("THING", "10.0.0.0/8,::1")

        assert [str(network) for network in env.networks("THING")] == ["10.0.0.0/8", "::1/128"]
