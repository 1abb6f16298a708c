"""What people do with accounts: enrol, sign in, sign out, be locked out, be signed out by somebody else.

Every function may take a fifth of a second (Argon2id), so routes call them in a thread.
"""

import hashlib
import hmac
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from api.accounts import second_factor
from api.accounts.guesses import Guesses
from api.accounts.idle import SIGN_IN_SECONDS, IdleWatch
from api.accounts.official_key import new_sealed_key, resealed
from api.accounts.passwords import check_new_password, hash_password, is_password
from api.accounts.roles import SIGNING, WITHOUT_SECOND_FACTOR, Role
from api.accounts.tokens import hash_code, hash_token, new_code, new_token
from api.clock import Clock
from api.errors import SaidError
from api.store import accounts as store
from api.store.accounts import Account
from api.store.reader import Reader
from api.store.writer import Work, Writer
from ballots.screen.words import Said
from voting_core.rng import Rng
from voting_core.secret import Secret

T = TypeVar("T")

ENROLMENT_SECONDS: Final = 72 * 3600
"""How long a one-time code serves: from the day the officials meet to the day of the session."""

FREE_FAILURES: Final = 5
"""Wrong sign-ins in a row before the account is locked."""

FIRST_LOCK_SECONDS: Final = 60
LONGEST_LOCK_SECONDS: Final = 3600
"""The lock doubles with each further failure; it ends by itself, so that nobody can shut officials out for the day."""

