"""Requests of the scrutineer to the station: files in a directory, in place of a screen.

A request is `{"type": entry type, "body": {…}}`. It is done once, and its file renamed to `….done` or `….refused`.
Write it under another name first and rename it, so that the station never reads half of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.client import Refused
from kiosk.comparison import Compared
from kiosk.durable import make_directory
from tally.entries.bodies import BODIES
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from voting_core.codec import Fields, parse_json
from voting_core.errors import EncodingError, InputError, StateError, VerificationError
from voting_core.params import MAX_ENTRY_BYTES

ASKED_OF_A_TRUSTEE: Final = (
    EntryType.CREDENTIALS_ISSUED,
    EntryType.RESERVE_SEALED,
    EntryType.ATTENDANCE_DECLARED,
    EntryType.KIOSK_LOST,
    EntryType.CONTEST_ABANDONED,
    EntryType.COUNT_ENTERED,
    EntryType.PAPER_COMPARED,
    EntryType.RECORD_VERIFIED,
    EntryType.KEY_DESTROYED,
)
"""What a scrutineer may ask for: entries that several trustees sign, signing a compared root, destroying one's own key.

To ask for what another trustee has proposed with the same body is to sign that. `contest.abandoned` is drafted by the
officials alone.
"""

_BODIES: Final[Mapping[EntryType, type[Body]]] = {**BODIES, EntryType.RECORD_VERIFIED: Compared}


@dataclass(frozen=True, slots=True)
class Request:
    """A request. `body` is what is asked for: the entry's body; what was compared, for `record.verified`; and None for
    `key.destroyed`, whose body the station knows.
    """

    type: EntryType
    body: Body | None


class Inbox:
    """The directory of requests."""

    def __init__(self, directory: Path) -> None:
        make_directory(directory)
        self._directory = directory

    def handle(self, act: Callable[[Request], None], refused: Callable[[str, str], None]) -> None:
        """Let `act` do every request that is there. One that cannot be done is put aside, and `refused` told why.

        Raises:
            FatalError, Unreachable: by `act`; the request stays for the next time.
        """
        for path in sorted(self._directory.glob("*.json")):
            try:
                act(_read(path))
            except (InputError, EncodingError, StateError, VerificationError, Refused) as error:
                path.rename(path.with_suffix(".refused"))
                refused(path.name, str(error))
            else:
                path.rename(path.with_suffix(".done"))


def _read(path: Path) -> Request:
    fields = Fields(parse_json(path.read_bytes(), path.name, MAX_ENTRY_BYTES), path.name)
    type_ = EntryType(fields.choice("type", ASKED_OF_A_TRUSTEE))
    body = None if type_ is EntryType.KEY_DESTROYED else _BODIES[type_].parse(Fields(fields.object("body"), path.name))
    fields.done()
    return Request(type_, body)
