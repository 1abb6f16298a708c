"""The first administrator: a new server makes the account, and leaves its one-time code for its owner alone."""

from typing import Final

from api.accounts.accounts import Accounts
from api.accounts.roles import Role
from api.private_file import write_private

FIRST: Final = "admin"


def ensure_first_administrator(accounts: Accounts) -> None:
    """Make the account `admin` when there is none, and write its code to a file that it removes on enrolling.

    Where the power went between the two, nobody could ever enrol: the account that is alone and has no file gets a new
    code.

    Raises:
        InputError: the file cannot be written.
    """
    found, path = accounts.all(), accounts.first_code_file
    if not found:
        code = accounts.create(FIRST, "系统管理员", Role.ADMIN)
    elif [(one.id, one.is_enrolled) for one in found] == [(FIRST, False)] and not path.exists():
        code = accounts.reset(FIRST)
    else:
        return
    # What lies there is of a database that is gone.
    path.unlink(missing_ok=True)
    write_private(path, f"account {FIRST}\ncode {code.reveal()}\n".encode())
