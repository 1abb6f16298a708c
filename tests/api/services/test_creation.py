"""Two officials create a session: each with the own password, over the same facts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.accounts.roles import Role
from api.acts.signing import Signer
from api.errors import MissingError, SaidError
from api.services.creation import (
    countersign_session,
    partners_of,
    propose_session,
    waiting_creations,
    withdraw_session,
)
from api.store.accounts import Account
from tally.drafting.rows import change_row
from tally.drafting.session_edit import SessionFacts, set_session
from tally.drafting.starters import starter_files
from tests.api.hall import Hall, running_hall
from tests.api.people import PASSWORD, enrolled, person
from tests.api.setting_up import put, stored
from tests.support.coroutines import run
from voting_core.secret import Secret


@pytest.fixture
def real(tmp_path: Path) -> Iterator[tuple[Hall, list[Account]]]:
    """A server with three officials."""
    with running_hall(tmp_path / "data") as hall:
        yield hall, [enrolled(hall.service, name, Role.OFFICIAL, name.upper()) for name in ("anna", "bo", "cai")]


def signer(account: Account, password: str = PASSWORD) -> Signer:
    return Signer(account, Secret(password))


def test_one_proposes_and_another_countersigns(real: tuple[Hall, list[Account]]) -> None:
    hall, (anna, bo, cai) = real
    service = hall.service
    put(hall)
    assert [one.id for one in partners_of(service, anna)] == ["bo", "cai"]
    for partner in ("anna", "nobody"):
        with pytest.raises(SaidError, match="another official"):
            run(propose_session(service, signer(anna), partner))
    with pytest.raises(SaidError):
        run(propose_session(service, signer(anna, "wrong wrong wrong"), "bo"))
    assert waiting_creations(service) == ()

    run(propose_session(service, signer(anna), "bo"))
    (waiting,) = waiting_creations(service)
    assert (waiting.body.title, waiting.body.simulated, waiting.signed) == ("小会", False, {anna.signing_key})
    assert service.sequencer.view.log.session is None
    with pytest.raises(SaidError, match="another official countersigns"):
        run(countersign_session(service, signer(anna), waiting.id))
    with pytest.raises(SaidError, match="not one of the two"):
        run(countersign_session(service, signer(cai), waiting.id))
    with pytest.raises(SaidError, match="not one of the two"):
        run(withdraw_session(service, cai, waiting.id))

    # What was proposed is countersigned, or nothing.
    before = stored(hall).files
    put(hall, set_session(before, SessionFacts("small", "另一个会", "congress", "2026-12-08", "")))
    with pytest.raises(SaidError, match="has changed"):
        run(countersign_session(service, signer(bo), waiting.id))
    run(withdraw_session(service, bo, waiting.id))
    with pytest.raises(MissingError):
        run(countersign_session(service, signer(bo), waiting.id))
    put(hall, before)

    run(propose_session(service, signer(anna), "bo"))
    (waiting,) = waiting_creations(service)
    # The roll may still change: it is not in the log.
    put(hall, change_row(before, "roll", 0, {"姓名": "赵二"}))
    assert run(countersign_session(service, signer(bo), waiting.id)).status == "accepted"
    session = service.sequencer.view.log.session
    assert session is not None
    assert set(session.officials) == {anna.signing_key, bo.signing_key}
    assert service.reader.attendance().should_attend == 3
    assert waiting_creations(service) == ()
    with pytest.raises(SaidError, match="created already"):
        run(propose_session(service, signer(anna), "bo"))


def test_an_unfinished_draft_is_not_proposed(empty_hall: Hall) -> None:
    account = Account(id="a", name="A", role=Role.OFFICIAL)
    with pytest.raises(SaidError, match="no draft"):
        run(propose_session(empty_hall.service, signer(account), "b"))
    put(empty_hall, starter_files("blank"))
    with pytest.raises(SaidError, match="checklist"):
        run(propose_session(empty_hall.service, signer(account), "b"))
    put(empty_hall)
    person(empty_hall, Role.SCRUTINEER, "吴六")
    with pytest.raises(SaidError, match="checklist"):
        run(propose_session(empty_hall.service, signer(account), "b"))


def test_a_rehearsal_may_keep_its_samples(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", simulated=True) as hall:
        put(hall, starter_files("blank"))
        account = Account(id="a", name="A", role=Role.OFFICIAL)
        with pytest.raises(SaidError, match="another official"):
            run(propose_session(hall.service, signer(account), "b"))
