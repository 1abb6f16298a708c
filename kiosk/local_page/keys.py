"""Who was let in: the one-time token, and the browsers that have used one."""

import hmac
import secrets
from dataclasses import dataclass
from typing import Final

MAX_SESSIONS: Final = 8
"""Browsers that were let in; the oldest goes when one more comes."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser that was let in: the secret of its forms."""

    csrf: str


class Keys:
    """The token that opens the page once, and the cookies given for it. All are in memory, gone with the process."""

    def __init__(self) -> None:
        self._token = ""
        self._visits: dict[str, Visit] = {}

    def new_token(self) -> str:
        """A token for one opening of the page; one that was given before and not used is void."""
        self._token = secrets.token_urlsafe(32)
        return self._token

    def redeem(self, token: str) -> str | None:
        """The cookie for whoever shows the token, once; None for a wrong or used one."""
        if not self._token or not hmac.compare_digest(token.encode(), self._token.encode()):
            return None
        self._token = ""
        cookie = secrets.token_urlsafe(32)
        while len(self._visits) >= MAX_SESSIONS:
            del self._visits[next(iter(self._visits))]
        self._visits[cookie] = Visit(secrets.token_urlsafe(32))
        return cookie

    def visit(self, cookie: str) -> Visit | None:
        """The browser that has this cookie."""
        return self._visits.get(cookie)


def cookie_name(port: int) -> str:
    """Cookies of one address are shared by all its ports: the name keeps stations of one machine apart."""
    return f"plenum_station_{port}"


def is_own_form(visit: Visit, csrf: str) -> bool:
    """Whether a form was made by a page of this visit."""
    return hmac.compare_digest(csrf.encode(), visit.csrf.encode())
