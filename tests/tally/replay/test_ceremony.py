"""The key ceremony (SPEC §6, §8.5 rule 2): order, commitments, proofs, boxes, confirmation, keys."""

from dataclasses import replace

import pytest

from tally.entries.ceremony import DkgConfirmed, DkgRevealed, SealedShare
from tally.replay.transcripts import deal_commitment, fingerprint
from tests.support.refusals import refused
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from tests.support.trustee_party import TrusteeParty, draw_scalar
from tests.tally.replay.conftest import At
from voting_core.group import IDENTITY, Q, base_mul, decode_point
from voting_core.polynomial import lagrange_at_zero


def party(session: SessionBuilder, index: int) -> TrusteeParty:
    return session.trustees[index]


# Joining


def test_indices_are_taken_once_and_not_beyond_the_number_of_trustees(at: At) -> None:
    session = at("created")
    first, second = party(session, 1), party(session, 2)
    session.add(first.joined(), first.signing, *session.officials)
    for index in (1, 4):
        body = replace(second.joined(), index=index)
        refused(session, session.entry(body, second.signing, *session.officials), "V5.A")


def test_a_trustee_brings_keys_of_its_own(at: At) -> None:
    session = at("created")
    first, second = party(session, 1), party(session, 2)
    session.add(first.joined(), first.signing, *session.officials)
    copied = replace(second.joined(), witness_key=first.witness.public)
    same = replace(second.joined(), witness_key=second.signing.public)
    small = replace(second.joined(), witness_key=bytes([1]) + bytes(31))
    for body in (copied, same, small):
        refused(session, session.entry(body, second.signing, *session.officials), "V4.C")


def test_nobody_joins_after_all_have(at: At) -> None:
    session = at("joined")
    more = TrusteeParty("more", 1)
    refused(session, session.entry(more.joined(), more.signing, *session.officials), "V4.D")


# Committing


def test_nobody_commits_before_all_have_joined(at: At) -> None:
    session = at("created")
    first = party(session, 1)
    session.add(first.joined(), first.signing, *session.officials)
    refused(session, session.entry(first.committed(session.state), first.signing), "V4.D")


def test_a_trustee_commits_once_in_the_running_attempt(at: At) -> None:
    session = at("joined")
    first = party(session, 1)
    body = first.committed(session.state)
    refused(session, session.entry(replace(body, attempt=2), first.signing), "V4.D")
    session.add(body, first.signing)
    again = replace(body, sealing_key=SeededRng("other").bytes(31) + b"\0")
    refused(session, session.entry(again, first.signing), "V4.D")


@pytest.mark.parametrize("key", [bytes(32), bytes([1]) + bytes(31), b"\xff" * 32])
def test_nobody_publishes_a_sealing_key_to_which_nothing_can_be_sealed(at: At, key: bytes) -> None:
    session = at("joined")
    first = party(session, 1)
    refused(session, session.entry(replace(first.committed(session.state), sealing_key=key), first.signing), "V4.C")


def test_a_sealing_key_is_new(at: At) -> None:
    session = at("joined")
    first, second = party(session, 1), party(session, 2)
    session.add(first.committed(session.state), first.signing)
    copied = replace(second.committed(session.state), sealing_key=first.committed(session.state).sealing_key)
    refused(session, session.entry(copied, second.signing), "V4.C")


# Revealing


def test_nobody_reveals_before_all_have_committed(at: At) -> None:
    session = at("joined")
    for index in (1, 2):
        session.add(party(session, index).committed(session.state), party(session, index).signing)
    early = DkgRevealed(attempt=1, commitments=b"", proof=bytes(64), shares=())
    refused(session, session.entry(early, party(session, 1).signing), "V4.D")


def test_a_trustee_reveals_once(at: At) -> None:
    session = at("committed")
    first = party(session, 1)
    session.add(first.revealed(session.state), first.signing)
    refused(session, session.entry(first.revealed(session.state), first.signing), "V4.D")


