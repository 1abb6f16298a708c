"""A clock that keeps a station from its server: by it the server's certificate is not valid yet, or no more.

What a station may do about it is to say so in words, with both times, for otherwise it looks like a broken cable. The
server's time comes over a connection that nobody vouches for, since the one that would be is refused: it is shown to a
person, and nothing else follows from it.
"""

import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Final

import httpx2

from ballots.screen.words import Said
from kiosk.trust import unverified

FAR_SECONDS: Final = 60
"""Clocks that agree so far are right: then it is the certificate that is not."""

LAST_SECOND: Final = 2**32
"""Of the times that are believed to be one (the year 2106): whoever stands in the way could name a time of which no
machine can write the day."""

ASK_SECONDS: Final = 3.0
STATUS_PATH: Final = "/v1/status"


class Misdated(Enum):
    """Why a certificate is not valid by a station's clock; the values are OpenSSL's."""

    EARLY = 9
    LATE = 10


_CODES: Final = frozenset(one.value for one in Misdated)


def misdated_in(error: BaseException) -> Misdated | None:
    """Whether a connection failed over the dates of a certificate."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, ssl.SSLCertVerificationError) and found.verify_code in tuple(
            one.value for one in Misdated
        ):
            return Misdated(found.verify_code)
        found = found.__cause__ or found.__context__
    return None


def time_in(answer: httpx2.Response) -> int | None:
    """The server's clock in Unix seconds, as its answers carry it; None when they carry none."""
    try:
        time = int(parsedate_to_datetime(answer.headers.get("date", "")).timestamp())
    except (ValueError, OverflowError):
        return None
    return time if 0 <= time < LAST_SECOND else None


def told_time(url: str, *, transport: httpx2.BaseTransport | None = None) -> int | None:
    """What the server says the time is, without knowing that it is the server. `transport` is for tests."""
    transport = transport or httpx2.HTTPTransport(verify=unverified(), trust_env=False)
    try:
        # Of an answer that nobody vouches for, and that may have no end, the beginning is read.
        with (
            httpx2.Client(transport=transport, trust_env=False, timeout=ASK_SECONDS) as client,
            client.stream("GET", url.rstrip("/") + STATUS_PATH) as answer,
        ):
            return time_in(answer)
    except httpx2.TransportError:
        return None


def clock_words(misdated: Misdated, ours: int, theirs: int | None) -> Said:
    """What to tell whoever looks after the station: which time each of the two has, and what to do."""
    early = misdated is Misdated.EARLY
    zh = "服务器的证书看来尚未生效" if early else "服务器的证书看来已过期"
    en = f"the server's certificate looks {'not yet valid' if early else 'expired'}"
    if theirs is None:
        return Said(
            f"{zh}。本机时钟是 {_time(ours)}：先看它对不对，再查证书",
            f"{en}. This machine's clock says {_time(ours)}: see whether that is right, then look at the certificate",
        )
    if abs(ours - theirs) <= FAR_SECONDS:
        return Said(
            f"{zh}，本机与服务器的时钟一致（{_time(ours)}）：请管理员用 plenum pki renew 换证书",
            f"{en}, and the clocks of this machine and the server agree ({_time(ours)}): have the administrator renew "
            "it (plenum pki renew)",
        )
    slow = ours < theirs
    return Said(
        f"{zh}：本机时钟 {_time(ours)}，比服务器（{_time(theirs)}）{'慢' if slow else '快'}。把不对的那一个校准；"
        "选票存在本机，校准后自动送达",
        f"{en}: this machine's clock says {_time(ours)} and is {'behind' if slow else 'ahead of'} the server's "
        f"({_time(theirs)}). Set the one that is wrong; ballots are kept here and delivered after that",
    )


def _time(seconds: int) -> str:
    """As the machine's own clock shows it."""
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone():%Y-%m-%d %H:%M}"
