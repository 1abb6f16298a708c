"""A trustee who wants the key for itself, or wants it broken (SPEC §6.2 to §6.6).

In each weak variant the real replay runs without one check of the ceremony, and trustee 3 gets what it wants: a key
of its choice, a key that it knows alone, another threshold than was agreed, an honest colleague blamed.
"""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tally.entries.ceremony import DkgRevealed
from tally.replay import ceremony, faults
from tally.state import State
from tests.attacks.support.sessions import at, refused, without
from tests.attacks.support.weak_transcript import forgetting
from tests.support.session import SessionBuilder
from voting_core import schnorr
from voting_core.group import BASE, Point, Q, base_mul, decode_points, multi_mul
from voting_core.polynomial import is_good_share, lagrange_at_zero

NO_COMMITMENT = bytes(32)
CULPRIT = "trustee 3 (监票人3)"


def unbound(patch: pytest.MonkeyPatch) -> None:
    """A ceremony without the round of commitments: whoever reveals last has seen the others."""
    without(patch, ceremony, "deal_commitment", lambda *_: NO_COMMITMENT)


def commit_to_nothing(session: SessionBuilder) -> None:
    for party in session.trustees.values():
        session.add(replace(party.committed(session.state), commitment=NO_COMMITMENT), party.signing)


def reveal(session: SessionBuilder, *indices: int) -> None:
    for index in indices:
        session.add(session.trustees[index].revealed(session.state), session.trustees[index].signing)


def confirm(session: SessionBuilder) -> None:
    session.stage_keyed()


def revealed_so_far(state: State) -> Sequence[Point]:
    return [state.ceremony.revealed[index].commitments[0] for index in (1, 2)]


def ground(others: Sequence[Point]) -> int:
    """A constant term with which the joint key begins with a zero byte; any other property costs as little."""
    mine = 1
    while (others[0] + others[1] + base_mul(mine)).encode()[0]:
        mine += 1
    return mine


def test_the_last_to_reveal_chooses_the_key_unless_it_had_to_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = at("joined")
    with monkeypatch.context() as patch:
        unbound(patch)
        commit_to_nothing(weak)
        reveal(weak, 1, 2)
        chosen = ground(revealed_so_far(weak.state))
        weak.trustees[3].polynomials[1] = (chosen, 4711)
        reveal(weak, 3)
        confirm(weak)
    assert weak.state.joint_key.encode()[0] == 0

    session = at("committed")
    reveal(session, 1, 2)
    session.trustees[3].polynomials[1] = (ground(revealed_so_far(session.state)), 4711)
    late = session.entry(session.trustees[3].revealed(session.state), session.trustees[3].signing)
    assert refused(session, late, "V5.B").culprits == (CULPRIT,)


def rogue_deal(session: SessionBuilder, secret: int) -> DkgRevealed:
    """Commitments that make the joint key g^secret, and shares for the trustees 1 and 2 that fit them (k = 3)."""
    one, two = revealed_so_far(session.state)
    at_zero = base_mul(secret) - one - two
    shares = {1: 1111, 2: 2222}
    at_one, at_two = base_mul(shares[1]), base_mul(shares[2])
    c2 = (at_two - at_one * 2 + at_zero) * pow(2, -1, Q)
    c1 = at_one - at_zero - c2
    commitments = (at_zero, c1, c2)
    assert all(is_good_share(commitments, index, share) for index, share in shares.items())
    body = session.trustees[3].revealed(session.state)
    return replace(body, commitments=b"".join(point.encode() for point in commitments))


def test_a_rogue_key_is_known_to_one_trustee_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = 31337
    weak = at("joined", threshold=3)
    with monkeypatch.context() as patch:
        unbound(patch)
        without(patch, ceremony, "verify_deal_proof", lambda *_: None)
        commit_to_nothing(weak)
        reveal(weak, 1, 2)
        weak.add(rogue_deal(weak, secret), weak.trustees[3].signing)
        confirm(weak)
    # Whoever knows this number opens every ballot without the other two.
    assert weak.state.joint_key == base_mul(secret)

    # With the proof of knowledge, it fails although there is no commitment.
    session = at("joined", threshold=3)
    with monkeypatch.context() as patch:
        unbound(patch)
        commit_to_nothing(session)
        reveal(session, 1, 2)
        rogue = session.entry(rogue_deal(session, secret), session.trustees[3].signing)
        assert refused(session, rogue, "V5.D").culprits == ("trustee 3",)
    # With the commitment, it fails before that.
    session = at("committed", threshold=3)
    reveal(session, 1, 2)
    rogue = session.entry(rogue_deal(session, secret), session.trustees[3].signing)
    refused(session, rogue, "V5.B")


