import hashlib
from dataclasses import replace

import pytest

from tests.support import oracle
from tests.support.oracle_argument import challenge, frames
from tests.support.seeded_rng import SeededRng
from voting_core.dleq import ShareProof, ShareStatement, verify_share
from voting_core.errors import EncodingError, VerificationError
from voting_core.group import BASE, Point, Q, base_mul
from voting_core.prove.share import make_shares
from voting_core.rng import random_scalar
from voting_core.secret import Secret

RNG = SeededRng("dleq")
PRIVATE = random_scalar(RNG)
STATEMENT = ShareStatement(
    b"S" * 32, b"C" * 32, b"R" * 32, 3, base_mul(PRIVATE), tuple(base_mul(random_scalar(RNG)) for _ in range(4))
)
SHARES, PROOF = make_shares(STATEMENT, Secret(PRIVATE), RNG)


def test_honest_shares_hold() -> None:
    assert tuple(base * PRIVATE for base in STATEMENT.bases) == SHARES
    verify_share(STATEMENT, SHARES, PROOF)


def test_one_share_holds() -> None:
    statement = replace(STATEMENT, bases=STATEMENT.bases[:1])
    shares, proof = make_shares(statement, Secret(PRIVATE), RNG)
    verify_share(statement, shares, proof)


def test_the_bytes() -> None:
    data = PROOF.encode()
    assert data == PROOF.t1.encode() + PROOF.t2.encode() + PROOF.z.to_bytes(32, "little")
    assert ShareProof.decode(data, "proof") == PROOF
    for wrong in (data[:-1], data + b"\x00", b""):
        with pytest.raises(EncodingError, match="96 bytes"):
            ShareProof.decode(wrong, "proof")
    for place, name in ((0, "T1"), (32, "T2"), (64, "z")):
        broken = data[:place] + b"\xff" * 32 + data[place + 32 :]
        with pytest.raises(EncodingError) as caught:
            ShareProof.decode(broken, "proof")
        assert caught.value.where == f"proof, {name}"


def test_the_equations_are_those_of_the_specification() -> None:
    def points(*values: Point) -> list[oracle.Coordinates]:
        decoded = [oracle.decode(value.encode()) for value in values]
        return [point for point in decoded if point is not None]

    def product(scalars: list[int], values: list[oracle.Coordinates]) -> oracle.Coordinates:
        total = oracle.IDENTITY
        for scalar, value in zip(scalars, values, strict=True):
            total = oracle.add(total, oracle.multiply(scalar, value))
        return total

    said = frames(b"plenum-v1/share-proof")
    for label, data in (
        (b"protocol", b"plenum-v1"),
        (b"session", b"S" * 32),
        (b"contest", b"C" * 32),
        (b"root", b"R" * 32),
        (b"trustee", (3).to_bytes(8, "little")),
        (b"key", STATEMENT.key.encode()),
        (b"bases", b"".join(point.encode() for point in STATEMENT.bases)),
        (b"shares", b"".join(point.encode() for point in SHARES)),
    ):
        said += frames(label, data)
    said += frames(b"seed", b"weights")
    seed = hashlib.sha512(said).digest()
    said += frames(seed)
    weights = [
        oracle.hash_to_scalar(frames(seed, j.to_bytes(8, "little")), b"plenum-v1/share-weight") for j in range(1, 5)
    ]
    base, share = product(weights, points(*STATEMENT.bases)), product(weights, points(*SHARES))
    said += frames(b"T1", PROOF.t1.encode()) + frames(b"T2", PROOF.t2.encode())
    c = challenge(said + frames(b"challenge", b"c"))
    t1, t2, key = points(PROOF.t1, PROOF.t2, STATEMENT.key)
    for left, right in (
        (oracle.multiply(PROOF.z, oracle.BASE), product([1, c], [t1, key])),
        (oracle.multiply(PROOF.z, base), product([1, c], [t2, share])),
    ):
        assert oracle.encode(left) == oracle.encode(right)


@pytest.mark.parametrize("position", range(4))
def test_every_share_is_bound(position: int) -> None:
    shares = list(SHARES)
    shares[position] = shares[position] + BASE
    with pytest.raises(VerificationError) as caught:
        verify_share(STATEMENT, shares, PROOF)
    assert (caught.value.code, caught.value.culprits) == ("V10.C", ("trustee 3",))


@pytest.mark.parametrize(
    "changes",
    [
        {"session": b"X" * 32},
        {"contest_hash": b"X" * 32},
        {"root": b"X" * 32},
        {"trustee": 4},
        {"key": STATEMENT.key + BASE},
        {"bases": (STATEMENT.bases[1], STATEMENT.bases[0], *STATEMENT.bases[2:])},
    ],
)
def test_a_proof_holds_for_nothing_else(changes: dict[str, object]) -> None:
    with pytest.raises(VerificationError, match=r"V10\.C: trustee [34]: the proof of the shares"):
        verify_share(replace(STATEMENT, **changes), SHARES, PROOF)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "proof",
    [
        replace(PROOF, z=(PROOF.z + 1) % Q),
        replace(PROOF, t1=PROOF.t1 + BASE),
        replace(PROOF, t2=PROOF.t2 + BASE),
    ],
)
def test_a_changed_proof_fails(proof: ShareProof) -> None:
    with pytest.raises(VerificationError, match=r"V10\.C"):
        verify_share(STATEMENT, SHARES, proof)


@pytest.mark.parametrize("shares", [SHARES[:3], (*SHARES, SHARES[0]), ()])
def test_another_number_of_shares_fails(shares: tuple[Point, ...]) -> None:
    with pytest.raises(VerificationError, match=rf"V10\.C: trustee 3: 4 shares are needed, not {len(shares)}"):
        verify_share(STATEMENT, shares, PROOF)


def test_shares_of_another_secret_fail() -> None:
    shares, proof = make_shares(STATEMENT, Secret((PRIVATE + 1) % Q), RNG)
    with pytest.raises(VerificationError, match=r"V10\.C"):
        verify_share(STATEMENT, shares, proof)
