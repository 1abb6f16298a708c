"""Two officials at two browsers write the log; neither can do it alone."""

from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from api.accounts.roles import Role
from api.acts.signing import Signer, countersign, propose, write
from api.errors import MissingError, SaidError
from tally.entries.contests import RulesAdopted
from tally.entries.session import SessionCreated
from tests.api.hall import Hall
from tests.api.people import PASSWORD, enrolled
from tests.api.world import RULES
from tests.support.coroutines import run
from voting_core.errors import PlenumError
from voting_core.secret import Secret

T = TypeVar("T")


def do(work: Coroutine[Any, Any, T]) -> T:
    return run(work)


def signer(hall: Hall, account: str, role: Role = Role.OFFICIAL, password: str = PASSWORD) -> Signer:
    found = hall.service.accounts.find(account) or enrolled(hall.service, account, role)
    return Signer(found, Secret(password))


def session_body(hall: Hall, *signers: Signer) -> SessionCreated:
    keys = sorted(signer.account.signing_key for signer in signers)
    return hall.world.session_body(officials=tuple(keys))


def test_a_session_is_created_by_two(empty_hall: Hall) -> None:
    service = empty_hall.service
    li, wang = signer(empty_hall, "li"), signer(empty_hall, "wang")
    waiting = do(propose(service, li, session_body(empty_hall, li, wang)))
    assert (waiting.status, service.sequencer.view.log.size) == ("waiting", 0)
    with pytest.raises(SaidError, match="another official"):
        do(countersign(service, li, bytes.fromhex(waiting.id)))
    done = do(countersign(service, wang, bytes.fromhex(waiting.id)))
    assert (done.status, service.sequencer.view.log.size) == ("accepted", 1)
    with pytest.raises(MissingError):
        do(countersign(service, wang, bytes.fromhex(waiting.id)))
    assert service.reader.proposals() == ()


def test_a_wrong_password_signs_nothing(empty_hall: Hall) -> None:
    service = empty_hall.service
    li, wang = signer(empty_hall, "li"), signer(empty_hall, "wang")
    body = session_body(empty_hall, li, wang)
    with pytest.raises(SaidError, match="password"):
        do(propose(service, Signer(li.account, Secret("not the password")), body))
    assert service.reader.proposals() == ()
    assert service.sequencer.view.log.size == 0


def test_who_is_no_official_has_no_key(empty_hall: Hall) -> None:
    desk = signer(empty_hall, "zhao", Role.DESK)
    with pytest.raises(SaidError, match="no signing key"):
        do(propose(empty_hall.service, desk, RulesAdopted(RULES.id, RULES.to_json())))


def test_an_official_of_no_session_is_refused(hall: Hall) -> None:
    """The hall's session has two officials of its own; an account is not yet one of them."""
    stranger = signer(hall, "li")
    before = hall.service.sequencer.view
    with pytest.raises(PlenumError, match="has no part"):
        do(propose(hall.service, stranger, RulesAdopted(RULES.id, RULES.to_json())))
    with pytest.raises(PlenumError):
        do(write(hall.service, stranger, RulesAdopted(RULES.id, RULES.to_json())))
    assert hall.service.sequencer.view is before
