"""Enrolling, signing in, being locked out, being signed out."""

import sqlite3
from collections.abc import Callable
from functools import partial

import pytest

from api.accounts.accounts import ENROLMENT_SECONDS, FIRST_LOCK_SECONDS, FREE_FAILURES
from api.accounts.guesses import FIRST_SECONDS, FREE
from api.accounts.idle import IDLE_SECONDS, SIGN_IN_SECONDS
from api.accounts.official_key import open_key
from api.accounts.roles import Role
from api.errors import SaidError
from api.store.failures import StorageError
from tests.api.hall import Hall
from tests.api.people import PASSWORD, enrolled, totp_of
from tests.faults.faulty_connection import sqlite_error
from voting_core.secret import Secret

RIGHT = Secret(PASSWORD)


@pytest.mark.usefixtures("both_databases")
def test_an_official_from_enrolment_to_a_new_password(empty_hall: Hall) -> None:
    service, clock = empty_hall.service, empty_hall.clock
    accounts = service.accounts
    official = enrolled(service, "li-na", Role.OFFICIAL, "李娜")
    assert open_key(official.sealed_key, RIGHT).public == official.signing_key
    assert PASSWORD not in repr(official)

    # The code with which she enrolled does not serve again.
    with pytest.raises(SaidError, match="wrong"):
        accounts.sign_in("li-na", RIGHT, totp_of(service, "li-na"))
    clock.day += 30
    token = accounts.sign_in(" LI-NA ", RIGHT, totp_of(service, "li-na")).reveal()
    assert accounts.signed_in(token) is not None
    assert accounts.signed_in(token + "0") is None
    assert accounts.places() == {"li-na": 1}

    clock.day += 30
    other = accounts.sign_in("li-na", RIGHT, totp_of(service, "li-na")).reveal()
    new = Secret("another good password")
    with pytest.raises(SaidError, match="wrong"):
        accounts.change_password(official, new, new, token)
    accounts.change_password(official, RIGHT, new, token)
    assert accounts.signed_in(token) is not None
    assert accounts.signed_in(other) is None
    changed = accounts.find("li-na")
    assert changed is not None
    assert open_key(changed.sealed_key, new).public == official.signing_key

    clock.day += SIGN_IN_SECONDS
    assert accounts.signed_in(token) is None


def test_wrong_attempts_lock_the_account_for_a_while(empty_hall: Hall) -> None:
    service, clock = empty_hall.service, empty_hall.clock
    accounts = service.accounts
    enrolled(service, "wang", Role.DESK)
    clock.day += 30
    code = totp_of(service, "wang")
    for _ in range(FREE_FAILURES):
        with pytest.raises(SaidError, match="wrong"):
            accounts.sign_in("wang", Secret("not the password"), code)
    with pytest.raises(SaidError, match="locked"):
        accounts.sign_in("wang", RIGHT, code)
    clock.day += FIRST_LOCK_SECONDS
    accounts.sign_in("wang", RIGHT, totp_of(service, "wang"))
    found = accounts.find("wang")
    assert found is not None
    assert found.failures == 0


def test_a_stranger_at_the_sign_in_keeps_no_official_from_signing(empty_hall: Hall) -> None:
    service, clock = empty_hall.service, empty_hall.clock
    accounts = service.accounts
    official = enrolled(service, "li-na", Role.OFFICIAL)
    for _ in range(FREE_FAILURES):
        with pytest.raises(SaidError, match="wrong"):
            accounts.begin_enrolment("li-na", "guessed")
    with pytest.raises(SaidError, match="locked"):
        accounts.sign_in("li-na", RIGHT, totp_of(service, "li-na"))
    accounts.check_password(official, RIGHT)
    # Whoever sits at her browser guesses no better for it.
    for _ in range(FREE):
        with pytest.raises(SaidError, match="wrong"):
            accounts.check_password(official, Secret("not the password"))
    with pytest.raises(SaidError, match="locked"):
        accounts.check_password(official, RIGHT)
    clock.now += FIRST_SECONDS
    accounts.check_password(official, RIGHT)
    # Nor do her acts forgive the guesses at the door.
    found = accounts.find("li-na")
    assert found is not None
    assert found.failures == FREE_FAILURES


