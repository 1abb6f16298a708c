"""Talking to the server: one method for each thing that a station asks, with patience.

* A request that gets no answer, or 429 or 503, is sent again a few times; the server treats everything sent twice as
  sent once. `Retry-After` is respected. A server that failed over it (500) has refused nothing, so that counts as no
  answer too.
* What the server refuses comes back as :class:`Refused` with the number of the check, what never got an answer as
  :class:`Unreachable`. A refusal is final, an unreachable server is not.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

import httpx2

from ballots.paper_setting import PaperSetting, PaperUse
from ballots.receipt import Promise, parse_promise
from ballots.screen.words import Said
from kiosk.trust import context_of
from kiosk.wrong_clock import clock_words, misdated_in, time_in, told_time
from tally.cli.system import unix_time
from tally.entries.build import Draft
from tally.entries.entry_type import EntryType
from voting_core.codec import MAX_INTEGER, Fields, JsonObject, JsonValue, b64encode, canonical, hex32
from voting_core.errors import EncodingError, FatalError, InputError, PlenumError
from voting_core.params import MAX_CHALLENGES, MAX_TRUSTEES
from voting_core.secret import Secret

ATTEMPTS: Final = 5
"""How often a request is sent before the server counts as unreachable."""

TIMEOUT_SECONDS: Final = 30.0
HASTY_ATTEMPTS: Final = 2
"""The second one is for a connection that the server closed meanwhile."""

HASTY_SECONDS: Final = 3.0
"""A delegate who waits for three seconds believes that the machine is broken."""

FIRST_PAUSE_SECONDS: Final = 0.2
LONGEST_PAUSE_SECONDS: Final = 5.0
PAGE: Final = 500
"""Entries in one answer."""

_AGAIN: Final = frozenset({429, 500, 502, 503, 504})


class Refused(PlenumError):
    """The server said no. `code` is the number of the check, or the server's own word for the reason."""

    def __init__(self, status: int, code: str, detail: str, extra: JsonObject) -> None:
        remedy = extra.get("remedy")
        super().__init__(f"the server refuses this ({code}): {detail}" + (f". {remedy}" if remedy else ""))
        self.status = status
        self.code = code
        self.detail = detail
        self.extra = extra


class Unreachable(PlenumError):
    """The server gives no answer; what was sent may have arrived."""


class WrongClock(Unreachable):
    """By this machine's clock the server's certificate is not valid, so there is no connection to it.

    Who looks after the station reads it on a screen or in its output, so the message has both languages.
    """

    def __init__(self, said: Said) -> None:
        super().__init__(f"{said.zh} / {said.en}")
        self.said = said


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an entry stands in the log, and size and root of the log that has it."""

    index: int
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class WaitingProposal:
    """A draft that waits for signatures, with those it has."""

    id: str
    draft: Draft
    type: EntryType
    signatures: dict[bytes, bytes]


@dataclass(frozen=True, slots=True)
class CredentialAnswer:
    """What the server says about a card's key in one slot."""

    issued: bool
    voided: bool
    used: bool
    challenges: int


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """As what a station has enrolled; `session` is empty before there is one."""

    role: str
    name: str
    number: int
    session: str


