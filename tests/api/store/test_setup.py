"""A draft is replaced whole or not at all, and only by who has seen it."""

import sqlite3

import pytest

from api.errors import SaidError
from api.store.failures import StorageError
from api.store.setup import (
    PendingImport,
    keep_import,
    read_import,
    read_setup,
    read_setup_file,
    replace_setup,
    revision_of,
)
from tests.api.hall import Hall
from tests.faults.faulty_connection import sqlite_error
from voting_core.errors import FatalError

pytestmark = pytest.mark.usefixtures("both_databases")

EMPTY = revision_of({})
A, B = {"session.toml": b"a", "roll.csv": b"b"}, {"session.toml": b"c"}


def files(hall: Hall) -> dict[str, bytes]:
    return hall.service.reader.read(read_setup)


def test_a_draft_is_replaced_by_who_saw_it(empty_hall: Hall) -> None:
    submit = empty_hall.service.writer.submit
    assert submit(replace_setup(A, EMPTY)).result() == revision_of(A)
    assert files(empty_hall) == A
    with pytest.raises(SaidError, match="just changed"):
        submit(replace_setup(B, EMPTY)).result()
    assert files(empty_hall) == A
    submit(replace_setup(B, revision_of(A))).result()
    assert files(empty_hall) == B


def test_one_file_is_read_without_the_others(empty_hall: Hall) -> None:
    def one(name: str) -> bytes | None:
        return empty_hall.service.reader.read(lambda connection: read_setup_file(connection, name))

    assert one("session.toml") is None
    empty_hall.service.writer.submit(replace_setup(A, EMPTY)).result()
    assert (one("session.toml"), one("roll.csv"), one("none")) == (b"a", b"b", None)


def test_the_revision_binds_names_and_contents() -> None:
    drafts = [{}, A, B, {"session.toml": b"ab"}, {"session.tomla": b"b"}, {"roll.csv": b"a", "session.toml": b"b"}]
    assert len({revision_of(one) for one in drafts}) == len(drafts)


@pytest.mark.parametrize("statement", ["DELETE FROM setup_files", "INSERT INTO setup_files", "COMMIT"])
def test_a_failed_write_leaves_the_draft_as_it_was(empty_hall: Hall, statement: str) -> None:
    empty_hall.service.writer.submit(replace_setup(A, EMPTY)).result()
    empty_hall.faults.before[statement] = sqlite_error(sqlite3.SQLITE_FULL)
    with pytest.raises((StorageError, FatalError)):
        empty_hall.service.writer.submit(replace_setup(B, revision_of(A))).result()
    assert files(empty_hall) == A


@pytest.mark.parametrize("both_databases", ["sqlite"], indirect=True)  # PostgreSQL tells what became of it.
def test_after_a_commit_of_unknown_fate_nothing_more_is_written(empty_hall: Hall) -> None:
    empty_hall.faults.after["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
    for _ in range(2):
        with pytest.raises(FatalError):
            empty_hall.service.writer.submit(replace_setup(A, EMPTY)).result()
    assert files(empty_hall) == A


def test_one_upload_is_kept_until_the_draft_changes(empty_hall: Hall) -> None:
    service = empty_hall.service
    assert service.reader.read(read_import) is None
    for content in (b"x", b"y"):
        service.writer.submit(keep_import(PendingImport("roll", "a.csv", content))).result()
    kept = service.reader.read(read_import)
    assert kept == PendingImport("roll", "a.csv", b"y")
    assert kept is not None
    assert kept.digest != PendingImport("roll", "a.csv", b"x").digest
    # The same file for another table is another import: nobody takes it there who looked at it here.
    assert kept.digest != PendingImport("contest:committee", "a.csv", b"y").digest
    service.writer.submit(replace_setup(A, EMPTY)).result()
    assert service.reader.read(read_import) is None


def test_a_failed_upload_keeps_the_earlier_one(empty_hall: Hall) -> None:
    service = empty_hall.service
    service.writer.submit(keep_import(PendingImport("roll", "a.csv", b"x"))).result()
    empty_hall.faults.before["INSERT INTO setup_imports"] = sqlite_error(sqlite3.SQLITE_FULL)
    with pytest.raises(StorageError):
        service.writer.submit(keep_import(PendingImport("roll", "b.csv", b"y"))).result()
    kept = service.reader.read(read_import)
    assert kept is not None
    assert kept.file_name == "a.csv"
