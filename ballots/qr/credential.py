"""The QR code of a credential card (SPEC §7.4, kind 1): the card's secret."""

from ballots.card import SECRET_BYTES, CardSecret
from ballots.qr.digits import Kind, Payload, damaged_content, encode_payload, read_content, session_tag
from voting_core.secret import Secret


def encode_credential(secret: CardSecret, session: bytes) -> Secret[str]:
    """Give the 63 digits that are printed as the card's QR code."""
    if len(secret.reveal()) != SECRET_BYTES:
        raise ValueError(f"a card has {SECRET_BYTES} bytes")
    return Secret(encode_payload(Payload(Kind.CREDENTIAL, session_tag(session), secret.reveal())))


def decode_credential(text: str, session: bytes) -> CardSecret:
    """Read the digits of a card of this session.

    Raises:
        InputError: not a code of this system, damaged, of another kind, or of another session.
    """
    content = read_content(text, Kind.CREDENTIAL, session)
    if len(content) != SECRET_BYTES:
        raise damaged_content(Kind.CREDENTIAL)
    return Secret(content)