@dataclass
class ServerClient:
    """A client of one server.

    `http` has the server's address as its base; `pause` waits for some seconds, `clock` gives Unix seconds. `token` is
    that of an enrolled station: it goes with proposals and with nothing else, so that no ballot tells which kiosk sent
    it.
    """

    http: httpx2.Client
    pause: Callable[[float], None] = field(default=time.sleep)
    token: Secret[str] | None = None
    attempts: int = ATTEMPTS
    clock: Callable[[], int] = unix_time

    def hasty(self) -> "ServerClient":
        """The same for a station at which somebody stands and waits: what gets no answer is soon given up.

        Nothing is lost by it: the station asks again in its next round, and a ballot waits until it is delivered.
        """
        self.http.timeout = HASTY_SECONDS
        return replace(self, attempts=HASTY_ATTEMPTS)

    # Reading

    def status(self) -> dict[str, Any]:
        """The server's status page."""
        with _documented():
            return dict(self._json("GET", "/v1/status"))

    def server_time(self) -> int | None:
        """The server's clock in Unix seconds, as its answers carry it; None when they carry none."""
        return time_in(self._send("GET", "/v1/status"))

    def paper(self) -> PaperSetting | None:
        """Whether the kiosks of the session print ballots; None where the server knows nothing of it."""
        with _documented():
            fields = Fields(self._json("GET", "/v1/paper"), "answer")
            use, evaluations = fields.choice("use", ("", *PaperUse)), fields.boolean("evaluations")
            return PaperSetting(PaperUse(use), evaluations) if use else None

    def entries(self, start: int) -> list[bytes]:
        """A page of the log from index `start` on; empty when there is nothing more."""
        answer = self._send("GET", "/v1/log/entries", params={"start": start, "limit": PAGE})
        return answer.content.split(b"\n")[:-1]

    def checkpoint(self) -> bytes:
        """The latest checkpoint, with the cosignatures it has."""
        return self._send("GET", "/v1/log/checkpoint").content

    def credential(self, slot: int, key: bytes) -> CredentialAnswer:
        """What became of a card's key; ballots that wait for their batch count."""
        with _documented():
            fields = Fields(self._json("GET", f"/v1/credentials/{slot}/{key.hex()}"), "answer")
            return CredentialAnswer(
                issued=fields.boolean("issued"),
                voided=fields.boolean("voided"),
                used=fields.boolean("used"),
                challenges=fields.integer("challenges", 0, MAX_CHALLENGES),
            )

    def record(self) -> Iterator[bytes]:
        """The record file, in pieces."""
        with self.http.stream("GET", "/v1/record") as answer:
            if answer.status_code != 200:
                answer.read()
                raise _refusal(answer)
            yield from answer.iter_bytes()

    def queues(self, contest: str) -> tuple[bytes, ...]:
        """What the kiosks have said of their queues of a contest, as they signed it."""
        return tuple(self._send("GET", f"/v1/queues/{contest}").content.split(b"\n")[:-1])

    # Writing

    def submit_ballot(self, raw: bytes) -> Promise | None:
        """Send a `ballot.*` entry; gives the promise (None for `ballot.assisted`, which has none)."""
        with _documented():
            value = self._json("POST", "/v1/ballots", content=raw)
            return parse_promise(value) if "ballot" in value else None

    def submit_entry(self, raw: bytes) -> Placed:
        """Send a complete entry of any other type."""
        with _documented():
            fields = Fields(self._json("POST", "/v1/entries", content=raw), "answer")
            return Placed(
                fields.integer("index", 0, MAX_INTEGER), fields.integer("size", 0, MAX_INTEGER), fields.hex("root", 32)
            )

    def tell_queue(self, raw: bytes) -> None:
        """Send this kiosk's statement on its queue."""
        self._send("POST", "/v1/queues", content=raw)

    def cosign(self, size: int, line: bytes) -> None:
        """Send a witness's line under the checkpoint of `size`."""
        self._send("POST", "/v1/log/cosignatures", params={"size": size}, content=line)

    # Proposals

    def proposals(self) -> list[WaitingProposal]:
        """Everything that waits for signatures."""
        with _documented():
            return [_read_proposal(item) for item in self._json("GET", "/v1/proposals")]

    def propose(self, draft: Draft, signatures: dict[bytes, bytes]) -> dict[str, Any]:
        """Leave a draft with the signatures it has so far; gives its status."""
        rows = [{"key": hex32(key), "signature": b64encode(signatures[key])} for key in sorted(signatures)]
        content = canonical({"draft": draft.value, "signatures": rows})
        headers = {} if self.token is None else {"Authorization": f"Bearer {self.token.reveal()}"}
        with _documented():
            return dict(self._json("POST", "/v1/proposals", content=content, headers=headers))

    def sign_proposal(self, proposal_id: str, key: bytes, signature: bytes) -> dict[str, Any]:
        """Add a signature; gives the proposal's status."""
        content = canonical({"key": hex32(key), "signature": b64encode(signature)})
        with _documented():
            return dict(self._json("POST", f"/v1/proposals/{proposal_id}/signatures", content=content))

    # Enrolling

    def claim(self, code: Secret[str], token: Secret[bytes]) -> ClaimAnswer:
        """Use an enrolment code; from now on the token stands for this station."""
        content = canonical({"code": code.reveal(), "token": hex32(token.reveal())})
        with _documented():
            fields = Fields(self._json("POST", "/v1/enrolments/claims", content=content), "answer")
            return ClaimAnswer(
                role=fields.text("role"),
                name=fields.text("name"),
                number=fields.integer("number", 0, MAX_TRUSTEES),
                session=fields.text("session"),
            )

    # Sending

    def _json(self, method: str, path: str, **options: Any) -> Any:
        return self._send(method, path, **options).json()

    def _send(self, method: str, path: str, **options: Any) -> httpx2.Response:
        problem = "no answer"
        for attempt in range(self.attempts):
            wait = min(FIRST_PAUSE_SECONDS * 2**attempt, LONGEST_PAUSE_SECONDS)
            try:
                answer = self.http.request(method, path, **options)
            except httpx2.TransportError as error:
                if misdated := misdated_in(error):
                    # Asked again it would be the same, until somebody sets a clock.
                    raise WrongClock(clock_words(misdated, self.clock(), told_time(str(self.http.base_url)))) from error
                problem = type(error).__name__
            else:
                if answer.status_code == 200:
                    return answer
                if answer.status_code not in _AGAIN:
                    raise _refusal(answer)
                problem = f"status {answer.status_code}"
                wait = _retry_after(answer, wait)
            if attempt < self.attempts - 1:
                self.pause(wait)
        raise Unreachable(f"the server at {self.http.base_url} does not answer ({problem}); check network and server")


