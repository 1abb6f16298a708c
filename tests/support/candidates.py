"""Entries that a session might get at some point: the right ones, and such as are nearly right.

A candidate is an entry of a whole session, or of a type that it has not, which may be out of place, have one thing in
its body changed, be signed by others, or name another log. It is always signed for the log to which it is offered, so
that what refuses it is seldom the signature.
"""

import copy
import json
import random  # noqa: TID251  # which entries are offered is no secret
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tally.entries.build import draft_entry
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Seen, decode_entry
from tally.state import State
from tests.support.session import SessionBuilder
from voting_core.params import Tag

TIME = 1_790_000_000
NEAR = (0, 0, 0, 1, 1, 2, 3, -1, -2, 5, 9)
"""Of the entry that comes next: how far from it most candidates are."""

TYPICAL, CHANGED, OTHER_SIGNERS, OTHER_LOG = 0.75, 0.3, 0.08, 0.08
WORDS = ("", "motion", "other", "delegate", "test", "defect", "returned", "left_over")
NUMBERS = (0, 1, 2, 7, -1, 2**53 - 1)
LONG = 40
"""Characters from which on a text is a run of bytes."""


@dataclass(frozen=True)
class Shape:
    """What an entry says and who signs it."""

    type: EntryType
    body: Any
    signers: tuple[bytes, ...]


class Candidates:
    """Candidates from a session that was played to its end."""

    def __init__(self, full: SessionBuilder, rnd: random.Random) -> None:
        self._rnd = rnd
        parties = [*full.officials, *full.kiosks, full.box, full.log_key, full.service_key, full.key("stranger")]
        parties += [party.signing for party in full.trustees.values()]
        parties += [full.credential(number) for number in range(full.cards.generated)]
        self._keys = {key.public: key for key in parties}
        decoded = [decode_entry(raw) for raw in full.entries]
        self._usual = [Shape(entry.type, entry.body.to_json(), tuple(entry.signers)) for entry in decoded]
        self._others = list(_others(full))
        self._hashes = sorted({text for raw in full.entries for text in re.findall("[0-9a-f]{64}", raw.decode())})

    def next(self, state: State) -> bytes:
        """A candidate for a log that has begun."""
        shape, rnd = self._shape(state.size), self._rnd
        body, signers = copy.deepcopy(shape.body), list(shape.signers)
        if rnd.random() < CHANGED:
            self._change(body)
        if rnd.random() < OTHER_SIGNERS:
            everybody = sorted(self._keys)
            signers = list(dict.fromkeys(rnd.choice(everybody) if rnd.random() < 0.5 else key for key in signers))
        size = rnd.randrange(state.size + 1) if rnd.random() < OTHER_LOG else state.size
        is_ballot = shape.type.is_ballot
        seen, time = (None, None) if is_ballot else (Seen(size, state.root_at(size)), TIME)
        draft = draft_entry(shape.type, body, state.id, signers[0], time=time, seen=seen)
        return draft.assemble({key: self._keys[key].sign(Tag.ENTRY, draft.message) for key in signers})

    def _shape(self, size: int) -> Shape:
        rnd = self._rnd
        if rnd.random() > TYPICAL:
            return rnd.choice([*self._others, *self._usual])
        return self._usual[min(len(self._usual) - 1, max(0, size + rnd.choice(NEAR)))]

    def _change(self, body: Any) -> None:
        """Change one thing in a body."""
        places = list(_places(body))
        if places:
            holder, name = self._rnd.choice(places)
            holder[name] = self._changed(holder[name])

    def _changed(self, value: Any) -> Any:
        rnd = self._rnd
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            return rnd.choice([value + 1, value - 1, *NUMBERS])
        if isinstance(value, list):
            return rnd.choice([value[1:], value[:-1], [*value, *value[-1:]], value[::-1]])
        if isinstance(value, dict):
            return dict(list(value.items())[1:])
        if re.fullmatch("[0-9a-f]{64}", value):
            return rnd.choice([rnd.choice(self._hashes), "0" * 64, value.upper()])
        if len(value) > LONG:
            at = rnd.randrange(len(value))
            return rnd.choice([value[:at] + rnd.choice("AQgw") + value[at + 1 :], value[43:] + value[:43], value[:-4]])
        return rnd.choice([value + "x", *WORDS])


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a body: what holds it, and its name or number there."""
    names = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for name in names:
        yield value, name
        yield from _places(value[name])


def _others(full: SessionBuilder) -> Iterator[Shape]:
    """What a usual session has not."""
    officials = tuple(key.public for key in full.officials)
    trustees = tuple(party.signing.public for party in full.trustees.values())
    card, kiosk = full.credential(2).public, full.kiosks[0].public.hex()
    for type_, body, signers in (
        (EntryType.CONTEST_PAUSED, {"contest": "motion"}, officials),
        (EntryType.CONTEST_RESUMED, {"contest": "motion"}, officials),
        (EntryType.CONTEST_ABANDONED, {"contest": "motion", "reason": "defect"}, officials + trustees),
        (EntryType.CONTEST_ABANDONED, {"contest": "motion", "reason": "postponed"}, officials + trustees),
        (EntryType.KIOSK_LOST, {"contest": "motion", "kiosk": kiosk}, trustees),
        (EntryType.BALLOT_ASSISTED, {"contest": "motion", "id": "ab" * 16}, (full.box.public,)),
        (
            EntryType.CREDENTIAL_VOIDED,
            {"credential": card.hex(), "reason": "returned", "slot": 0},
            (officials[0], card),
        ),
        (EntryType.DKG_FAULTED, {"attempt": 1, "missing": "revealed", "trustee": 2}, officials),
        (
            EntryType.PAPER_COMPARED,
            {"agrees": True, "contest": "motion", "counts": [[2, 2, 2]], "papers": 6},
            trustees[:2],
        ),
        (EntryType.SESSION_DESTROYED, {}, officials),
    ):
        yield Shape(type_, json.loads(json.dumps(body)), signers)
