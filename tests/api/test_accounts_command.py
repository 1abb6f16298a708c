import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.accounts.roles import Role
from api.accounts_command import register
from api.store.accounts import read_accounts
from api.store.database import database_at
from api.store.reader import Reader
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
    said = run("add", "li-na:official:李娜", "--data", data)
    assert "li-na" in run("list", "--data", data)
    with running_hall(tmp_path / "data") as hall:
        found, _ = hall.service.accounts.begin_enrolment("li-na", said.split()[-1])
        assert found.role is Role.OFFICIAL


def test_accounts_are_made_where_the_server_looks_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_url: Callable[[str], str]
) -> None:
    url = postgres_url("")
    (tmp_path / "plenum.toml").write_text(f"data = 'data'\ndatabase = '{url}'\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run("add", "li-na:official:李娜")
    assert "li-na" in run("list")
    assert not (tmp_path / "data" / "session.sqlite3").exists()
    database = database_at(tmp_path / "none", url)
    assert "li-na" in {account.id for account in Reader(database).read(read_accounts)}
    database.close()


def test_a_rehearsal_may_have_ready_accounts(tmp_path: Path) -> None:
    data, file = str(tmp_path / "data"), tmp_path / "password"
    file.write_text(PASSWORD)
    arguments = ("add", "li-na:official:李娜", "wang:desk:王芳", "--data", data, "--password-file", str(file))
    with pytest.raises(InputError, match="chooses a password alone"):
        run(*arguments)
    assert not re.search(r"[A-Z2-7]{4}-", run(*arguments, "--simulated"))
    with running_hall(tmp_path / "data", simulated=True, second_factor=False) as hall:
        for account in ("li-na", "wang"):
            hall.service.accounts.sign_in(account, Secret(PASSWORD), "")


def test_a_password_file_that_cannot_be_read_makes_no_account(tmp_path: Path) -> None:
    arguments = ("add", "li:desk:李", "--data", str(tmp_path / "d"), "--simulated")
    with pytest.raises(InputError, match="cannot be read"):
        run(*arguments, "--password-file", str(tmp_path / "none"))


@pytest.mark.parametrize("text", ["li", "li:king:李", "li:desk", "li:desk:"])
def test_what_is_no_account_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="ID:ROLE:NAME"):
        run("add", text, "--data", str(tmp_path / "d"))
