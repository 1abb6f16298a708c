"""Ballots whose author follows SPEC §5.3 to the letter, but for values that are no ballot."""

from ballots.compile import bits_of, compile_contest
from ballots.contest import parse_contest
from ballots.sealed_ballot import SealedBallot
from tests.support.arguments import Prover, counters, encrypt_all, nonces, scalars
from tests.support.seeded_rng import SeededRng
from tests.vectors.generate.common import Json
from tests.vectors.generate.contests import SHAPES
from voting_core.argument.statement import Context
from voting_core.elgamal import encode_ciphertexts
from voting_core.group import Point

Forged = dict[str, tuple[str, str, Json, SealedBallot]]


def forged(session: bytes, key: Point, credential: bytes) -> Forged:
    """Name to (comment, number of the check, contest, ballot)."""
    two, limits = SHAPES["two-rows"][1], SHAPES["three-limits"][1]
    honest = tuple(bits_of(parse_contest(two), (0, 1)))
    of_limits = tuple(bits_of(parse_contest(limits), (0, 1, 2, 0)))
    within = tuple(compile_counts(two, honest))
    cases: dict[str, tuple[str, str, Json, tuple[int, ...], tuple[int, ...] | None]] = {
        "two-minus-one": ("(2, 0, -1) in a row", "V8.H", two, (2, 0, -1, *honest[3:]), None),
        "two-approvals-slack": ("both rows approved, slack -1", "V8.H", two, (1, 0, 0, 1, 0, 0, -1), None),
        "two-marks": ("(1, 1, 0) in a row", "V8.I", two, (1, 1, 0, *honest[3:]), None),
        "no-mark": ("(0, 0, 0) in a row", "V8.I", two, (0, 0, 0, *honest[3:]), None),
        "over-limit": ("both rows approved, slack 0", "V8.I", two, (1, 0, 0, 1, 0, 0, 0), None),
        "over-limit-slack": ("both rows approved, slack 1", "V8.I", two, (1, 0, 0, 1, 0, 0, 1), None),
        "wrong-slack": ("a slack that does not fit", "V8.I", limits, (*of_limits[:-1], 1 - of_limits[-1]), None),
        "huge": ("a counter of 1000 that the bits do not have", "V8.G", two, honest, (1000, *within[1:])),
        "swapped": ("two counters swapped", "V8.G", two, honest, (within[1], within[0], *within[2:])),
        "negative": ("a counter of -1", "V8.G", two, honest, (-1, *within[1:])),
    }
    out: Forged = {}
    for name, (comment, code, value, values, plaintexts) in cases.items():
        contest = parse_contest(value)
        relation, rng = compile_contest(contest), SeededRng(f"forged {name}")
        randomness = scalars(rng, len(relation.counters))
        context = Context(session, contest.hash, key, credential)
        sealed = encrypt_all(key, plaintexts or counters(relation, values), randomness)
        argument = Prover(context, relation, values, randomness, nonces(relation, rng)).run(sealed)
        ballot = SealedBallot(
            session=session,
            contest_hash=contest.hash,
            credential=credential,
            ciphertexts_bytes=encode_ciphertexts(sealed),
            argument_bytes=argument.encode(),
        )
        out[name] = (comment, code, value, ballot)
    return out


def compile_counts(value: Json, bits: tuple[int, ...]) -> tuple[int, ...]:
    """The counters of these bits."""
    return counters(compile_contest(parse_contest(value)), bits)
