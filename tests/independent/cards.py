"""Cards, typed codes and QR payloads, SPEC §7."""

from . import ed25519
from .ballot import CROCKFORD, crockford
from .errors import require
from .framing import digest, frames, u64
from .sealing import credential_seed

READ = {ord(character): character for character in CROCKFORD}
READ |= {ord(character.lower()): character for character in CROCKFORD}
READ |= dict.fromkeys(map(ord, "Oo"), "0") | dict.fromkeys(map(ord, "IiLl"), "1") | dict.fromkeys(map(ord, " -"), "")


def credential_key(secret: bytes, session: bytes, slot: int) -> bytes:
    return ed25519.public_key(credential_seed(secret, session, frames("plenum-v1/credential", u64(slot))))


def typed_code(secret: bytes, session: bytes) -> str:
    first = crockford(secret + b"\0", 130).replace("-", "") + crockford(session, 10)
    text = first + crockford(digest("CARD_CHECK", secret, first[26:]), 20)
    return "-".join(text[i : i + 4] for i in range(0, 32, 4))


def read_typed_code(text: str, session: bytes) -> bytes:
    plain = text.translate(READ)
    require(len(plain) == 32 and set(plain) <= set(CROCKFORD), "", "not 32 characters of a code")
    number = 0
    for character in plain[:26]:
        number = number << 5 | CROCKFORD.index(character)
    require(number & 3 == 0, "", "the last two bits are not zero")
    secret = (number >> 2).to_bytes(16, "big")
    require(crockford(digest("CARD_CHECK", secret, plain[26:28]), 20) == plain[28:], "", "mistyped")
    require(plain[26:28] == crockford(session, 10), "", "a card of another session")
    return secret


def digits_of(payload: bytes) -> str:
    width = len(str(256 ** len(payload)))
    return str(int.from_bytes(payload, "big")).zfill(width)


def qr(kind: int, session: bytes, content: bytes) -> str:
    """SPEC §7.4. No power of 256 but 1 is a power of 10, so the digits of 256^length number ceil(8·length·log10 2)."""
    head = bytes([1, kind]) + session[:4] + content
    return digits_of(head + digest("QR_CHECK", head)[:4])


def read_qr(digits: str) -> tuple[int, bytes, bytes]:
    """Kind, session tag and content."""
    require(digits.isascii() and digits.isdigit(), "", "not digits")
    length = next((n for n in range(10, 700) if len(str(256**n)) >= len(digits)), 0)
    require(len(str(256**length)) == len(digits), "", "a number of digits that no payload has")
    value = int(digits)
    require(value < 256**length, "", "the number does not fit")
    payload = value.to_bytes(length, "big")
    require(digest("QR_CHECK", payload[:-4])[:4] == payload[-4:], "", "the check of the payload")
    require(payload[0] == 1 and payload[1] in (1, 2, 3, 4), "", "another version or kind")
    return payload[1], payload[2:6], payload[6:-4]


def paper_content(contest_hash: bytes, marks: list[int], k: int, serial: bytes) -> bytes:
    """SPEC §7.6, without the signature."""
    number = sum(mark * k**a for a, mark in enumerate(marks))
    choices = number.to_bytes(((k ** len(marks) - 1).bit_length() + 7) // 8, "big")
    return contest_hash + len(marks).to_bytes(2, "big") + bytes([k]) + choices + serial


def read_paper(content: bytes, session: bytes, box_key: bytes) -> tuple[bytes, list[int], bytes]:
    """Contest hash, marks and serial, after the signature."""
    require(len(content) > 35, "", "the length of a paper record")
    rows, k = int.from_bytes(content[32:34], "big"), content[34]
    require(1 <= rows <= 200 and 2 <= k <= 8, "", "rows or marks of a paper record")
    length = ((k**rows - 1).bit_length() + 7) // 8
    require(len(content) == 35 + length + 16 + 64, "", "the length of a paper record")
    signed = session + bytes([1, 3]) + session[:4] + content[:-64]
    ed25519.verify(box_key, "plenum-v1/paper-record", signed, content[-64:], "V8.K")
    number, marks = int.from_bytes(content[35 : 35 + length], "big"), []
    require(number < k**rows, "", "choices out of range")
    for _ in range(rows):
        number, mark = divmod(number, k)
        marks.append(mark)
    return content[:32], marks, content[-80:-64]
