from pathlib import Path

import pytest

from api.accounts import first
from api.accounts.first import FIRST, ensure_first_administrator
from api.accounts.roles import Role
from tests.api.hall import Hall, running_hall
from tests.api.people import PASSWORD, code_at
from voting_core.secret import Secret


def test_a_new_server_leaves_the_code_of_its_administrator(empty_hall: Hall) -> None:
    accounts, path = empty_hall.service.accounts, empty_hall.settings.first_code_file
    assert path.stat().st_mode & 0o777 == 0o600
    code = path.read_text().split()[-1]
    _, secret = accounts.begin_enrolment(FIRST, code)
    accounts.enrol(FIRST, code, Secret(PASSWORD), code_at(secret, empty_hall.clock.unix()))
    assert not path.exists()
    found = accounts.find(FIRST)
    assert found is not None
    assert found.role is Role.ADMIN
    ensure_first_administrator(accounts)
    assert not path.exists()


def code_in(hall: Hall) -> str:
    return hall.settings.first_code_file.read_text().split()[-1]


def test_a_power_cut_before_the_file_locks_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OSError("the power is gone")

    with monkeypatch.context() as moment:
        moment.setattr(first, "write_private", gone)
        with pytest.raises(OSError, match="power"), running_hall(tmp_path / "data"):
            pass
    with running_hall(tmp_path / "data") as hall:
        hall.service.accounts.begin_enrolment(FIRST, code_in(hall))


def test_a_file_of_a_database_that_is_gone_is_replaced(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        before = code_in(hall)
    for path in (tmp_path / "data").glob("session.sqlite3*"):
        path.unlink()
    with running_hall(tmp_path / "data") as hall:
        assert code_in(hall) != before
        hall.service.accounts.begin_enrolment(FIRST, code_in(hall))


def test_a_restart_keeps_the_code(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        before = hall.settings.first_code_file.read_text()
    with running_hall(tmp_path / "data") as hall:
        assert hall.settings.first_code_file.read_text() == before
