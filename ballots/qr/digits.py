"""The common form of QR payloads: bytes with a check, written as one decimal number (SPEC §7.4).

Digits make the smallest QR codes. The number of digits gives the number of bytes, so that nothing can be added or cut
off, and the check of 32 bits finds what a camera or a typist gets wrong. It is no signature: who made a payload is a
question for its content.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from voting_core.errors import InputError
from voting_core.framing import digest
from voting_core.params import Tag

VERSION: Final = 1
SESSION_TAG_BYTES: Final = 4
CHECK_BYTES: Final = 4
HEAD_BYTES: Final = 2 + SESSION_TAG_BYTES
MAX_CONTENT_BYTES: Final = 190
"""The largest paper record: 200 rows of 8 marks."""

PLACE: Final = "QR code"


class Kind(IntEnum):
    """What a payload is; the number is its second byte."""

    CREDENTIAL = 1
    RECEIPT = 2
    PAPER = 3
    ENROLMENT = 4


NAMES: Final = {
    Kind.CREDENTIAL: "credential card",
    Kind.RECEIPT: "receipt",
    Kind.PAPER: "paper record",
    Kind.ENROLMENT: "station's enrolment",
}


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload without version and check."""

    kind: Kind
    session_tag: bytes
    content: bytes

    def head(self) -> bytes:
        """Give everything before the check."""
        return bytes([VERSION, self.kind]) + self.session_tag + self.content


def session_tag(session: bytes) -> bytes:
    """Give the tag that tells the codes of two sessions apart: the first 4 bytes of the session id."""
    return session[:SESSION_TAG_BYTES]


def encode_payload(payload: Payload) -> str:
    """Write a payload as digits."""
    if len(payload.session_tag) != SESSION_TAG_BYTES or len(payload.content) > MAX_CONTENT_BYTES:
        raise ValueError(f"a payload has a tag of {SESSION_TAG_BYTES} bytes and at most {MAX_CONTENT_BYTES} of content")
    head = payload.head()
    data = head + digest(Tag.QR_CHECK, head)[:CHECK_BYTES]
    return str(int.from_bytes(data, "big")).zfill(_digits(len(data)))


def decode_payload(text: str) -> Payload:
    """Read digits.

    Raises:
        InputError: it is not a code of this system, is damaged, or is of a newer version.
    """
    foreign = InputError(PLACE, "it is not a code of this system", "Scan the code on the card, receipt or paper record")
    length = _LENGTHS.get(len(text))
    if length is None or not text.isascii() or not text.isdigit():
        raise foreign
    number = int(text)
    if number >= 256**length:
        raise foreign
    data = number.to_bytes(length, "big")
    head, check = data[:-CHECK_BYTES], data[-CHECK_BYTES:]
    if digest(Tag.QR_CHECK, head)[:CHECK_BYTES] != check:
        raise InputError(PLACE, "it is damaged or was mistyped", "Scan it again, flat and in good light")
    if head[0] != VERSION or head[1] not in _KINDS:
        raise InputError(PLACE, "it is of a version that this program does not know", "Use the program of the session")
    return Payload(Kind(head[1]), head[2:HEAD_BYTES], head[HEAD_BYTES:])


def read_content(text: str, kind: Kind, session: bytes) -> bytes:
    """Read digits that must be a payload of this kind and session, and give its content.

    Raises:
        InputError: as :func:`decode_payload`; or it is a code of another kind, or of another session.
    """
    payload = decode_payload(text)
    if payload.kind is not kind:
        raise InputError(PLACE, f"it is the code of a {NAMES[payload.kind]}", f"Scan the code of a {NAMES[kind]}")
    if payload.session_tag != session_tag(session):
        raise InputError(PLACE, f"it is of a {NAMES[kind]} of another session", f"Use a {NAMES[kind]} of this session")
    return payload.content


def damaged_content(kind: Kind) -> InputError:
    """Give the error for a content that cannot be one of its kind."""
    return InputError(PLACE, f"its content is not that of a {NAMES[kind]}", f"Use a {NAMES[kind]} of this session")


def _digits(length: int) -> int:
    # No power of 256 but 1 is a power of 10, so 256^length has ceil(8 · length · log10 2) digits, and so has its
    # predecessor, the largest number of that many bytes.
    return len(str(256**length))


_KINDS: Final = frozenset(Kind)
_SHORTEST: Final = HEAD_BYTES + CHECK_BYTES
_LENGTHS: Final = {_digits(length): length for length in range(_SHORTEST, _SHORTEST + MAX_CONTENT_BYTES + 1)}
