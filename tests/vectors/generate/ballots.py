"""Ballots: seed to bytes, what a verifier refuses, openings of challenged ballots. SPEC §5."""

from functools import partial

from ballots.contest import Contest, parse_contest
from ballots.encrypt import seal_ballot
from ballots.opening import check_opening
from ballots.sealed_ballot import (
    SealedBallot,
    ballot_id,
    confirmation_code,
    parse_ballot,
    statement,
)
from tests.vectors.generate.common import Json, VectorFile, some_bytes
from tests.vectors.generate.contests import SHAPES, SIXTY, SIXTY_MARKS
from tests.vectors.generate.forged_ballots import forged
from voting_core.argument.distinct import repeated_points
from voting_core.argument.verify import verify_argument
from voting_core.group import P, Point, Q, base_mul
from voting_core.secret import Secret

SECRET = int.from_bytes(some_bytes("joint secret"), "little") % Q
KEY = base_mul(SECRET)
SESSION = some_bytes("session")
CREDENTIAL = some_bytes("credential")


def build() -> Json:
    file = VectorFile("§5", "ballots from their seeds, refused ballots, openings of challenged ballots")
    for name, (comment, value, marks) in {**SHAPES, "sixty": ("60 rows, 33 approvals", SIXTY, SIXTY_MARKS)}.items():
        seed = some_bytes(f"seed {name}")
        sealed = _seal(parse_contest(value), marks, seed)
        given = {**_context(value), "credential": CREDENTIAL.hex(), "session": SESSION.hex()}
        identifier = ballot_id(sealed)
        gives = {"ballot": sealed.to_json(), "id": identifier.hex(), "code": confirmation_code(identifier)}
        file.valid(f"seal-{name}", comment, "seal", {**given, "marks": marks, "seed": seed.hex()}, gives)
    code = "00443214c74254b635cf84653a56d7c675be77df000000000000000000000000"
    file.valid(
        "code", "every character in turn", "code", {"id": code}, {"code": confirmation_code(bytes.fromhex(code))}
    )
    _changed_ballots(file)
    for name, (comment, check, value, sealed) in forged(SESSION, KEY, CREDENTIAL).items():
        _refuse(file, f"forged-{name}", comment, value, sealed.to_json(), check)
    _openings(file)
    return file.content()


def _context(value: Json, key: Point = KEY) -> dict[str, Json]:
    return {"contest": value, "key": key.encode().hex()}


def _seal(contest: Contest, marks: list[int], seed: bytes) -> SealedBallot:
    return seal_ballot(contest, SESSION, KEY, CREDENTIAL, tuple(marks), Secret(seed))


def _verify(value: Json, ballot: Json, key: Point = KEY) -> None:
    decoded = statement(parse_ballot(ballot), parse_contest(value), key)
    repeated_points(decoded.ciphertexts, decoded.argument)
    verify_argument(decoded)


def _refuse(file: VectorFile, id: str, comment: str, value: Json, ballot: Json, code: str, key: Point = KEY) -> None:
    file.invalid(
        id, comment, "verify", {**_context(value, key), "ballot": ballot}, code, partial(_verify, value, ballot, key)
    )


