"""The fingerprint of the hall's certificate authority: SHA-256 of its certificate, as browsers and openssl show it.

Whoever compares it in a browser's certificate window must see the same characters, so it is hexadecimal here, and not
the base32 of the session's fingerprint (SPEC §6.7): the two are never to be mistaken for each other.
"""

import re
from typing import Final

from voting_core.errors import InputError

FINGERPRINT_BYTES: Final = 32
_FORM: Final = re.compile("[0-9A-Fa-f]{64}")
_IGNORED: Final = {ord(character): None for character in ": -"}
MAX_TYPED: Final = 200
"""Characters that are looked at: 64 digits with something between all of them, and a margin."""


def authority_fingerprint_text(fingerprint: bytes) -> str:
    """Write 32 bytes as pairs of capital digits with colons between them."""
    if len(fingerprint) != FINGERPRINT_BYTES:
        raise ValueError(f"a fingerprint has {FINGERPRINT_BYTES} bytes")
    return fingerprint.hex(":").upper()


def read_authority_fingerprint(text: str) -> bytes:
    """Read what somebody typed or copied, with colons, spaces, hyphens or nothing between the digits.

    Raises:
        InputError: it is not 64 hexadecimal digits.
    """
    digits = text[:MAX_TYPED].translate(_IGNORED)
    if len(text) > MAX_TYPED or not _FORM.fullmatch(digits):
        raise InputError(
            "fingerprint of the certificate authority",
            "it is not 64 hexadecimal digits",
            "Copy the line SHA-256 that plenum pki show prints",
        )
    return bytes.fromhex(digits)
