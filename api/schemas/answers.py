"""Bodies of answers. Entries, notes and promises travel as their exact bytes and are not described here."""

from typing import Literal

from pydantic import BaseModel


class Placed(BaseModel):
    """An entry is in the log: its index, and size (entries) and root (hex) of the log that has it."""

    index: int
    size: int
    root: str


class Assisted(BaseModel):
    """A `ballot.assisted` is accepted."""

    id: str


class ContestStatus(BaseModel):
    """A contest as everybody may see it: credentials issued, and ballots cast as far as they are in the log."""

    id: str
    kind: str
    title: dict[str, str]
    status: str
    slot: int
    issued: int
    cast: int
    challenged: int


class Status(BaseModel):
    """The session and its log. Keys and ids are hex; `session` and `fingerprint` are empty before they exist."""

    session: str
    title: str
    simulated: bool
    size: int
    root: str
    fingerprint: str
    log_key: str
    service_key: str
    sealed: bool
    contests: list[ContestStatus]


class Paper(BaseModel):
    """Whether the kiosks of the session print ballots (`off`, `audit`, `record`; empty where nothing is known of it),
    and whether evaluations too.
    """

    use: Literal["", "off", "audit", "record"]
    evaluations: bool


class Proof(BaseModel):
    """A Merkle proof (RFC 9162), hashes in hex; `leaf` is the leaf hash for an inclusion proof, else empty."""

    leaf: str
    hashes: list[str]


class BallotStatus(BaseModel):
    """What became of a ballot: `pending`, `log` with its index, or `unknown`; with its full id, as far as it is known.

    `ambiguous` is the answer for a confirmation code that several ballots have; `ids` names them all.
    """

    status: Literal["pending", "log", "unknown", "ambiguous"]
    id: str | None = None
    index: int | None = None
    ids: list[str] = []


class CredentialStatus(BaseModel):
    """What became of a card's key in one slot."""

    issued: bool
    voided: bool
    used: bool
    challenges: int


class AttendanceTotals(BaseModel):
    """The roll and the hall in numbers."""

    should_attend: int
    on_leave: int
    present: int
    cards_drawn: int


class ProposalStatus(BaseModel):
    """A proposal: who has signed (hex), and whether it waits (`missing` says for what) or is in the log (`index`)."""

    id: str
    type: str
    signers: list[str]
    status: Literal["waiting", "accepted"]
    missing: str = ""
    index: int | None = None


class Health(BaseModel):
    """The server answers."""

    status: Literal["ok"] = "ok"