def _changed_ballots(file: VectorFile) -> None:
    value, marks = SHAPES["two-rows"][1:]
    sealed = _seal(parse_contest(value), marks, some_bytes("changed"))
    good = sealed.to_json()
    _verify(value, good)
    file.valid("verify", "the ballot that is changed below", "verify", {**_context(value), "ballot": good}, {})
    other = _seal(parse_contest(value), [1, 0], some_bytes("changed again"))
    ciphertexts, argument = sealed.ciphertexts_bytes, sealed.argument_bytes
    bits = len(argument) // 32 - 10

    def change(id: str, comment: str, code: str, new_ciphertexts: bytes, new_argument: bytes) -> None:
        ballot = SealedBallot(
            session=SESSION,
            contest_hash=sealed.contest_hash,
            credential=CREDENTIAL,
            ciphertexts_bytes=new_ciphertexts,
            argument_bytes=new_argument,
        )
        _refuse(file, id, comment, value, ballot.to_json(), code)

    def put(data: bytes, place: int, part: bytes) -> bytes:
        return data[: 32 * place] + part + data[32 * place + 32 :]

    # With an honest prover's other values unchanged, a changed message changes the challenges, so eq. 1 is the first
    # that fails; a changed response fails the equation that it is in.
    names = ["P", "Q", "A'", "B'", "T1", "T0"]
    for place, name in enumerate(names):
        change(
            f"argument-{place}",
            f"another {name}",
            "V8.E",
            ciphertexts,
            put(argument, place, other.argument_bytes[32 * place : 32 * place + 32]),
        )
    scalars = {
        "delta": (6, "V8.E"),
        "f_1": (7, "V8.E"),
        "tau'": (7 + bits, "V8.E"),
        "z": (8 + bits, "V8.F"),
        "rho": (9 + bits, "V8.H"),
    }
    for name, (place, code) in scalars.items():
        number = (int.from_bytes(argument[32 * place : 32 * place + 32], "little") + 1) % Q
        change(
            f"plus-one-{place}", f"{name} + 1", code, ciphertexts, put(argument, place, number.to_bytes(32, "little"))
        )
        number = int.from_bytes(argument[32 * place : 32 * place + 32], "little") + Q
        change(
            f"plus-q-{place}", f"{name} + q", "V2.D", ciphertexts, put(argument, place, number.to_bytes(32, "little"))
        )
    for place in range(len(ciphertexts) // 32):
        part = other.ciphertexts_bytes[32 * place : 32 * place + 32]
        change(f"ciphertext-{place}", "a point of another ballot", "V8.E", put(ciphertexts, place, part), argument)
    bit_255 = (int.from_bytes(ciphertexts[:32], "little") | 1 << 255).to_bytes(32, "little")
    odd = (P - int.from_bytes(ciphertexts[:32], "little")).to_bytes(32, "little")
    for name, part in (("identity", bytes(32)), ("bit-255", bit_255), ("odd", odd), ("p", P.to_bytes(32, "little"))):
        change(f"point-{name}", "A_1 is no point", "V2.D", put(ciphertexts, 0, part), argument)
        change(f"message-{name}", "T0 is no point", "V2.D", ciphertexts, put(argument, 5, part))
    change("few-ciphertexts", "a ciphertext too few", "V8.C", ciphertexts[:-64], argument)
    change("many-ciphertexts", "a ciphertext too many", "V8.C", ciphertexts + ciphertexts[:64], argument)
    change("half-ciphertext", "half a ciphertext too many", "V8.C", ciphertexts + ciphertexts[:32], argument)
    change("few-responses", "a response too few", "V8.C", ciphertexts, argument[:-32])
    change("many-responses", "a response too many", "V8.C", ciphertexts, argument + bytes(32))
    change("trailing-byte", "a trailing byte", "V8.C", ciphertexts, argument + b"\0")
    change("same-A-twice", "A_1 = A_2", "V8.D", put(ciphertexts, 2, ciphertexts[:32]), argument)
    change("P-is-Q", "P = Q", "V8.D", ciphertexts, put(argument, 1, argument[:32]))
    change("P-is-A", "P = A_1", "V8.D", ciphertexts, put(argument, 0, ciphertexts[:32]))
    _refuse(
        file, "other-session", "a copy in another session", value, {**good, "session": some_bytes("x").hex()}, "V8.E"
    )
    _refuse(
        file,
        "other-credential",
        "a copy for another credential",
        value,
        {**good, "credential": some_bytes("x").hex()},
        "V8.E",
    )
    _refuse(file, "other-key", "under another joint key", value, good, "V8.E", base_mul(SECRET + 1))
    twin = {**value, "id": "twin", "slot": 1}
    _refuse(file, "other-contest", "a copy in a contest of equal shape", twin, good, "V8.A")
    copied = {**good, "contest": parse_contest(twin).hash.hex()}
    _refuse(file, "other-contest-renamed", "the same with the hash of that contest", twin, copied, "V8.E")


def _openings(file: VectorFile) -> None:
    value, marks = SHAPES["three-limits"][1:]
    contest, seed = parse_contest(value), some_bytes("opened")
    sealed = _seal(contest, marks, seed)
    given = {**_context(value), "ballot": sealed.to_json()}
    check_opening(sealed, contest, KEY, tuple(marks), seed)
    file.valid("open", "seed and marks give the ballot", "open", {**given, "marks": marks, "seed": seed.hex()}, {})
    for name, comment, other_marks, other_seed in (
        ("other-marks", "other marks", [1, 0, 2, 0], seed),
        ("other-seed", "another seed", marks, some_bytes("not opened")),
        ("over-limit", "marks over the limit", [0, 0, 0, 0], seed),
        ("no-mark", "no such mark", [0, 1, 2, 3], seed),
        ("few-marks", "a mark too few", [0, 1, 2], seed),
        ("short-seed", "31 bytes of seed", marks, seed[:31]),
        ("long-seed", "33 bytes of seed", marks, seed + b"\0"),
    ):
        attempt = partial(check_opening, sealed, contest, KEY, tuple(other_marks), other_seed)
        given_now = {**given, "marks": other_marks, "seed": other_seed.hex()}
        file.invalid(f"open-{name}", comment, "open", given_now, "V8.J", attempt)