def test_what_is_revealed_opens_the_commitment(at: At) -> None:
    session = at("committed")
    body = party(session, 1).revealed(session.state)
    other = party(session, 2).revealed(session.state)
    for changed in (replace(body, proof=other.proof), replace(body, commitments=other.commitments), other):
        refused(session, session.entry(changed, party(session, 1).signing), "V5.B")


def dealing(at: At, commitments: bytes, proof: bytes, index: int = 1) -> tuple[SessionBuilder, DkgRevealed]:
    """A session in which a trustee has committed to just these bytes, and its reveal."""
    session = at("joined")
    for number, dealer in session.trustees.items():
        body = dealer.committed(session.state)
        if number == index:
            body = replace(body, commitment=deal_commitment(session.state, index, commitments, proof))
        session.add(body, dealer.signing)
    reveal = replace(party(session, index).revealed(session.state), commitments=commitments, proof=proof)
    return session, reveal


@pytest.mark.parametrize("count", [1, 3])
def test_a_polynomial_has_exactly_k_coefficients(at: At, count: int) -> None:
    state = at("joined").state
    dealer = TrusteeParty("session", 1, {1: tuple(draw_scalar(SeededRng(n)) for n in range(count))})
    session, reveal = dealing(at, *dealer.deal(state))
    refused(session, session.entry(reveal, party(session, 1).signing), "V5.C")


def test_a_commitment_is_not_repeated(at: At) -> None:
    state = at("joined").state
    dealer = TrusteeParty("session", 1, {1: (7, 7)})
    session, reveal = dealing(at, *dealer.deal(state))
    refused(session, session.entry(reveal, party(session, 1).signing), "V5.C")


def test_a_dealer_who_copies_another_polynomial_is_refused_even_with_a_proof(at: At) -> None:
    session = at("joined")
    # Trustee 2 knows the polynomial of trustee 1: the two are colluding.
    polynomial = party(session, 1).polynomial(session.state)
    session.trustees[2].polynomials[1] = polynomial
    session.run("committed")
    session.add(party(session, 1).revealed(session.state), party(session, 1).signing)
    refusal = refused(
        session, session.entry(party(session, 2).revealed(session.state), party(session, 2).signing), "V5.C"
    )
    assert "trustee 1" in str(refusal)


def test_a_dealer_who_copies_commitment_and_reveal_is_refused(at: At) -> None:
    session = at("joined")
    first, second = party(session, 1), party(session, 2)
    copied = replace(second.committed(session.state), commitment=first.committed(session.state).commitment)
    session.add(first.committed(session.state), first.signing)
    session.add(copied, second.signing)
    session.add(party(session, 3).committed(session.state), party(session, 3).signing)
    own = second.revealed(session.state)
    reveal = first.revealed(session.state)
    refused(session, session.entry(replace(reveal, shares=own.shares), second.signing), "V5.B")


def test_a_rogue_key_has_no_proof(at: At) -> None:
    """The last dealer makes C_{3,0} = g^7 / (C_{1,0} C_{2,0}), so that the joint key would be g^7."""
    state = at("joined").state
    builder = at("joined")
    others = [decode_point(builder.trustees[n].deal(state)[0][:32], "C") for n in (1, 2)]
    rogue = base_mul(7) - others[0] - others[1]
    second = base_mul(9)
    _, proof = TrusteeParty("session", 3, {1: (7, 9)}).deal(state)
    session, reveal = dealing(at, rogue.encode() + second.encode(), proof, index=3)
    for index in (1, 2):
        session.add(party(session, index).revealed(session.state), party(session, index).signing)
    refusal = refused(session, session.entry(reveal, party(session, 3).signing), "V5.D")
    assert refusal.culprits == ("trustee 3",)


