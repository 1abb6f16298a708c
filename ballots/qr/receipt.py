"""The QR code of a receipt (SPEC §7.4, kind 2): the ballot id, and nothing that says who voted or how."""

from typing import Final

from ballots.qr.digits import Kind, Payload, damaged_content, encode_payload, read_content, session_tag

BALLOT_ID_BYTES: Final = 32


def encode_receipt(ballot: bytes, session: bytes) -> str:
    """Give the 102 digits that are printed as the receipt's QR code; `ballot` is the ballot id."""
    if len(ballot) != BALLOT_ID_BYTES:
        raise ValueError(f"a ballot id has {BALLOT_ID_BYTES} bytes")
    return encode_payload(Payload(Kind.RECEIPT, session_tag(session), ballot))


def decode_receipt(text: str, session: bytes) -> bytes:
    """Read the digits of a receipt of this session and give the ballot id.

    Raises:
        InputError: not a code of this system, damaged, of another kind, or of another session.
    """
    content = read_content(text, Kind.RECEIPT, session)
    if len(content) != BALLOT_ID_BYTES:
        raise damaged_content(Kind.RECEIPT)
    return content
