"""Ballots that hold no votes, and counts that are none (SPEC §4.3, §5.3, §9.6).

A system that finds out at the tally what was in a ballot has already added it up: one ballot of junk spoils the count,
and a ballot of large numbers moves it. Here a ballot proves that it is valid before it is taken, and a count is a
number from 0 to the ballots.
"""

from dataclasses import replace
from typing import Any

import pytest

from ballots.compile import check_bounds, compile_contest
from ballots.sealed_ballot import SealedBallot
from tally.entries.ballots import BallotCast
from tally.entries.counting import TallyCounted
from tally.entries.entry_type import EntryType
from tally.replay import expected, machine, replay_batch
from tests.attacks.support.sessions import at, refused, without
from tests.support.arguments import SECRET, counters, make, mark_bits, matrix
from tests.support.builders import small_contest
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from voting_core.argument.relation import Equation, Relation
from voting_core.argument.verify import verify_argument
from voting_core.elgamal import encode_ciphertexts
from voting_core.errors import VerificationError
from voting_core.group import Q, base_mul
from voting_core.prove.encrypt import encrypt
from voting_core.rng import random_scalar

LIAR = 5
"""The card whose holder has a kiosk of a friend."""


def holding(session: SessionBuilder, *plaintexts: int) -> SealedBallot:
    """A ballot whose counters hold what the attacker likes; everything else is in order."""
    key = session.state.joint_key
    assert key is not None
    rng = SeededRng(f"junk {plaintexts}")
    ciphertexts = tuple(encrypt(key, plaintext % Q, random_scalar(rng)) for plaintext in plaintexts)
    return replace(session.ballot((0,), LIAR), ciphertexts_bytes=encode_ciphertexts(ciphertexts))


def cast(session: SessionBuilder, ballot: SealedBallot) -> bytes:
    return session.entry(BallotCast(ballot), session.credential(LIAR), session.box)


def voted(*plaintexts: int) -> tuple[SessionBuilder, bytes]:
    """Five honest ballots against, none for; and the ballot of the liar, not sent yet."""
    session = at("open")
    for number in range(LIAR):
        session.append(session.cast((1,), number))
    session.void(session.cards.drawn, "test")
    return session, cast(session, holding(session, *plaintexts))


def weak_count(patch: pytest.MonkeyPatch, session: SessionBuilder, raw: bytes) -> SessionBuilder:
    """A system that takes ballots unproved, and looks at the sum."""
    with patch.context() as inner:
        without(inner, machine, "_verify_alone", lambda _: None)
        weak = session.fork()
        weak.append(raw)
    for step in (
        weak.stage_closed,
        weak.stage_reported,
        weak.stage_verified,
        weak.stage_share_committed,
        weak.stage_shared,
    ):
        step()
    return weak


