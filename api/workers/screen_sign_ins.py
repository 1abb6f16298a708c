"""Whether a hall screen is signed in, as a reader can tell it: from the database alone.

Only screens: everybody else is signed out when idle, and when somebody was last seen is known to the full server alone.
"""

from dataclasses import dataclass

from api.accounts.idle import IDLE_SECONDS
from api.accounts.tokens import hash_token
from api.clock import Clock
from api.store.accounts import Account, read_signed_in
from api.store.reader import Reader


@dataclass(frozen=True, slots=True)
class ScreenSignIns:
    """The sign-ins of roles that never idle out."""

    reader: Reader
    clock: Clock

    def signed_in(self, token: str, *, by_person: bool = True) -> Account | None:
        """The screen's account; None for anybody else."""
        del by_person
        hashed = hash_token(token)
        account = self.reader.read(lambda connection: read_signed_in(connection, hashed, self.clock.unix()))
        return account if account is not None and IDLE_SECONDS[account.role] is None else None