@pytest.mark.parametrize("bad", [bytes(32), b"\xff" * 32, bytes([1]) + bytes(31)])
def test_commitments_are_points_and_never_the_identity(at: At, bad: bytes) -> None:
    commitments, proof = at("joined").trustees[1].deal(at("joined").state)
    session, reveal = dealing(at, bad + commitments[32:], proof)
    refused(session, session.entry(reveal, party(session, 1).signing), "V2.D")


def test_there_is_one_box_of_the_right_length_for_each_other_trustee(at: At) -> None:
    session = at("committed")
    body = party(session, 1).revealed(session.state)
    two, three = body.shares
    wrong = [
        (two,),
        (three, two),
        (two, two),
        (two, three, SealedShare(4, three.box)),
        (SealedShare(1, two.box), two, three),
        (two, SealedShare(3, three.box[:-1])),
        (two, SealedShare(3, three.box + b"\0")),
    ]
    for shares in wrong:
        refused(session, session.entry(replace(body, shares=shares), party(session, 1).signing), "V5.E")


# Confirming


def test_nobody_confirms_before_all_have_revealed(at: At) -> None:
    """The last reveal is missing."""
    session = at("committed")
    for index in (1, 2):
        session.add(party(session, index).revealed(session.state), party(session, index).signing)
    refused(session, session.entry(DkgConfirmed(1, bytes(32)), party(session, 1).signing), "V4.D")


def test_a_confirmation_is_over_this_ceremony(at: At) -> None:
    session = at("revealed")
    refusal = refused(session, session.entry(DkgConfirmed(1, bytes(32)), party(session, 1).signing), "V5.G")
    assert refusal.culprits == ("trustee 1 (监票人1)",)


def test_a_trustee_confirms_once(at: At) -> None:
    session = at("revealed")
    first = party(session, 1)
    session.add(first.confirmed(session.state), first.signing)
    refused(session, session.entry(first.confirmed(session.state), first.signing), "V4.D")


def test_the_ceremony_is_over_when_the_key_is_confirmed(at: At) -> None:
    session = at("keyed")
    first = party(session, 1)
    late = DkgConfirmed(1, bytes(32))
    refused(session, session.entry(late, first.signing), "V4.D")
    refused(session, session.entry(first.committed(session.state), first.signing), "V4.D")


def test_key_shares_and_fingerprint_are_those_of_the_polynomials(at: At) -> None:
    session = at("keyed")
    state = session.state
    assert state.joint_key is not None
    secret = sum(party(session, n).polynomial(state)[0] for n in (1, 2, 3)) % Q
    assert state.joint_key == base_mul(secret)
    for index in (1, 2, 3):
        assert state.public_shares[index] == base_mul(session.private_share(index))
    weights = lagrange_at_zero((1, 3))
    assert sum(session.private_share(index) * weight for index, weight in weights.items()) % Q == secret
    assert state.fingerprint == fingerprint(state.session_id, state.size, state.root)


def test_before_the_last_confirmation_there_is_no_key(at: At) -> None:
    state = at("revealed").state
    assert (state.joint_key, state.fingerprint, len(state.public_shares)) == (None, None, 0)


@pytest.mark.parametrize("value", ["joint key", "public share"])
def test_dealers_who_collude_cannot_make_a_key_that_is_the_identity(at: At, value: str) -> None:
    session = at("joined")
    state = session.state
    (a1, b1), (a2, b2) = (party(session, n).polynomial(state) for n in (1, 2))
    # For the public share, the sum of the polynomials is zero at 1: the private share of trustee 1 would be 0.
    constant = {"joint key": -(a1 + a2), "public share": -(a1 + a2 + b1 + b2) - 5}[value]
    session.trustees[3].polynomials[1] = (constant % Q, 5)
    session.run("revealed")
    for index in (1, 2):
        session.add(party(session, index).confirmed(session.state), party(session, index).signing)
    last = party(session, 3)
    refusal = refused(session, session.entry(last.confirmed(session.state), last.signing), "V5.H")
    assert value in str(refusal)
    assert base_mul(0) == IDENTITY
