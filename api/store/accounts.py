"""Reading and writing accounts and sign-ins. Writes are jobs of the writer, reads functions for the reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.accounts.roles import Role
from api.errors import SaidError
from api.store.database import Connection
from api.store.writer import Work
from ballots.screen.words import Said

MAX_ACCOUNTS: Final = 500
"""Accounts of one session: no congress has more desks, officials, scrutineers and screens together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account, as :class:`api.tables.accounts.AccountRow` describes its fields."""

    id: str
    name: str
    role: Role
    password: str = ""
    totp: bytes = b""
    totp_step: int = 0
    enrolment: bytes = b""
    enrolment_until: int = 0
    failures: int = 0
    locked_until: int = 0
    disabled: bool = False
    signing_key: bytes = b""
    sealed_key: bytes = b""

    @property
    def is_enrolled(self) -> bool:
        """Whether its person has set a password, or it is a screen that signed in once."""
        return bool(self.password) or (self.role is Role.HALL and not self.enrolment)


_COLUMNS: Final = (
    "id, name, role, password, totp, totp_step, enrolment, enrolment_until, failures, locked_until, disabled, "
    "signing_key, sealed_key"
)

# Statements are put together from these constants alone, never from what anybody typed: hence the noqa of S608 below.
_CHANGEABLE: Final = frozenset(_COLUMNS.split(", ")) - {"id"}


def read_account(connection: Connection, account: str) -> Account | None:
    """The account with an id, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM accounts WHERE id = ?", (account,)).fetchone()  # noqa: S608
    return None if row is None else _account(row)


def read_accounts(connection: Connection) -> tuple[Account, ...]:
    """All accounts, by id."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM accounts ORDER BY id").fetchall()  # noqa: S608
    return tuple(map(_account, rows))


def read_official_keys(connection: Connection) -> frozenset[bytes] | None:
    """The signing keys of the officials' accounts that are open; None when there is no account of an official."""
    officials = [account for account in read_accounts(connection) if account.role is Role.OFFICIAL]
    if not officials:
        return None
    return frozenset(one.signing_key for one in officials if one.signing_key and not one.disabled)


def read_signed_in(connection: Connection, token: bytes, now: int) -> Account | None:
    """The account that is signed in with a token's hash, or None; a disabled one never is."""
    row = connection.execute(
        f"SELECT {', '.join('a.' + name for name in _COLUMNS.split(', '))} "  # noqa: S608
        "FROM accounts a JOIN sign_ins s ON s.account = a.id WHERE s.token = ? AND s.until > ? AND NOT a.disabled",
        (token, now),
    ).fetchone()
    return None if row is None else _account(row)


def add_account(account: Account) -> Work[None]:
    """Make an account.

    Raises (through the future):
        SaidError: there is one with this id, or there are too many.
    """

    def work(connection: Connection) -> None:
        if read_account(connection, account.id) is not None:
            raise SaidError(Said("这个账户名已经有人使用", "There is an account with this id already"))
        if connection.execute("SELECT count(*) FROM accounts").fetchone()[0] >= MAX_ACCOUNTS:
            raise SaidError(Said(f"最多 {MAX_ACCOUNTS} 个账户", f"There can be at most {MAX_ACCOUNTS} accounts"))
        connection.execute(
            f"INSERT INTO accounts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                account.id,
                account.name,
                account.role.value,
                account.password,
                account.totp,
                account.totp_step,
                account.enrolment,
                account.enrolment_until,
                account.failures,
                account.locked_until,
                account.disabled,
                account.signing_key,
                account.sealed_key,
            ),
        )

    return work


def change_account(account: str, changes: Mapping[str, Any], *, expected: Account | None = None) -> Work[None]:
    """Change columns of an account. With `expected`, only if it is still as it was when the decision was made.

    Raises (through the future):
        SaidError: there is no such account, or it was changed meanwhile.
    """
    if not _CHANGEABLE.issuperset(changes):
        raise ValueError(f"accounts have no such columns: {sorted(set(changes) - _CHANGEABLE)}")

    def work(connection: Connection) -> None:
        present = read_account(connection, account)
        if present is None or (expected is not None and present != expected):
            raise SaidError(
                Said("账户刚才已被改动，请再试一次", "The account was changed just now; try again"), status=409
            )
        columns = ", ".join(f"{name} = ?" for name in changes)
        connection.execute(f"UPDATE accounts SET {columns} WHERE id = ?", (*changes.values(), account))  # noqa: S608

    return work


def together(*works: Work[None]) -> Work[None]:
    """Several changes in one write: all of them are durable, or none."""

    def work(connection: Connection) -> None:
        for one in works:
            one(connection)

    return work


def note_failure(account: str, lock_of: Callable[[int], int]) -> Work[None]:
    """Count one more wrong attempt, inside the transaction so that attempts at the same moment all count.

    `lock_of` gives, for the number of failures in a row, until when the account is locked (Unix seconds, 0 for not).
    """

    def work(connection: Connection) -> None:
        row = connection.execute("SELECT failures FROM accounts WHERE id = ?", (account,)).fetchone()
        if row is None:
            return
        failures = int(row[0]) + 1
        connection.execute(
            "UPDATE accounts SET failures = ?, locked_until = ? WHERE id = ?", (failures, lock_of(failures), account)
        )

    return work


def add_sign_in(account: str, token: bytes, until: int, now: int) -> Work[None]:
    """Sign somebody in, and forget the sign-ins that are over."""

    def work(connection: Connection) -> None:
        connection.execute("DELETE FROM sign_ins WHERE until <= ?", (now,))
        connection.execute("INSERT INTO sign_ins (token, account, until) VALUES (?, ?, ?)", (token, account, until))

    return work


def remove_sign_in(token: bytes) -> Work[None]:
    """Sign out one place."""

    def work(connection: Connection) -> None:
        connection.execute("DELETE FROM sign_ins WHERE token = ?", (token,))

    return work


def remove_sign_ins(account: str, *, but: bytes = b"") -> Work[None]:
    """Sign an account out everywhere, save in the place with the token's hash `but`."""

    def work(connection: Connection) -> None:
        connection.execute("DELETE FROM sign_ins WHERE account = ? AND token <> ?", (account, but))

    return work


def count_sign_ins(connection: Connection, now: int) -> dict[str, int]:
    """In how many places each account is signed in."""
    rows = connection.execute("SELECT account, count(*) FROM sign_ins WHERE until > ? GROUP BY account", (now,))
    return {row[0]: int(row[1]) for row in rows.fetchall()}


def _account(row: Any) -> Account:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return Account(
        **{
            **values,
            "role": Role(values["role"]),
            "disabled": bool(values["disabled"]),
            **{name: bytes(values[name]) for name in ("totp", "enrolment", "signing_key", "sealed_key")},
        }
    )
