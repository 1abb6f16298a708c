"""How often one address may send what costs the server much, before anything of it is read.

A bucket for each kind of request and address fills by the second and gives one token for each request. Reading is not
limited: 500 hall screens and everybody's telephones may follow the log. Buckets are in memory alone; no address is
written anywhere, and the oldest are forgotten first.
"""

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from api.errors import TooManyError
from api.public_service import public_of


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, and `per_second` more of them each second."""

    burst: int
    per_second: float


BALLOTS: Final = Rate(3_000, 300.0)
"""3,000 people who press within ten seconds, through kiosks that all stand behind one address. Cosignatures count here:
15 scrutineers sign a checkpoint for every eight ballots, which is about as many."""

ENTRIES: Final = Rate(600, 60.0)
"""A ceremony of 15 trustees, 32 contests and their shares are some hundred entries, none of which comes in a flood."""

PROPOSALS: Final = Rate(600, 20.0)
"""All 256 that may wait, with two signatures each, at once."""

QUEUES: Final = Rate(1_200, 60.0)
"""200 kiosks that tell of their queues once for each pause, in six contests that are paused together."""

CLAIMS: Final = Rate(40, 1.0)
"""Twenty kiosks that are switched on together, each of which asks twice."""

SIGN_INS: Final = Rate(60, 2.0)
"""A password costs 64 MiB and a tenth of a second: an office of 60 people signs in at once, a guesser tries two a
second, and the lock on the account stops that one long before."""

RATES: Final[dict[str, Rate]] = {
    "/v1/ballots": BALLOTS,
    "/v1/log/cosignatures": BALLOTS,
    "/v1/entries": ENTRIES,
    "/v1/proposals": PROPOSALS,
    "/v1/queues": QUEUES,
    "/v1/enrolments/claims": CLAIMS,
    "/sign-in": SIGN_INS,
    "/enrol": SIGN_INS,
}
"""By the beginning of the path, for POST alone. The longest that fits counts."""

MAX_BUCKETS: Final = 4_096
"""Buckets that are remembered: a hall has hundreds of addresses. Each takes some hundred bytes."""

_NETWORK_BITS: Final = 64
"""Of an IPv6 address: a machine may take any address of its network of this size."""


class Buckets:
    """The buckets of one server."""

    def __init__(self, monotonic: Callable[[], float], limit: int = MAX_BUCKETS) -> None:
        self._monotonic = monotonic
        self._limit = limit
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, path: str, address: str) -> float:
        """Take a token for a request; gives 0, or for how many seconds there is none."""
        kind = kind_of(path)
        if kind is None:
            return 0.0
        rate, now, key = RATES[kind], self._monotonic(), (kind, origin_of(address))
        tokens, then = self._buckets.pop(key, (float(rate.burst), now))
        tokens = min(float(rate.burst), tokens + max(0.0, now - then) * rate.per_second)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / rate.per_second
        self._buckets[key] = (tokens if wait else tokens - 1, now)
        if len(self._buckets) > self._limit:
            self._buckets.popitem(last=False)
        return wait


def kind_of(path: str) -> str | None:
    """Under which beginning of a path a request counts, or None."""
    fitting = [start for start in RATES if path == start or path.startswith(start + "/")]
    return max(fitting, key=len, default=None)


def origin_of(address: str) -> str:
    """Whose bucket an address has."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv6Address) and read.ipv4_mapped is None:
        return str(ipaddress.ip_network((read, _NETWORK_BITS), strict=False))
    return str(read)


async def within_rates(request: Request) -> None:
    """Let a request pass that comes in time. Runs before the policy of the route, and before the body is read.

    Raises:
        TooManyError: too many of its kind came from this address.
    """
    if request.method != "POST":
        return
    buckets: Buckets | None = getattr(request.app.state, "buckets", None)
    if buckets is None:
        buckets = request.app.state.buckets = Buckets(public_of(request).clock.monotonic)
    wait = buckets.take(request.url.path, request.client.host if request.client else "")
    if wait:
        raise TooManyError("too many requests of this kind come from this address", math.ceil(wait))
