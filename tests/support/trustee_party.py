"""A trustee in tests: its keys, its polynomial of each attempt, its messages and shares.

Everything is drawn from a seeded source, the sealed boxes included, so that a session is the same byte for byte on
every run. (The product draws the ephemeral keys of boxes from the operating system; the boxes here are made by the
tests' own HPKE.)
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tally.entries.ceremony import DkgCommitted, DkgComplained, DkgConfirmed, DkgRevealed, SealedShare, TrusteeJoined
from tally.entries.counting import TallyCommitted, TallyShared
from tally.replay.expected import share_statement
from tally.replay.transcripts import ceremony_transcript, deal_commitment, share_info
from tally.state import State
from tests.support import plain_hpke
from tests.support.seeded_rng import SeededRng
from voting_core.group import Q, base_mul, encode_scalar
from voting_core.prove.schnorr import prove_deal
from voting_core.prove.share import make_shares
from voting_core.schnorr import DealStatement
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey


def draw_scalar(rng: SeededRng) -> int:
    """A scalar of a seeded source."""
    return int.from_bytes(rng.bytes(64), "little") % Q


@dataclass
class TrusteeParty:
    """One trustee. `polynomials` may be set before committing, to deal something of one's own choice."""

    seed: str
    index: int
    polynomials: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the long-term keys."""
        self.signing = SigningKey.generate(SeededRng(f"{self.seed} trustee {self.index} signing"))
        self.witness = SigningKey.generate(SeededRng(f"{self.seed} trustee {self.index} witness"))

    def joined(self) -> TrusteeJoined:
        """The body that introduces the trustee."""
        name = f"监票人{self.index}"
        return TrusteeJoined(
            index=self.index, name=name, signing_key=self.signing.public, witness_key=self.witness.public
        )

    def polynomial(self, state: State) -> tuple[int, ...]:
        """The coefficients of the running attempt."""
        attempt = state.ceremony.attempt
        if attempt not in self.polynomials:
            rng = SeededRng(f"{self.seed} trustee {self.index} attempt {attempt} polynomial")
            self.polynomials[attempt] = tuple(draw_scalar(rng) for _ in range(state.facts.threshold))
        return self.polynomials[attempt]

    def sealing_secret(self, state: State) -> bytes:
        """The private sealing key of the running attempt."""
        return SeededRng(f"{self.seed} trustee {self.index} attempt {state.ceremony.attempt} sealing").bytes(32)

    def share_for(self, state: State, receiver: int) -> int:
        """f_i(receiver)."""
        return sum(c * receiver**s for s, c in enumerate(self.polynomial(state))) % Q

    def deal(self, state: State) -> tuple[bytes, bytes]:
        """The commitments as one run, and the proof of the constant term."""
        coefficients = self.polynomial(state)
        points = tuple(base_mul(coefficient) for coefficient in coefficients)
        statement = DealStatement(state.session_id, state.ceremony.attempt, state.roster_hash, self.index, points)
        rng = SeededRng(f"{self.seed} trustee {self.index} attempt {state.ceremony.attempt} proof")
        proof = prove_deal(statement, Secret(coefficients[0]), rng)
        return b"".join(point.encode() for point in points), proof.encode()

    def committed(self, state: State) -> DkgCommitted:
        """The commitment to the deal."""
        return DkgCommitted(
            attempt=state.ceremony.attempt,
            commitment=deal_commitment(state, self.index, *self.deal(state)),
            sealing_key=plain_hpke.public_of(self.sealing_secret(state)),
        )

    def revealed(self, state: State, bad_for: int = 0) -> DkgRevealed:
        """The deal itself; the share for trustee `bad_for` is wrong by one."""
        commitments, proof = self.deal(state)
        shares = []
        for receiver in sorted(state.trustees):
            if receiver != self.index:
                share = (self.share_for(state, receiver) + int(receiver == bad_for)) % Q
                shares.append(SealedShare(receiver, self.box(state, receiver, encode_scalar(share))))
        return DkgRevealed(attempt=state.ceremony.attempt, commitments=commitments, proof=proof, shares=tuple(shares))

    def box(self, state: State, receiver: int, plaintext: bytes) -> bytes:
        """A plaintext sealed to another trustee."""
        name = f"{self.seed} trustee {self.index} attempt {state.ceremony.attempt} box {receiver}"
        key = state.ceremony.committed[receiver].sealing_key
        return plain_hpke.seal(SeededRng(name).bytes(32), key, share_info(state, self.index, receiver), b"", plaintext)

    def confirmed(self, state: State) -> DkgConfirmed:
        """The confirmation of the ceremony so far."""
        return DkgConfirmed(state.ceremony.attempt, ceremony_transcript(state))

    def complained(self, state: State, dealer: int) -> DkgComplained:
        """A complaint about a dealer."""
        return DkgComplained(attempt=state.ceremony.attempt, dealer=dealer, sealing_secret=self.sealing_secret(state))

    def shared(self, state: State, contest_id: str, private_share: int) -> TallyShared:
        """The decryption shares of a closed contest."""
        statement = share_statement(state, contest_id, self.index)
        rng = SeededRng(f"{self.seed} trustee {self.index} share {contest_id}")
        points, proof = make_shares(statement, Secret(private_share), rng)
        return TallyShared(
            contest=contest_id, shares=b"".join(point.encode() for point in points), proof=proof.encode()
        )

    def share_committed(self, state: State, shared: TallyShared) -> TallyCommitted:
        """The commitment to these shares."""
        closing = state.contest(shared.contest).closing
        if closing is None:
            raise ValueError("the contest is not closed")
        return TallyCommitted(shared.contest, shared.commitment(closing.root))
