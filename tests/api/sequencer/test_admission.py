"""What a server refuses although replay would take it."""

from pathlib import Path

import pytest

from api.accounts.official_key import open_key
from api.accounts.roles import Role
from tests.api.hall import Hall, running_hall
from tests.api.people import PASSWORD, enrolled
from tests.support.seeded_rng import SeededRng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey


def refused_session(hall: Hall, **changes: object) -> str:
    raw = hall.world.entry(hall.world.session_body(**changes), "session.created", *hall.world.officials)
    problem = hall.refused(raw)
    assert (problem["status"], problem["code"]) == (409, "state")
    return str(problem["detail"])


def test_a_real_server_takes_no_simulated_session(empty_hall: Hall) -> None:
    assert "--simulated" in refused_session(empty_hall, simulated=True)


def test_a_simulated_server_takes_no_real_session(tmp_path: Path) -> None:
    with running_hall(tmp_path, simulated=True) as hall:
        assert "takes no real session" in refused_session(hall, simulated=False)
        hall.post(hall.world.entry(hall.world.session_body(), "session.created", *hall.world.officials))


@pytest.mark.parametrize("key", ["log_key", "service_key"])
def test_a_session_of_another_server_is_refused(empty_hall: Hall, key: str) -> None:
    other = SigningKey.generate(SeededRng("other")).public
    assert "another server" in refused_session(empty_hall, **{key: other})


def test_only_the_expected_officials_create_the_session(tmp_path: Path) -> None:
    expected = tuple(SigningKey.generate(SeededRng(number)) for number in range(2))
    with running_hall(tmp_path, officials=tuple(key.public for key in expected)) as hall:
        assert "other officials" in refused_session(hall)
        hall.world.officials = sorted(expected, key=lambda key: key.public)
        hall.post(hall.world.entry(hall.world.session_body(), "session.created", *hall.world.officials))


def test_a_second_session_is_refused_by_replay(hall: Hall) -> None:
    raw = hall.world.entry(hall.world.session_body(nonce=bytes([1]) * 32), "session.created", *hall.world.officials)
    assert hall.refused(raw)["code"] == "V4.D"


def test_a_stranger_with_two_keys_creates_no_session_where_officials_have_accounts(empty_hall: Hall) -> None:
    service = empty_hall.service
    service.accounts.create("li-na", "李娜", Role.OFFICIAL)
    assert "have enrolled" in refused_session(empty_hall)
    accounts = [enrolled(service, name, Role.OFFICIAL) for name in ("zhao-min", "wang")]
    assert "have enrolled" in refused_session(empty_hall)
    keys = [open_key(account.sealed_key, Secret(PASSWORD)) for account in accounts]
    empty_hall.world.officials = sorted(keys, key=lambda key: key.public)
    service.accounts.set_disabled("wang", disabled=True)
    assert "have enrolled" in refused_session(empty_hall)
    service.accounts.set_disabled("wang", disabled=False)
    raw = empty_hall.world.entry(empty_hall.world.session_body(), "session.created", *empty_hall.world.officials)
    empty_hall.post(raw)


def test_a_server_starts_again_when_an_official_has_a_new_key(tmp_path: Path) -> None:
    with running_hall(tmp_path) as hall:
        hall.vote()
        world = hall.world
        enrolled(hall.service, "li-na", Role.OFFICIAL)
    with running_hall(tmp_path, world=world) as hall:
        assert hall.service.sequencer.view.log.session is not None