def copy_of_the_first(session: SessionBuilder) -> DkgRevealed:
    first = session.trustees[1].revealed(session.state)
    mine = session.trustees[3].revealed(session.state)
    return replace(mine, commitments=first.commitments, proof=first.proof)


def weak_read(state: State, index: int, run: bytes) -> tuple[Point, ...]:
    """Commitments of any number, whoever has shown them before."""
    return decode_points(run, len(run) // 32, f"trustee {index}")


def test_a_copied_deal_leaves_the_key_to_fewer_trustees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of three are needed, it was said. With a copy, the secrets of the first two make the key."""
    weak = at("joined", threshold=3)
    with monkeypatch.context() as patch, forgetting(schnorr, "dealer"):
        unbound(patch)
        without(patch, ceremony, "_read_commitments", weak_read)
        commit_to_nothing(weak)
        reveal(weak, 1, 2)
        weak.add(copy_of_the_first(weak), weak.trustees[3].signing)
        confirm(weak)
        first, second = (weak.trustees[index].polynomial(weak.state)[0] for index in (1, 2))
        assert weak.state.joint_key == base_mul(2 * first + second)

    session = at("joined", threshold=3)
    with monkeypatch.context() as patch:
        unbound(patch)
        commit_to_nothing(session)
        reveal(session, 1, 2)
        copied = session.entry(copy_of_the_first(session), session.trustees[3].signing)
        assert "is copied" in str(refused(session, copied, "V5.C"))
        without(patch, ceremony, "_read_commitments", weak_read)
        refused(session, copied, "V5.D")


def with_degree(degree: int) -> SessionBuilder:
    """Two of three are needed, and the polynomial of trustee 3 has another degree than 1."""
    session = at("joined")
    session.trustees[3].polynomials[1] = tuple(range(7001, 7002 + degree))
    session.stage_committed()
    reveal(session, 1, 2)
    return session


def shares_of(session: SessionBuilder) -> dict[int, int]:
    return {index: session.private_share(index) for index in session.trustees}


def interpolates(session: SessionBuilder, indices: tuple[int, ...]) -> bool:
    """Whether the shares of these trustees decrypt what is encrypted to the joint key."""
    weights = lagrange_at_zero(indices)
    shares = shares_of(session)
    return base_mul(sum(weights[index] * shares[index] for index in indices)) == session.state.joint_key


@pytest.mark.parametrize("degree", [0, 2])
def test_a_polynomial_of_another_degree_changes_the_threshold(degree: int, monkeypatch: pytest.MonkeyPatch) -> None:
    weak = with_degree(degree)
    with monkeypatch.context() as patch:
        without(patch, ceremony, "_read_commitments", weak_read)
        reveal(weak, 3)
        confirm(weak)
    # Every share is good, so nobody complains. Of degree 2, no two trustees can decrypt, and no ballot is ever counted.
    # Of degree 0, what trustee 3 brought is known to everybody who got a share.
    reveals = weak.state.ceremony.revealed[3].commitments
    for index in (1, 2):
        assert is_good_share(reveals, index, weak.trustees[3].share_for(weak.state, index))
    assert interpolates(weak, (1, 2)) is (degree == 0)
    if degree == 0:
        assert BASE * weak.trustees[3].share_for(weak.state, 1) == reveals[0]
    else:
        assert interpolates(weak, (1, 2, 3))

    session = with_degree(degree)
    raw = session.entry(session.trustees[3].revealed(session.state), session.trustees[3].signing)
    assert "2 take 64" in str(refused(session, raw, "V5.C"))


def test_a_false_complaint_that_is_believed_drives_an_honest_dealer_out(monkeypatch: pytest.MonkeyPatch) -> None:
    session = at("revealed")
    complaint = session.entry(session.trustees[3].complained(session.state, 1), session.trustees[3].signing)
    with monkeypatch.context() as patch:
        without(patch, faults, "_is_good", lambda *_: False)
        weak = session.fork()
        weak.append(complaint)
        assert weak.state.ceremony.faults[-1].trustee == 1
    session.append(complaint)
    assert session.state.ceremony.faults[-1].trustee == 3
    # The next attempt begins from nothing, and what the complaint published opens nothing in it.
    for stage in (session.stage_committed, session.stage_revealed, session.stage_keyed):
        stage()
    assert session.state.joint_key is not None
    assert session.state.joint_key == multi_mul(
        [1] * 3, [r.commitments[0] for r in session.state.ceremony.revealed.values()]
    )
    assert session.state.joint_key != at("keyed").state.joint_key
