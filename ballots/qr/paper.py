"""The paper record of a ballot (SPEC §7.6): its marks, a serial number, and the ballot box's signature.

The paper falls into an urn, shuffled with the others. Its code says exactly what is printed beside it. The signature
shows that the ballot box made it; the random serial shows a copy. Neither leads to a credential, a time or a kiosk.
"""

from dataclasses import dataclass, replace
from typing import Final

from ballots.qr.digits import HEAD_BYTES, Kind, Payload, damaged_content, encode_payload, read_content, session_tag
from voting_core.errors import VerificationError
from voting_core.params import MAX_MARKS, MAX_ROWS, Tag
from voting_core.signing import SIGNATURE_BYTES, verify_signature
from voting_core.signing_key import SigningKey

CONTEST_HASH_BYTES: Final = 32
SERIAL_BYTES: Final = 16
_ROWS_BYTES: Final = 2
_FIXED_BYTES: Final = CONTEST_HASH_BYTES + _ROWS_BYTES + 1 + SERIAL_BYTES + SIGNATURE_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord:
    """One paper record: `marks` holds one mark index below `marks_per_row` for each row of the contest."""

    session_tag: bytes
    contest_hash: bytes
    marks_per_row: int
    marks: tuple[int, ...]
    serial: bytes
    signature: bytes

    def signed(self, session: bytes) -> bytes:
        """Give the bytes that the ballot box signs: the session id, and the payload up to the signature.

        The tag in the payload is 4 bytes of the id. Officials who try ids could give two sessions the same, and kiosks
        may have kept their keys.
        """
        return session + self.payload()

    def payload(self) -> bytes:
        """Give the payload from the version byte up to the signature."""
        number = 0
        for mark in reversed(self.marks):
            number = number * self.marks_per_row + mark
        choices = number.to_bytes(_choice_bytes(len(self.marks), self.marks_per_row), "big")
        shape = len(self.marks).to_bytes(_ROWS_BYTES, "big") + bytes([self.marks_per_row])
        return Payload(Kind.PAPER, self.session_tag, self.contest_hash + shape + choices + self.serial).head()


def sign_paper(
    session: bytes, contest_hash: bytes, marks_per_row: int, marks: tuple[int, ...], serial: bytes, box_key: SigningKey
) -> PaperRecord:
    """Make a paper record; the serial is 16 fresh random bytes."""
    possible = 1 <= len(marks) <= MAX_ROWS and 2 <= marks_per_row <= MAX_MARKS
    if not possible or not all(0 <= mark < marks_per_row for mark in marks):
        raise ValueError("every row of a paper record has a mark of the contest")
    if len(contest_hash) != CONTEST_HASH_BYTES or len(serial) != SERIAL_BYTES:
        raise ValueError(f"a contest hash has {CONTEST_HASH_BYTES} bytes and a serial {SERIAL_BYTES}")
    unsigned = PaperRecord(
        session_tag=session_tag(session),
        contest_hash=contest_hash,
        marks_per_row=marks_per_row,
        marks=marks,
        serial=serial,
        signature=b"",
    )
    return replace(unsigned, signature=box_key.sign(Tag.PAPER, unsigned.signed(session)))


def encode_paper(record: PaperRecord) -> str:
    """Give the digits that are printed as the paper's QR code."""
    content = record.payload()[HEAD_BYTES:] + record.signature
    return encode_payload(Payload(Kind.PAPER, record.session_tag, content))


def decode_paper(text: str, session: bytes) -> PaperRecord:
    """Read the digits of a paper record of this session. Its signature is not verified yet.

    Raises:
        InputError: not a code of this system, damaged, of another kind, of another session, or marks that no row has.
    """
    content = read_content(text, Kind.PAPER, session)
    start = CONTEST_HASH_BYTES + _ROWS_BYTES
    if len(content) < _FIXED_BYTES:
        raise damaged_content(Kind.PAPER)
    rows, marks_per_row = int.from_bytes(content[CONTEST_HASH_BYTES:start], "big"), content[start]
    if not (1 <= rows <= MAX_ROWS and 2 <= marks_per_row <= MAX_MARKS):
        raise damaged_content(Kind.PAPER)
    length = _choice_bytes(rows, marks_per_row)
    if len(content) != _FIXED_BYTES + length:
        raise damaged_content(Kind.PAPER)
    number = int.from_bytes(content[start + 1 : start + 1 + length], "big")
    if number >= marks_per_row**rows:
        raise damaged_content(Kind.PAPER)
    marks = []
    for _ in range(rows):
        number, mark = divmod(number, marks_per_row)
        marks.append(mark)
    return PaperRecord(
        session_tag=session_tag(session),
        contest_hash=content[:CONTEST_HASH_BYTES],
        marks_per_row=marks_per_row,
        marks=tuple(marks),
        serial=content[-SIGNATURE_BYTES - SERIAL_BYTES : -SIGNATURE_BYTES],
        signature=content[-SIGNATURE_BYTES:],
    )


def verify_paper(record: PaperRecord, session: bytes, box_key: bytes) -> None:
    """Check that the ballot box of this session made this paper record.

    Raises:
        VerificationError: V8.K.
    """
    try:
        verify_signature(box_key, Tag.PAPER, record.signed(session), record.signature)
    except VerificationError as error:
        message = f"paper record {record.serial.hex()[:8]} is not signed by the ballot box"
        raise VerificationError("V8.K", message, (record.serial.hex(),)) from error


def _choice_bytes(rows: int, marks_per_row: int) -> int:
    largest: int = marks_per_row**rows - 1
    return (largest.bit_length() + 7) // 8