def test_nobody_and_the_wrong_person_look_the_same(empty_hall: Hall) -> None:
    accounts = empty_hall.service.accounts
    said = []
    accounts.create("new", "新人", Role.DESK)
    for account in ("nobody", "new"):
        with pytest.raises(SaidError) as refused:
            accounts.sign_in(account, RIGHT, "000000")
        said.append((refused.value.said, refused.value.status))
    assert said[0] == said[1]


def test_a_lock_does_not_tell_whether_there_is_an_account(empty_hall: Hall) -> None:
    accounts, clock = empty_hall.service.accounts, empty_hall.clock
    accounts.create("new", "新人", Role.DESK)

    def answers(account: str, times: int) -> list[object]:
        given: list[object] = []
        for number in range(times):
            attempt = partial(accounts.begin_enrolment, account, "guessed")
            with pytest.raises(SaidError) as refused:
                (attempt if number % 2 else partial(accounts.sign_in, account, RIGHT, "000000"))()
            given.append((refused.value.said, refused.value.status))
        return given

    for seconds in (0, FIRST_LOCK_SECONDS, 2 * FIRST_LOCK_SECONDS):
        clock.day += seconds
        clock.now += seconds
        said = [answers(account, FREE_FAILURES + 2) for account in ("new", "Nobody ", "甲" * 500)]
        assert said[0] == said[1] == said[2]
        assert said[0][-1] != said[0][0]


def test_a_place_that_was_signed_out_is_not_remembered(empty_hall: Hall) -> None:
    accounts, clock = empty_hall.service.accounts, empty_hall.clock
    enrolled(empty_hall.service, "wang", Role.DESK)
    clock.day += 30
    token = accounts.sign_in("wang", RIGHT, totp_of(empty_hall.service, "wang")).reveal()
    assert accounts.signed_in(token)
    assert len(accounts.idle) == 1
    accounts.sign_out(token)
    assert len(accounts.idle) == 0


def test_a_one_time_code_serves_once_and_not_for_ever(empty_hall: Hall) -> None:
    accounts, clock = empty_hall.service.accounts, empty_hall.clock
    code = accounts.create("new", "新人", Role.DESK).reveal()
    _, secret = accounts.begin_enrolment("new", code)
    assert accounts.begin_enrolment("new", code)[1].reveal() == secret.reveal()
    with pytest.raises(SaidError, match="six digits"):
        accounts.enrol("new", code, RIGHT, "000000")
    clock.day += ENROLMENT_SECONDS
    with pytest.raises(SaidError, match="out of date"):
        accounts.begin_enrolment("new", code)
    again = accounts.reset("new").reveal()
    assert again != code
    with pytest.raises(SaidError, match="out of date"):
        accounts.begin_enrolment("new", code)


def test_a_reset_takes_the_key_and_the_sign_ins(empty_hall: Hall) -> None:
    service = empty_hall.service
    enrolled(service, "li-na", Role.OFFICIAL)
    empty_hall.clock.day += 30
    token = service.accounts.sign_in("li-na", RIGHT, totp_of(service, "li-na")).reveal()
    service.accounts.reset("li-na")
    found = service.accounts.find("li-na")
    assert found is not None
    assert (found.password, found.totp, found.signing_key, found.sealed_key) == ("", b"", b"", b"")
    assert service.accounts.signed_in(token) is None


def test_a_shut_account_is_out_at_once(empty_hall: Hall) -> None:
    service = empty_hall.service
    account = enrolled(service, "wang", Role.DESK)
    empty_hall.clock.day += 30
    token = service.accounts.sign_in("wang", RIGHT, totp_of(service, "wang")).reveal()
    service.accounts.set_disabled("wang", disabled=True)
    assert service.accounts.signed_in(token) is None
    empty_hall.clock.day += 30
    with pytest.raises(SaidError):
        service.accounts.sign_in("wang", RIGHT, totp_of(service, "wang"))
    with pytest.raises(SaidError):
        service.accounts.check_password(account, RIGHT)


