"""The first administrator: a new server makes the account, and leaves its one-time code for its owner alone."""

from typing import Final

from api.accounts.accounts import Accounts
from api.accounts.roles import Role
from api.private_file import write_private

FIRST: Final = "admin"


def ensure_first_administrator(accounts: Accounts) -> None:
    """Make the account `admin` when there is none, and write its code to a file that it removes on enrolling.

    Raises:
        InputError: the file cannot be written.
    """
    if accounts.all():
        return
    # The file comes after the account: a code without an account would be worth nothing, and an account without its
    # file is made again below.
    code = accounts.create(FIRST, "系统管理员", Role.ADMIN)
    write_private(accounts.first_code_file, f"account {FIRST}\ncode {code.reveal()}\n".encode())