def connect(url: str) -> ServerClient:
    """A client of the server at `url`, without a certificate authority of the hall.

    Raises:
        InputError: it is no address of a server.
    """
    return client_of(url, b"")


def client_of(url: str, authority: bytes, token: Secret[str] | None = None) -> ServerClient:
    """A client of the server at `url` that trusts one certificate authority (PEM), or none that is the hall's.

    Proxies of the environment are not used: the hall's network is its own.

    Raises:
        InputError: it is no address of a server, or the authority is no certificate.
    """
    try:
        address = httpx2.URL(url)
        usable = address.scheme in ("http", "https") and bool(address.host)
    except httpx2.InvalidURL:
        usable = False
    if not usable:
        raise InputError("--server", f"{url!r} is not the address of a server", "Write it as http://10.0.0.1:8300")
    trusted = context_of(authority, "certificate authority") if authority else True
    http = httpx2.Client(base_url=url, trust_env=False, timeout=TIMEOUT_SECONDS, verify=trusted)
    return ServerClient(http, token=token)


def _retry_after(answer: httpx2.Response, otherwise: float) -> float:
    said = answer.headers.get("retry-after", "")
    return min(float(said), LONGEST_PAUSE_SECONDS) if said.isdecimal() else otherwise


def _refusal(answer: httpx2.Response) -> Refused:
    try:
        value = answer.json()
    except ValueError:
        value = {}
    value = value if isinstance(value, dict) else {}
    code, detail = str(value.pop("code", "http")), str(value.pop("detail", f"status {answer.status_code}"))
    return Refused(answer.status_code, code, detail, value)


def _read_proposal(value: JsonValue) -> WaitingProposal:
    fields = Fields(value, "proposal")
    draft = fields.object("draft")
    signatures = {row.hex("key", 32): row.b64("signature", 64) for row in fields.rows("signatures")}
    author = Fields(draft, "draft").hex("author", 32)
    type_ = EntryType(Fields(draft, "draft").choice("type", tuple(EntryType)))
    return WaitingProposal(fields.text("id"), Draft(author, draft), type_, signatures)


@contextmanager
def _documented() -> Iterator[None]:
    """Turn an answer that is not in the documented form into one error: whatever answers there is not our server."""
    try:
        yield
    except (EncodingError, KeyError, TypeError, ValueError) as error:
        raise FatalError("the server's answer does not have the documented form; is this the right address?") from error