def test_a_code_of_a_shut_account_serves_nobody(empty_hall: Hall) -> None:
    accounts = empty_hall.service.accounts
    codes = {name: accounts.create(name, name, role).reveal() for name, role in (("new", Role.DESK), ("w", Role.HALL))}
    for name in codes:
        accounts.set_disabled(name, disabled=True)
    with pytest.raises(SaidError, match="out of date"):
        accounts.begin_enrolment("new", codes["new"])
    with pytest.raises(SaidError, match="out of date"):
        accounts.connect_screen("w", codes["w"])
    accounts.set_disabled("new", disabled=False)
    accounts.begin_enrolment("new", codes["new"])


def test_who_went_away_is_signed_out(empty_hall: Hall) -> None:
    service, clock = empty_hall.service, empty_hall.clock
    enrolled(service, "wang", Role.OBSERVER)
    clock.day += 30
    token = service.accounts.sign_in("wang", RIGHT, totp_of(service, "wang")).reveal()
    assert service.accounts.signed_in(token) is not None
    clock.now += (IDLE_SECONDS[Role.OBSERVER] or 0) + 1
    assert service.accounts.signed_in(token) is None
    clock.now -= 10**6
    assert service.accounts.signed_in(token) is None


def test_a_screen_needs_its_code_alone(empty_hall: Hall) -> None:
    accounts = empty_hall.service.accounts
    code = accounts.create("hall-1", "主席台大屏", Role.HALL).reveal()
    token = accounts.connect_screen("hall-1", code).reveal()
    screen = accounts.signed_in(token)
    assert screen is not None
    assert screen.role is Role.HALL
    with pytest.raises(SaidError):
        accounts.connect_screen("hall-1", code)
    desk = accounts.create("desk-1", "签到员", Role.DESK).reveal()
    with pytest.raises(SaidError):
        accounts.connect_screen("desk-1", desk)


@pytest.mark.parametrize(
    ("account", "name"), [("", "x"), ("a b", "x"), ("李", "x"), ("x" * 41, "x"), ("ok", " "), ("ok", "x" * 41)]
)
def test_a_malformed_account_is_refused(empty_hall: Hall, account: str, name: str) -> None:
    with pytest.raises(SaidError):
        empty_hall.service.accounts.create(account, name, Role.DESK)


def test_an_id_is_given_once(empty_hall: Hall) -> None:
    accounts = empty_hall.service.accounts
    accounts.create("wang", "王", Role.DESK)
    with pytest.raises(SaidError, match="already"):
        accounts.create("Wang", "汪", Role.DESK)


@pytest.mark.parametrize("statement", ["UPDATE accounts", "DELETE FROM sign_ins"])
@pytest.mark.parametrize("deed", ["reset", "shut", "password"])
def test_an_account_and_its_sign_ins_change_together_or_not_at_all(empty_hall: Hall, statement: str, deed: str) -> None:
    service = empty_hall.service
    account = enrolled(service, "wang", Role.DESK)
    empty_hall.clock.day += 30
    token = service.accounts.sign_in("wang", RIGHT, totp_of(service, "wang")).reveal()
    before = service.accounts.find("wang")
    empty_hall.faults.before[statement] = sqlite_error(sqlite3.SQLITE_FULL)
    new = Secret("another long password")
    deeds: dict[str, Callable[[], object]] = {
        "reset": lambda: service.accounts.reset("wang"),
        "shut": lambda: service.accounts.set_disabled("wang", disabled=True),
        "password": lambda: service.accounts.change_password(account, RIGHT, new, "elsewhere"),
    }
    with pytest.raises(StorageError):
        deeds[deed]()
    assert service.accounts.find("wang") == before
    assert service.accounts.signed_in(token) is not None
