import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.accounts.roles import Role
from api.accounts_command import register
from tests.api.hall import running_hall
from tests.api.people import PASSWORD
from voting_core.errors import InputError
from voting_core.secret import Secret


def run(*arguments: str) -> str:
    app = typer.Typer()
    register(app)
    outcome = CliRunner().invoke(app, ["accounts", *arguments])
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.output


def test_an_account_is_made_and_its_code_enrols(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    said = run("add", "li-na", "--data", data, "--name", "李娜", "--role", "official")
    assert "li-na" in run("list", "--data", data)
    with running_hall(tmp_path / "data") as hall:
        found, _ = hall.service.accounts.begin_enrolment("li-na", said.strip())
        assert found.role is Role.OFFICIAL


def test_a_rehearsal_may_have_ready_accounts(tmp_path: Path) -> None:
    data, file = str(tmp_path / "data"), tmp_path / "password"
    file.write_text(PASSWORD)
    arguments = ("add", "li-na", "--data", data, "--name", "李娜", "--role", "official", "--password-file", str(file))
    with pytest.raises(InputError, match="chooses a password alone"):
        run(*arguments)
    assert not re.search(r"[A-Z2-7]{4}-", run(*arguments, "--simulated"))
    with running_hall(tmp_path / "data", simulated=True, second_factor=False) as hall:
        hall.service.accounts.sign_in("li-na", Secret(PASSWORD), "")


def test_a_password_file_that_cannot_be_read_makes_no_account(tmp_path: Path) -> None:
    arguments = ("add", "li", "--data", str(tmp_path / "d"), "--name", "李", "--role", "desk", "--simulated")
    with pytest.raises(InputError, match="cannot be read"):
        run(*arguments, "--password-file", str(tmp_path / "none"))
