"""What tests of several folders share."""

import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import uuid4

import pytest

from api.store.database import Database, create_schema, database_at
from api.watching.log import Lines
from tests.api import hall
from tests.faults.samples import SURVIVED, is_empty, left_out, survived
from tests.support.cheap_passwords import cheap_passwords
from tests.support.memory_disk import keep_files_in_memory
from tests.support.postgres import Cluster
from tests.support.ready_tables import ready_tables, tables_as_in_the_product
from tests.support.scheduling import longest_first, scheduler

# Compiling the tests takes ten seconds of every worker and most of every short run; so what is compiled is kept, also
# where the environment says otherwise.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
keep_files_in_memory()

# A worker holds half a gigabyte of modules, sessions and browsers' objects. Looking through it for garbage as often as
# Python does by default takes a tenth of the whole run.
gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several workers run, the longest files begin. A study whose sample is empty is left out, and the summary
    says so; pytest by itself would call it skipped.
    """
    empty = [item for item in items if is_empty(item)]
    if empty:
        config.hook.pytest_deselected(items=empty)
        items[:] = [item for item in items if item not in empty]
    if hasattr(config, "workerinput"):
        longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keeps that order."""
    return scheduler(config, log)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how much of the studies of faults was left out, and after a whole run what was survived."""
    reports = [one for key in ("passed", "failed") for one in terminalreporter.stats.get(key, ())]
    faults = [(PurePosixPath(one.nodeid.split("::")[0]), one) for one in reports]
    faults = [(file.name, one) for file, one in faults if file.parent == PurePosixPath("tests/faults")]
    for line in left_out({name for name, _ in faults}):
        terminalreporter.write_line(f"faults: {line}")
    if os.environ.get("FAULTS") != "all":
        return
    passed = [(name, dict(one.user_properties).get(SURVIVED), one.passed) for name, one in faults]
    once = {name: [good for file, noted, good in passed if file == name and noted is None] for name, _, _ in passed}
    noted = [(str(what), int(number)) for _, found, good in passed if found and good for what, number in [found]]
    for line in survived(noted, {name: (sum(tests), len(tests)) for name, tests in once.items()}):
        terminalreporter.write_line(f"survived: {line}")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords cost next to nothing but where they are tested themselves."""
    with pytest.MonkeyPatch.context() as patch:
        cheap_passwords(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_tables() -> Iterator[None]:
    """New databases get the statements of the first one, but where tables are tested themselves."""
    with pytest.MonkeyPatch.context() as patch:
        ready_tables(patch)
        yield


@pytest.fixture
def tables_of_the_revisions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of a new database are made by the revisions, as in the product."""
    tables_as_in_the_product(monkeypatch)


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """A command that was run in a test logs to the standard error of that test, which is closed after it."""
    yield
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one.formatter, Lines)]:
        root.removeHandler(handler)
        root.setLevel(logging.WARNING)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A real PostgreSQL, started once when the first test asks for it; a machine without one fails and says so."""
    cluster = Cluster()
    yield cluster
    cluster.close()


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Gives the URL of an empty schema; the same name gives the same schema within a test."""
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    prefix = f"t{uuid4().hex}"
    return lambda name="": cluster.url(f"{prefix}_{name}")


@pytest.fixture(params=["sqlite", "postgresql"])
def both_databases(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Runs a test twice; a server that it starts in a directory has its data in the one database, then in the other."""
    if request.param == "postgresql":
        url: Callable[[str], str] = request.getfixturevalue("postgres_url")
        monkeypatch.setattr(hall, "url_of", lambda directory: url(sha256(bytes(directory)).hexdigest()[:16]))
    return str(request.param)


@pytest.fixture
def database(both_databases: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with its tables: first SQLite, then PostgreSQL."""
    url = request.getfixturevalue("postgres_url")("") if both_databases == "postgresql" else ""
    made = database_at(tmp_path / "session.sqlite3", url)
    create_schema(made)
    yield made
    made.close()
