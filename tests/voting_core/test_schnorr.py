from dataclasses import replace

import pytest

from tests.support import oracle
from tests.support.oracle_argument import challenge, frames
from tests.support.seeded_rng import SeededRng
from voting_core.errors import EncodingError, VerificationError
from voting_core.group import BASE, Q
from voting_core.prove.dealing import commit, constant_term, new_polynomial
from voting_core.prove.schnorr import prove_deal
from voting_core.schnorr import DealProof, DealStatement, deal_challenge, verify_deal_proof

RNG = SeededRng("schnorr")
POLYNOMIAL = new_polynomial(3, RNG)
STATEMENT = DealStatement(b"S" * 32, 2, b"R" * 32, 4, commit(POLYNOMIAL))
PROOF = prove_deal(STATEMENT, constant_term(POLYNOMIAL), RNG)


def test_an_honest_proof_holds() -> None:
    verify_deal_proof(STATEMENT, PROOF)


def test_the_bytes() -> None:
    data = PROOF.encode()
    assert data == PROOF.t.encode() + PROOF.z.to_bytes(32, "little")
    assert DealProof.decode(data, "proof") == PROOF
    for wrong in (data[:-1], data + b"\x00", b""):
        with pytest.raises(EncodingError, match="64 bytes"):
            DealProof.decode(wrong, "proof")
    with pytest.raises(EncodingError, match="proof, T: is the identity"):
        DealProof.decode(bytes(64), "proof")
    with pytest.raises(EncodingError, match="proof, z: is not below"):
        DealProof.decode(data[:32] + Q.to_bytes(32, "little"), "proof")


def test_the_challenge_and_the_equation_are_those_of_the_specification() -> None:
    said = frames(b"plenum-v1/deal-proof")
    for label, data in (
        (b"session", b"S" * 32),
        (b"attempt", (2).to_bytes(8, "little")),
        (b"roster", b"R" * 32),
        (b"dealer", (4).to_bytes(8, "little")),
        (b"commitments", b"".join(point.encode() for point in STATEMENT.commitments)),
        (b"T", PROOF.t.encode()),
    ):
        said += frames(label, data)
    c = challenge(said + frames(b"challenge", b"c"))
    assert deal_challenge(STATEMENT, PROOF.t) == c
    constant, t = (oracle.decode(point.encode()) for point in (STATEMENT.commitments[0], PROOF.t))
    assert constant is not None
    assert t is not None
    right = oracle.add(t, oracle.multiply(c, constant))
    assert oracle.encode(oracle.multiply(PROOF.z, oracle.BASE)) == oracle.encode(right)


@pytest.mark.parametrize(
    "changes",
    [
        {"session": b"X" * 32},
        {"attempt": 3},
        {"roster": b"X" * 32},
        {"dealer": 5},
        {"commitments": (STATEMENT.commitments[0] + BASE, *STATEMENT.commitments[1:])},
        {"commitments": STATEMENT.commitments[:2]},
        {"commitments": (*STATEMENT.commitments[:2], BASE)},
    ],
)
def test_a_proof_holds_for_nothing_else(changes: dict[str, object]) -> None:
    with pytest.raises(VerificationError) as caught:
        verify_deal_proof(replace(STATEMENT, **changes), PROOF)  # type: ignore[arg-type]
    assert caught.value.code == "V5.D"
    assert caught.value.culprits == (f"trustee {changes.get('dealer', 4)}",)


@pytest.mark.parametrize("proof", [replace(PROOF, z=(PROOF.z + 1) % Q), replace(PROOF, t=PROOF.t + BASE)])
def test_a_changed_proof_fails(proof: DealProof) -> None:
    with pytest.raises(VerificationError, match=r"V5\.D: trustee 4"):
        verify_deal_proof(STATEMENT, proof)
