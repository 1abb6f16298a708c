"""What the page knows of the station at one moment: a value that one thread makes and others read.

Everything in it is public, or the scrutineer's own: no key, no share, no passphrase, no secret of a card.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from kiosk.client import WaitingProposal
from kiosk.trustee_witness import SIGNED_WITH_OTHERS
from tally.entry_words.hindrance import Hindrance
from tally.replay import initial
from tally.state import State

KEPT_NOTES: Final = 40
"""How many of the station's last remarks the page keeps; the log on disk is the full account."""


class Phase(StrEnum):
    """How far the station has come since it was started."""

    RESUMING = "resuming"
    """It replays its own copy of the log."""
    RUNNING = "running"
    FINISHED = "finished"
    """The session is sealed and cosigned to its end; the key file is gone."""
    STOPPED = "stopped"
    """Something is wrong that no later round mends: two logs, or files of another session."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the station said: the name of the event and its fields, none of which is secret."""

    number: int
    event: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The station at one moment.

    `number` grows with every change. `verified` counts the entries replayed with their arguments, also while a replay
    is under way, when `state` is still the one before it; `announced` is the size of the log that the server last
    showed. `mine` is the scrutineer's public signing key, None before the session exists.
    """

    number: int = 0
    phase: Phase = Phase.RESUMING
    index: int = 0
    name: str = ""
    decrypts: bool = True
    state: State = field(default_factory=initial)
    verified: int = 0
    announced: int = 0
    witnessed: int = 0
    connected: bool = False
    mine: bytes | None = None
    has_share: bool = False
    signed_roots: frozenset[str] = frozenset()
    proposals: tuple[WaitingProposal, ...] = ()
    hindrances: Mapping[str, Hindrance] = field(default_factory=dict)
    """Why a proposal cannot enter the log as things stand, by its id."""
    queues: Mapping[str, Mapping[bytes, int]] = field(default_factory=dict)
    """What kiosks have signed about their queues, by contest and kiosk, while voting pauses; checked here."""
    notes: tuple[Note, ...] = ()
    alarm: str = ""

    @property
    def has_session(self) -> bool:
        """Whether the officials have created the session."""
        return self.state.session is not None

    @property
    def to_sign(self) -> tuple[WaitingProposal, ...]:
        """What others have proposed and waits for this scrutineer too."""
        return tuple(item for item in self.proposals if self._is_of_trustees(item) and self.mine not in item.signatures)

    @property
    def proposed(self) -> tuple[WaitingProposal, ...]:
        """What this scrutineer has signed and waits for others."""
        return tuple(item for item in self.proposals if self.mine in item.signatures)

    def _is_of_trustees(self, proposal: WaitingProposal) -> bool:
        if proposal.type not in SIGNED_WITH_OTHERS:
            return False
        # A contest concerns scrutineers only where its smallest cell is waived (SPEC §8.4).
        body = proposal.draft.value["body"]
        contest = body.get("contest") if isinstance(body, dict) else None
        return (
            isinstance(contest, str) or contest is None or (isinstance(contest, dict) and contest.get("waiver") is True)
        )

    def with_note(self, event: str, fields: dict[str, Any]) -> "Snapshot":
        """The same with one remark more; the oldest ones go."""
        number = self.notes[-1].number + 1 if self.notes else 1
        return replace(self, notes=(*self.notes, Note(number, event, fields))[-KEPT_NOTES:])
