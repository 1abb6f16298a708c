"""Accounts are written whole or not at all."""

import sqlite3

import pytest

from api.accounts.roles import Role
from api.errors import SaidError
from api.store.accounts import Account, add_account, change_account
from api.store.failures import StorageError
from tests.api.hall import Hall
from tests.faults.faulty_connection import sqlite_error
from voting_core.errors import FatalError

pytestmark = pytest.mark.usefixtures("both_databases")


def test_a_change_holds_what_was_decided_on(empty_hall: Hall) -> None:
    service = empty_hall.service
    account = Account(id="a", name="甲", role=Role.DESK)
    service.writer.submit(add_account(account)).result()
    service.writer.submit(change_account("a", {"failures": 2}, expected=account)).result()
    with pytest.raises(SaidError, match="just now"):
        service.writer.submit(change_account("a", {"failures": 0}, expected=account)).result()
    found = service.accounts.find("a")
    assert found is not None
    assert found.failures == 2
    with pytest.raises(SaidError):
        service.writer.submit(change_account("b", {"failures": 0})).result()
    with pytest.raises(ValueError, match="no such columns"):
        change_account("a", {"id": "b"})


def test_a_failed_write_makes_no_account(empty_hall: Hall) -> None:
    accounts = empty_hall.service.accounts
    empty_hall.faults.before["INSERT INTO accounts"] = sqlite_error(sqlite3.SQLITE_FULL)
    with pytest.raises(StorageError):
        accounts.create("a", "甲", Role.DESK)
    assert accounts.find("a") is None
    accounts.create("a", "甲", Role.DESK)


@pytest.mark.parametrize("both_databases", ["sqlite"], indirect=True)  # PostgreSQL tells what became of it.
def test_after_a_commit_of_unknown_fate_nothing_more_is_written(empty_hall: Hall) -> None:
    accounts = empty_hall.service.accounts
    empty_hall.faults.after["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
    for _ in range(2):
        with pytest.raises(FatalError):
            accounts.create("a", "甲", Role.DESK)
    assert accounts.find("a") is not None