MAX_NAME: Final = 40
WRONG: Final = Said(
    "账户、密码或验证码不对。每个验证码只能用一次：刚用过的，等应用显示下一个再试",
    "The account, the password or the code is wrong. Each code works once: if you have just used this one, wait for the"
    " next",
)
WRONG_CODE: Final = Said(
    "账户或一次性登记码不对，或登记码已过期。请核对；仍不行的，请系统管理员重新生成",
    "The account or the code is wrong, or out of date. Compare both; if that does not help, ask the administrator for a"
    " new code",
)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one server. `needs_second_factor` is False only on a rehearsal server that was started so."""

    writer: Writer
    reader: Reader
    clock: Clock
    rng: Rng
    key: Secret[bytes]
    first_code_file: Path
    idle: IdleWatch
    needs_second_factor: bool = True
    guesses: Guesses = field(default_factory=Guesses)
    unknown: Guesses = field(default_factory=Guesses)

    # Reading

    def all(self) -> tuple[Account, ...]:
        """All accounts, by id."""
        return self.reader.read(store.read_accounts)

    def find(self, account: str) -> Account | None:
        """The account with an id."""
        return self.reader.read(lambda connection: store.read_account(connection, account))

    def signed_in(self, token: str, *, by_person: bool = True) -> Account | None:
        """Who is signed in with this token, if it is still good; every call `by_person` keeps it from idling out."""
        hashed = hash_token(token)
        account = self.reader.read(lambda connection: store.read_signed_in(connection, hashed, self.clock.unix()))
        if account is None:
            return None
        if not self.idle.touch(hashed, account.role, by_person=by_person):
            self._write(store.remove_sign_in(hashed))
            return None
        return account

    def places(self) -> dict[str, int]:
        """In how many places each account is signed in."""
        return self.reader.read(lambda connection: store.count_sign_ins(connection, self.clock.unix()))

    # Enrolling

    def create(self, account: str, name: str, role: Role) -> Secret[str]:
        """Make an account; gives the one-time code with which its person enrols.

        Raises:
            SaidError: the id is taken or malformed, or the name is missing.
        """
        if not (1 <= len(account) <= MAX_NAME and account.isascii() and account.replace("-", "").isalnum()):
            raise SaidError(
                Said(
                    "账户名用字母、数字和连字符，不超过 40 个",
                    "An id has up to 40 letters, digits and hyphens",
                )
            )
        if not 1 <= len(name.strip()) <= MAX_NAME:
            raise SaidError(Said("请填写姓名，不超过 40 个字符", "Give the name, of up to 40 characters"))
        code = new_code(self.rng)
        self._write(
            store.add_account(
                Account(id=account.lower(), name=name.strip(), role=role, **self._enrolment(account.lower(), code))
            )
        )
        return code

    def reset(self, account: str) -> Secret[str]:
        """Let somebody enrol again who has lost password or phone. Sign-ins and an official's key are gone with it."""
        code = new_code(self.rng)
        cleared: Mapping[str, Any] = {
            "password": "",
            "totp": b"",
            "failures": 0,
            "locked_until": 0,
            "signing_key": b"",
            "sealed_key": b"",
        }
        changed = store.change_account(account, {**cleared, **self._enrolment(account, code)})
        self._write(store.together(changed, store.remove_sign_ins(account)))
        return code

    def begin_enrolment(self, account: str, code: str) -> tuple[Account, Secret[bytes]]:
        """Check a one-time code; gives the account and its second factor's secret, the same one each time.

        Raises:
            SaidError: the code is wrong or out of date, or the account is locked.
        """
        found = self._with_code(account, code)
        if found.totp:
            return found, second_factor.open_secret(found.totp, found.id, self.key)
        secret = second_factor.new_secret(self.rng)
        sealed = second_factor.seal_secret(secret, found.id, self.key, self.rng)
        self._write(store.change_account(found.id, {"totp": sealed}, expected=found))
        return replace(found, totp=sealed), secret

    def enrol(self, account: str, code: str, password: Secret[str], totp: str) -> Account:
        """Finish enrolling: the person's own password, and a code that shows that the second factor works.

        Raises:
            SaidError: a code is wrong, or the password is weak.
        """
        found, secret = self.begin_enrolment(account, code)
        check_new_password(password, found.id)
        step = second_factor.used_step(secret, totp, self.clock.unix(), 0)
        if step is None and self._is_second_factor_due(found):
            raise SaidError(
                Said(
                    "验证器上的六位数字不对，请等下一个再试",
                    "The six digits are wrong; wait for the next ones",
                )
            )
        public, sealed = new_sealed_key(password, self.rng) if found.role in SIGNING else (b"", b"")
        changes: Mapping[str, Any] = {
            "password": hash_password(password, self.rng),
            "totp_step": step or 0,
            "enrolment": b"",
            "enrolment_until": 0,
            "failures": 0,
            "signing_key": public,
            "sealed_key": sealed,
        }
        self._write(store.change_account(found.id, changes, expected=found))
        if found.role is Role.ADMIN:
            self.first_code_file.unlink(missing_ok=True)
        return replace(found, **changes)

    def connect_screen(self, account: str, code: str) -> Secret[str]:
        """Sign a hall screen in with its one-time code, which is used up.

        Raises:
            SaidError: the code is wrong, or the account is not a screen.
        """
        found = self._with_code(account, code)
        if found.role not in WITHOUT_SECOND_FACTOR:
            raise SaidError(WRONG_CODE)
        self._write(store.change_account(found.id, {"enrolment": b"", "enrolment_until": 0}, expected=found))
        return self._new_sign_in(found)

    # Signing in and out

    def sign_in(self, account: str, password: Secret[str], totp: str) -> Secret[str]:
        """Sign in with password and second factor; gives the token for the cookie.

        Raises:
            SaidError: something is wrong (which, is not told), or the account is locked for a while.
        """
        name = account.strip().lower()
        found = self.find(name)
        self._check_lock(name, found)
        right = is_password(password, found.password if found else "")
        step = 0
        if found is not None and self._is_second_factor_due(found):
            used = self._used_step(found, totp)
            right, step = right and used is not None, used or 0
        if found is None or found.disabled or not right:
            self._failed(name, found)
            raise SaidError(WRONG, status=401)
        self._write(
            store.change_account(
                found.id,
                {"failures": 0, "locked_until": 0, "totp_step": max(step, found.totp_step)},
                expected=found,
            )
        )
        return self._new_sign_in(found)

    def check_password(self, account: Account, password: Secret[str]) -> None:
        """Ask for the password again before something grave.

        Raises:
            SaidError: it is wrong, or was so often that acts are locked for a while (locked sign-ins do not matter).
        """
        now = self.clock.monotonic()
        if wait := self.guesses.wait(account.id, now):
            raise _locked(wait)
        found = self.find(account.id)
        if found is None or found.disabled or not is_password(password, found.password):
            self.guesses.wrong(account.id, now)
            raise SaidError(Said("密码不对", "The password is wrong"))
        self.guesses.right(account.id)

    def change_password(self, account: Account, old: Secret[str], new: Secret[str], token: str) -> None:
        """Change the own password; all other places are signed out.

        Raises:
            SaidError: the old one is wrong, or the new one weak.
        """
        self.check_password(account, old)
        check_new_password(new, account.id)
        found = self.find(account.id)
        if found is None:
            raise SaidError(WRONG, status=401)
        changes: dict[str, Any] = {"password": hash_password(new, self.rng)}
        if found.sealed_key:
            changes["sealed_key"] = resealed(found.sealed_key, old, new, self.rng)
        changed = store.change_account(found.id, changes, expected=found)
        self._write(store.together(changed, store.remove_sign_ins(found.id, but=hash_token(token))))

    def sign_out(self, token: str) -> None:
        """Sign out one place."""
        hashed = hash_token(token)
        self._write(store.remove_sign_in(hashed))
        self.idle.forget(hashed)

    def sign_out_everywhere(self, account: str) -> None:
        """Sign an account out everywhere."""
        self._write(store.remove_sign_ins(account))

    def set_disabled(self, account: str, *, disabled: bool) -> None:
        """Shut an account, or open it again. A shut one is signed out everywhere at once."""
        changed = store.change_account(account, {"disabled": disabled})
        self._write(store.together(changed, store.remove_sign_ins(account)) if disabled else changed)

    # Inside

    def _with_code(self, account: str, code: str) -> Account:
        name = account.strip().lower()
        found = self.find(name)
        self._check_lock(name, found)
        now = self.clock.unix()
        if (
            found is None
            or found.disabled
            or not found.enrolment
            or found.enrolment_until <= now
            or not hmac.compare_digest(hash_code(code, found.id), found.enrolment)
        ):
            self._failed(name, found)
            raise SaidError(WRONG_CODE, status=401)
        return found

    def _is_second_factor_due(self, account: Account) -> bool:
        return self.needs_second_factor and account.role not in WITHOUT_SECOND_FACTOR

    def _used_step(self, account: Account, totp: str) -> int | None:
        if not account.totp:
            return None
        secret = second_factor.open_secret(account.totp, account.id, self.key)
        return second_factor.used_step(secret, totp, self.clock.unix(), account.totp_step)

    def _enrolment(self, account: str, code: Secret[str]) -> dict[str, Any]:
        until = self.clock.unix() + ENROLMENT_SECONDS
        return {"enrolment": hash_code(code.reveal(), account), "enrolment_until": until}

    def _new_sign_in(self, account: Account) -> Secret[str]:
        token, now = new_token(self.rng), self.clock.unix()
        self._write(store.add_sign_in(account.id, hash_token(token.reveal()), now + SIGN_IN_SECONDS, now))
        return token

    def _check_lock(self, name: str, account: Account | None) -> None:
        if account is not None:
            wait: float = max(0, account.locked_until - self.clock.unix())
        else:
            wait = self.unknown.wait(_short(name), self.clock.monotonic())
        if wait:
            raise _locked(wait)

    def _failed(self, name: str, account: Account | None) -> None:
        if account is None:
            self.unknown.wrong(_short(name), self.clock.monotonic())
        else:
            self._write(store.note_failure(account.id, self._lock_of))

    def _lock_of(self, failures: int) -> int:
        over = failures - FREE_FAILURES
        if over < 0:
            return 0
        return self.clock.unix() + min(FIRST_LOCK_SECONDS << min(over, 10), LONGEST_LOCK_SECONDS)

    def _write(self, work: Work[T]) -> T:
        return self.writer.submit(work).result()


def _short(name: str) -> str:
    """What is remembered of a name that no account has: as long as any other, however much was typed."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]


def _locked(seconds: float) -> SaidError:
    minutes = math.ceil(seconds / 60)
    return SaidError(
        Said(
            f"连续输错多次，账户暂时锁定，约 {minutes} 分钟后再试",
            f"Too many wrong attempts: the account is locked; try again in about {minutes} min",
        ),
        status=429,
    )
