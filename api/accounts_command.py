"""`plenum accounts`: make accounts from the terminal of the server, before it runs or while nobody sits at a browser.

Nothing here can be done that the administrator's page cannot do, but for one: on a rehearsal server whole accounts can
be made with a password from a file, so that a rehearsal can begin at once.
"""

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from api.accounts.accounts import Accounts
from api.accounts.roles import NAMES, Role
from api.accounts.second_factor import code_at
from api.clock import SystemClock
from api.configuration import configure
from api.service import running_service
from api.settings import Settings
from tally.cli.system import SystemRng
from voting_core.errors import InputError
from voting_core.secret import Secret

_REMEDY: Final = "Give --simulated for a rehearsal, or leave the password to its owner"

Data = Annotated[
    Path | None,
    typer.Option(help="Directory of the session, else that of the settings. No server may run on it."),
]
Database = Annotated[str | None, typer.Option(help="postgresql://user@host/name; else that of the settings.")]
Config = Annotated[Path | None, typer.Option(help="Settings file; else plenum.toml where it is started.")]


def register(app: typer.Typer) -> None:
    """Add the commands `accounts add` and `accounts list`."""
    group = typer.Typer(help="Accounts of the people who work with the service.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_accounts)
    app.add_typer(group, name="accounts")


def add(
    people: Annotated[list[str], typer.Argument(metavar="ID:ROLE:NAME...", help="Such as li-na:official:李娜.")],
    data: Data = None,
    database: Database = None,
    config: Config = None,
    simulated: Annotated[bool, typer.Option("--simulated", help="The server is one for rehearsals.")] = False,
    password_file: Annotated[
        Path | None, typer.Option(help="Rehearsals only: enrol at once, with the password on its first line.")
    ] = None,
) -> None:
    """Make accounts, and print the one-time code with which each person enrols."""
    wanted = [_person(text) for text in people]
    if password_file is not None and not simulated:
        raise InputError("--password-file", "in a real session everybody chooses a password alone", _REMEDY)
    password = None if password_file is None else _password(password_file)
    settings = _settings(data, database, config, simulated=simulated, second_factor=password is None)
    with running_service(settings, clock=SystemClock(), rng=SystemRng()) as service:
        for account, role, name in wanted:
            found = service.accounts.find(account)
            # The first administrator is there from the start; who makes it again by name gets its code.
            waits = found is not None and found.role is role and not found.is_enrolled
            code = service.accounts.reset(account) if waits else service.accounts.create(account, name, role)
            if password is None:
                typer.echo(f"{account} {code.reveal()}")
            else:
                _enrol(service.accounts, account, code, password)


def _person(text: str) -> tuple[str, Role, str]:
    account, _, rest = text.partition(":")
    role, _, name = rest.partition(":")
    if role not in tuple(Role) or not name:
        raise InputError(text, "this is no account", f"Write ID:ROLE:NAME, with one of the roles {', '.join(Role)}")
    return account, Role(role), name


def list_accounts(
    data: Data = None,
    database: Database = None,
    config: Config = None,
    simulated: Annotated[bool, typer.Option("--simulated")] = False,
) -> None:
    """List the accounts."""
    settings = _settings(data, database, config, simulated=simulated)
    with running_service(settings, clock=SystemClock(), rng=SystemRng()) as service:
        table = Table("账户 id", "姓名 name", "角色 role", "状态 state")
        for found in service.accounts.all():
            state = "停用 shut" if found.disabled else "已登记 enrolled" if found.is_enrolled else "待登记 not enrolled"
            table.add_row(found.id, found.name, f"{NAMES[found.role].zh} {NAMES[found.role].en}", state)
        Console().print(table)


def _settings(
    data: Path | None, database: str | None, config: Path | None, *, simulated: bool, second_factor: bool = True
) -> Settings:
    """Those of the server whose accounts these are: accounts in another database would let nobody in."""
    given = {
        "data": data,
        "database": database,
        "simulated": True if simulated else None,
        "second_factor": None if second_factor else False,
    }
    # Nothing is verified here that compiled code would be worth loading for.
    return replace(configure(given, os.environ, config).settings(), fast_backend=False)


def _enrol(accounts: Accounts, account: str, code: Secret[str], password: Secret[str]) -> None:
    found, secret = accounts.begin_enrolment(account, code.reveal())
    accounts.enrol(found.id, code.reveal(), password, code_at(secret, accounts.clock.unix()))


def _password(path: Path) -> Secret[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            str(path), "the password cannot be read from there", "Give a text file with one line"
        ) from error
    return Secret(lines[0] if lines else "")
