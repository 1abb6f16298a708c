"""Cards, typed codes, QR payloads and paper records, SPEC §7; fingerprints and codes as text."""

from functools import partial

from ballots.card import credential_key, parse_typed_code, typed_code
from ballots.crockford import fingerprint_text
from ballots.qr.credential import decode_credential, encode_credential
from ballots.qr.digits import decode_payload
from ballots.qr.paper import decode_paper, encode_paper, sign_paper, verify_paper
from ballots.qr.receipt import decode_receipt, encode_receipt
from tests.vectors.generate.common import Json, VectorFile, some_bytes
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

SESSION = some_bytes("session")
OTHER = some_bytes("other session")
CARD = some_bytes("card", 16)
BOX = SigningKey.from_seed(Secret(some_bytes("box")))


def build() -> Json:
    file = VectorFile("§7", "keys of a card, typed codes, QR payloads, paper records")
    for name, secret in (("card", CARD), ("zeros", bytes(16)), ("ones", b"\xff" * 16)):
        for slot in (0, 1, 31):
            given = {"secret": secret.hex(), "session": SESSION.hex(), "slot": slot}
            key = credential_key(Secret(secret), SESSION, slot).public
            file.valid(f"credential-{name}-{slot}", "the public key of a slot", "credential", given, {"key": key.hex()})
        given = {"secret": secret.hex(), "session": SESSION.hex()}
        code = typed_code(Secret(secret), SESSION).reveal()
        file.valid(f"typed-{name}", "the typed code", "typed", given, {"code": code})
        digits = encode_credential(Secret(secret), SESSION).reveal()
        if decode_credential(digits, SESSION).reveal() != secret:
            raise RuntimeError(name)
        file.valid(
            f"qr-{name}",
            "63 digits",
            "qr",
            {"kind": 1, "session": SESSION.hex(), "content": secret.hex()},
            {"digits": digits},
        )
    given = {"secret": CARD.hex(), "session": OTHER.hex(), "slot": 0}
    key = credential_key(Secret(CARD), OTHER, 0).public
    file.valid("credential-other-session", "the same card elsewhere", "credential", given, {"key": key.hex()})
    ballot = some_bytes("ballot id")
    digits = encode_receipt(ballot, SESSION)
    if decode_receipt(digits, SESSION) != ballot:
        raise RuntimeError("receipt")
    file.valid(
        "qr-receipt",
        "102 digits",
        "qr",
        {"kind": 2, "session": SESSION.hex(), "content": ballot.hex()},
        {"digits": digits},
    )
    file.valid(
        "fingerprint-text", "160 bits", "fingerprint_text", {"hash": ballot.hex()}, {"text": fingerprint_text(ballot)}
    )
    _read_codes(file)
    _read_digits(file)
    _papers(file)
    return file.content()


def _read_codes(file: VectorFile) -> None:
    code = typed_code(Secret(CARD), SESSION).reveal()
    plain = code.replace("-", "")
    likes = plain.replace("0", "o").replace("1", "l").lower()
    spellings = {"as-printed": code, "lower": code.lower(), "spaces": " ".join(plain), "plain": plain, "likes": likes}
    for name, text in spellings.items():
        if parse_typed_code(text, SESSION).reveal() != CARD:
            raise RuntimeError(name)
        given = {"text": text, "session": SESSION.hex()}
        file.valid(f"read-{name}", "an accepted spelling", "read_typed", given, {"secret": CARD.hex()})
    swapped = plain[1] + plain[0] + plain[2:]
    other = typed_code(Secret(CARD), OTHER).reveal()
    changed = ("A" if plain[5] != "A" else "B").join((plain[:5], plain[6:]))
    tail = typed_code(Secret(bytes(16)), SESSION).reveal().replace("-", "")
    for name, comment, text in (
        (
            "swapped",
            "two characters swapped",
            swapped if swapped != plain else plain[0] + plain[2] + plain[1] + plain[3:],
        ),
        ("changed", "one character changed", changed),
        ("short", "a character too few", plain[:-1]),
        ("long", "a character too many", plain + "0"),
        ("u", "U is no character of the alphabet", "U" + plain[1:]),
        ("other-session", "a card of another session", other),
        ("dotless", "a letter of another alphabet that turns into I", plain.replace(plain[0], "ı", 1)),
        ("fullwidth", "digits of full width", chr(0xFF10) + plain[1:]),
        ("empty", "nothing", ""),
        ("last-bits", "the two bits after the secret are not zero", tail[:25] + "1" + tail[26:]),
    ):
        attempt = partial(parse_typed_code, text, SESSION)
        file.invalid(f"read-{name}", comment, "read_typed", {"text": text, "session": SESSION.hex()}, "", attempt)


def _read_digits(file: VectorFile) -> None:
    digits = encode_credential(Secret(CARD), SESSION).reveal()
    gives = {"kind": 1, "tag": SESSION[:4].hex(), "content": CARD.hex()}
    decode_payload(digits)
    file.valid("digits", "a credential", "read_qr", {"digits": digits}, gives)
    last = str((int(digits[-1]) + 1) % 10)
    for name, comment, text in (
        ("one-digit", "one digit changed", digits[:-1] + last),
        ("short", "a digit too few", digits[1:]),
        ("long", "a digit too many", "0" + digits),
        ("no-fit", "the number does not fit into the length", "9" * 63),
        ("letter", "a letter", "A" + digits[1:]),
        ("space", "a space", digits + " "),
        ("minus", "a sign", "-" + digits[1:]),
        ("arabic", "digits of another script", "٠" + digits[1:]),
        ("empty", "nothing", ""),
    ):
        file.invalid(f"digits-{name}", comment, "read_qr", {"digits": text}, "", partial(decode_payload, text))


def _papers(file: VectorFile) -> None:
    contest, serial = some_bytes("contest"), some_bytes("serial", 16)
    shapes = {"one-row": (2, (1,)), "sixty": (3, (0, 1, 2) * 20), "largest": (8, (7,) * 200), "zeros": (3, (0,) * 60)}
    for name, (k, marks) in shapes.items():
        record = sign_paper(SESSION, contest, k, marks, serial, BOX)
        digits = encode_paper(record)
        given = {"digits": digits, "session": SESSION.hex(), "box_key": BOX.public.hex()}
        verify_paper(decode_paper(digits, SESSION), SESSION, BOX.public)
        gives = {"contest": contest.hex(), "marks": list(marks), "per_row": k, "serial": serial.hex()}
        file.valid(f"paper-{name}", f"{len(marks)} rows of {k} marks", "paper", given, gives)
        if name != "one-row":
            continue
        stranger = SigningKey.from_seed(Secret(some_bytes("stranger")))
        forged = encode_paper(sign_paper(SESSION, contest, k, marks, serial, stranger))
        other = encode_paper(sign_paper(OTHER, contest, k, marks, serial, BOX))
        receipt = encode_receipt(contest, SESSION)
        for bad, comment, code, text in (
            ("stranger", "signed by another key", "V8.K", forged),
            ("other-session", "of another session", "", other),
            ("receipt", "a receipt", "", receipt),
        ):
            attempt = partial(_read_paper, text)
            file.invalid(f"paper-{bad}", comment, "paper", {**given, "digits": text}, code, attempt)


def _read_paper(digits: str) -> None:
    verify_paper(decode_paper(digits, SESSION), SESSION, BOX.public)
