"""The public keys of the cards that were made, for every contest that may come (SPEC §7.2).

The secrets of the cards are erased once they are printed, so the lists for all contests are made at once. They hold
nothing but sorted public keys: neither their order nor anything else tells which card is which. Two scrutineers have
the same lists when they have the same code.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from ballots.crockford import encode_bits, in_groups
from kiosk.durable import write_durably
from tally.entries.credentials import CredentialsIssued
from tally.entries.reading import read_class
from tally.state import ContestState, State
from voting_core.codec import Fields, JsonValue, b64encode, canonical, parse_canonical
from voting_core.errors import EncodingError, InputError
from voting_core.params import MAX_CREDENTIALS, MAX_SLOTS

FORMAT: Final = "plenum-card-lists-1"
KEY_BYTES: Final = 32
MAX_BYTES: Final = 32 * 1_048_576
"""20,000 cards with a key of 32 bytes for each of 32 contests take 27 MB in base64."""

MAX_CLASSES: Final = 32
FILE: Final = "cards.public.json"
CODE_BITS: Final = 100
_WHERE: Final = "card lists"


@dataclass(frozen=True, slots=True)
class CardLists:
    """By class: for each slot from 0 on, the sorted run of public keys. All runs of a class have one length."""

    session: bytes
    classes: Mapping[str, tuple[bytes, ...]]

    def count(self, name: str) -> int:
        """How many cards a class has."""
        return len(self.classes[name][0]) // KEY_BYTES

    @property
    def code(self) -> str:
        """The code by which scrutineers compare their lists aloud."""
        return list_code(self.to_bytes())

    def to_bytes(self) -> bytes:
        """Write the lists, as a file that may be shown to anybody."""
        rows: list[JsonValue] = [
            {"class": name, "count": self.count(name), "slots": [b64encode(run) for run in self.classes[name]]}
            for name in sorted(self.classes)
        ]
        return canonical({"classes": rows, "format": FORMAT, "session": self.session.hex()})

    @classmethod
    def from_bytes(cls, data: bytes) -> "CardLists":
        """Read lists that another scrutineer has made.

        Raises:
            EncodingError: not such a file, or a run is not sorted, or the runs of a class differ in length.
        """
        fields = Fields(parse_canonical(data, _WHERE, MAX_BYTES), _WHERE)
        fields.choice("format", (FORMAT,))
        classes: dict[str, tuple[bytes, ...]] = {}
        for row in fields.rows("classes", max=MAX_CLASSES):
            name, count = read_class(row), row.integer("count", 1, MAX_CREDENTIALS)
            size = len(row.array("slots", max=MAX_SLOTS))
            runs = Fields({f"slot {slot}": run for slot, run in enumerate(row.array("slots"))}, row.where)
            classes[name] = tuple(runs.b64(f"slot {slot}", count * KEY_BYTES) for slot in range(size))
            row.done()
        lists = cls(fields.hex("session", 32), classes)
        fields.done()
        lists.check()
        return lists

    def check(self) -> None:
        """Require sorted runs and no key twice.

        Raises:
            EncodingError: they are not so.
        """
        for name, runs in self.classes.items():
            if not runs:
                raise EncodingError(_WHERE, f"class {name} has no list")
            for run in runs:
                keys = [run[start : start + KEY_BYTES] for start in range(0, len(run), KEY_BYTES)]
                if any(left >= right for left, right in pairwise(keys)):
                    raise EncodingError(_WHERE, f"a list of class {name} is not in ascending order")

    def merged(self, other: "CardLists", state: State) -> "CardLists":
        """These lists with those of another making; a class that is there already is replaced before it is issued.

        Raises:
            InputError: they are of another session, or a class of both is in the log already.
        """
        if other.session != self.session:
            raise InputError("card lists", "they are of another session", "Take the file that was made today")
        issued = {name for _, name in state.lists}
        for name in sorted(set(self.classes) & set(other.classes) & issued):
            if self.classes[name] != other.classes[name]:
                raise InputError(
                    "card lists", f"the cards of class {name} are registered already", "Make cards of another class"
                )
        return CardLists(self.session, {**self.classes, **other.classes})

    def to_issue(self, state: State, contest: ContestState) -> tuple[CredentialsIssued, ...]:
        """What is still to be registered for a contest, one list a class."""
        slot = contest.contest.slot
        return tuple(
            CredentialsIssued(slot=slot, class_id=name, keys=self.classes[name][slot])
            for name in contest.contest.classes
            if (slot, name) not in state.lists and name in self.classes and slot < len(self.classes[name])
        )


def list_code(data: bytes) -> str:
    """The first 100 bits of SHA-256, in groups of four characters."""
    return in_groups(encode_bits(hashlib.sha256(data).digest(), CODE_BITS))


def run_code(body: CredentialsIssued) -> str:
    """The code of one list, as it is to be registered."""
    return list_code(canonical(body.to_json()))


def load_lists(directory: Path) -> CardLists | None:
    """The lists that this station keeps; None before any.

    Raises:
        InputError: the file is damaged.
    """
    path = directory / FILE
    if not path.exists():
        return None
    try:
        return CardLists.from_bytes(path.read_bytes())
    except EncodingError as error:
        raise InputError(str(path), f"the card lists are damaged ({error})", "Load them from another scrutineer") from (
            error
        )


def store_lists(directory: Path, lists: CardLists) -> None:
    """Keep lists, durably. They are public."""
    write_durably(directory / FILE, lists.to_bytes())