@pytest.mark.parametrize("plaintexts", [(1000, 0), (-1, 0), (0, Q // 2), (7, 7)], ids=["1000", "-1", "q/2", "7"])
def test_one_ballot_of_junk_spoils_a_count_that_trusts_ballots(
    plaintexts: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, raw = voted(*plaintexts)
    weak = weak_count(monkeypatch, session, raw)
    with pytest.raises(VerificationError, match=r"V10\.D.*decrypts to no number"):
        expected.counted_body(weak.state, "motion")

    assert refused(session, raw, "V8.E").culprits
    assert session.contest().cast == LIAR


def test_a_ballot_of_large_numbers_moves_a_count_that_trusts_ballots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six votes for, and minus five against: with the honest ballots added, it looks like a landslide."""
    session, raw = voted(6, -5)
    weak = weak_count(monkeypatch, session, raw)
    assert expected.counted_body(weak.state, "motion").cells[0].counts == ((6, 0, 0),)
    refused(session, raw, "V8.E")


def test_junk_is_named_among_many() -> None:
    """In a run of ballots that is verified as one batch, the junk is found, and what came before it stays."""
    session = at("open")
    run = [session.cast((number % 3,), number) for number in range(LIAR)]
    bad = cast(session, holding(session, 6, -5))
    with pytest.raises(machine.RunRefused) as caught:
        replay_batch(session.state, [*run[:3], bad, *run[3:]])
    assert (caught.value.code, caught.value.index) == ("V8.E", 3)
    assert replay_batch(session.state, run).contest("motion").cast == LIAR


def spoiled_bytes(session: SessionBuilder) -> dict[str, tuple[SealedBallot, str]]:
    honest = session.ballot((0,), LIAR)
    points, argument = honest.ciphertexts_bytes, honest.argument_bytes
    order = Q.to_bytes(32, "little")
    return {
        "a ciphertext too few": (replace(honest, ciphertexts_bytes=points[:-64]), "V8.C"),
        "a ciphertext too many": (replace(honest, ciphertexts_bytes=points + points[:64]), "V8.C"),
        "half a ciphertext": (replace(honest, ciphertexts_bytes=points[:-32]), "V8.C"),
        "no ciphertext": (replace(honest, ciphertexts_bytes=b""), "V8.C"),
        "trailing bytes": (replace(honest, argument_bytes=argument + b"\x00"), "V8.C"),
        "a point that is none": (replace(honest, ciphertexts_bytes=b"\xff" * 32 + points[32:]), "V2.D"),
        "the identity": (replace(honest, ciphertexts_bytes=bytes(32) + points[32:]), "V2.D"),
        "bit 255": (replace(honest, ciphertexts_bytes=points[:31] + bytes([points[31] | 128]) + points[32:]), "V2.D"),
        "a scalar of q": (replace(honest, argument_bytes=argument[:-32] + order), "V2.D"),
        "another contest": (replace(honest, contest_hash=bytes(32)), "V8.A"),
        "another session": (replace(honest, session=bytes(32)), "V2.C"),
    }


@pytest.mark.parametrize("name", spoiled_bytes(at("open")))
def test_what_is_no_ballot_is_refused_when_it_comes(name: str) -> None:
    session = at("open")
    ballot, code = spoiled_bytes(session)[name]
    refused(session, cast(session, ballot), code)


# Sums that wrap around the group order (SPEC §4.3).

WRAPPING = 253
"""So many slack bits reach the group order."""


def wrapping() -> tuple[Relation, tuple[int, ...]]:
    """A limit of one approval out of three, with as much slack as its author liked; and three approvals."""
    honest = matrix(3, 2, most=1)
    *rows, limit = honest.equations
    first = 6
    form = (*limit.form[:3], *((first + t, 2**t) for t in range(WRAPPING)))
    relation = Relation(first + WRAPPING, honest.counters, (*rows, Equation(form, 1)))
    return relation, mark_bits((0, 0, 0), 2, (Q + 1 - 3, WRAPPING))


def test_slack_that_reaches_the_group_order_lets_everybody_be_approved() -> None:
    relation, bits = wrapping()
    assert set(bits) == {0, 1}
    ballot = make(relation, bits)
    verify_argument(ballot)
    assert [c.data - c.pad * SECRET for c in ballot.ciphertexts] == [base_mul(1)] * 3
    with pytest.raises(VerificationError, match=r"V6\.A.*not below 2\^31"):
        check_bounds(relation)

    real = matrix(3, 2, most=1)
    approved = mark_bits((0, 0, 0), 2, (1, 1))
    with pytest.raises(VerificationError, match=r"V8\.I"):
        verify_argument(make(real, approved))
    assert counters(real, approved) == (1, 1, 1)


def test_a_counter_with_large_coefficients_is_refused() -> None:
    """A vote that weighs 2^40 would wrap around when all are added."""
    relation = matrix(1, 2)
    heavy = Relation(relation.bits, (((0, 2**12),),), relation.equations)
    with pytest.raises(VerificationError, match=r"V6\.A.*counter 0"):
        check_bounds(heavy)


@pytest.mark.parametrize("at_what", ["most", "least"])
@pytest.mark.parametrize("count", [4, 200, 2**31, -1])
def test_a_limit_beyond_the_rows_defines_no_contest(at_what: str, count: int) -> None:
    """At least four of three can only be "met" by wrapping around; at most minus one shuts everybody out."""
    session = at("equipped")
    contest: dict[str, Any] = {
        **small_contest(3, rules=session.rules_ref()).to_json(),
        "limits": [{"at": at_what, "count": count, "mark": "approve"}],
    }
    raw = session.entry({"contest": contest}, *session.officials, type=EntryType.CONTEST_DEFINED)
    refused(session, raw, "V6.A")


def test_the_largest_contest_stays_far_from_the_order() -> None:
    contest = small_contest(200, at_most={"approve": 200}, at_least={"abstain": 1})
    check_bounds(compile_contest(contest))


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        (((7, -1, 0),), "V2.B"),
        (((7, 0, -1),), "V2.B"),
        (((2, 2, 3),), "V10.D"),
        (((3, 1, 2),), "V10.D"),
        (((2, 2, 1),), "V10.D"),
        (((2, 2),), "V10.D"),
        (((2, 2, 2), (2, 2, 2)), "V10.D"),
        (((Q + 2, 2, 2),), "V2.A"),
        (((10**7, 0, 0),), "V2.B"),
        (((True, 2, 2),), "V2.B"),
    ],
)
def test_a_count_that_is_not_what_was_decrypted_is_refused(counts: Any, code: str) -> None:
    session = at("shared")
    real = expected.counted_body(session.state, "motion")
    assert real.cells[0].counts == ((2, 2, 2),)
    body = TallyCounted("motion", (replace(real.cells[0], counts=counts),)).to_json()
    raw = entry_of_any(session, body)
    refused(session, raw, code)


def entry_of_any(session: SessionBuilder, body: Any) -> bytes:
    """An entry even of what our writer refuses to write."""
    count = body["cells"][0]["counts"][0][0]
    if count < 2**53:
        return session.entry(body, session.officials[0], type=EntryType.TALLY_COUNTED)
    body["cells"][0]["counts"][0][0] = 2**52
    raw = session.entry(body, session.officials[0], type=EntryType.TALLY_COUNTED)
    return raw.replace(b"%d" % 2**52, b"%d" % count)
