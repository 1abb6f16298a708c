"""Small, valid, deterministic values for tests: contests, a joint key with a known secret, sealed ballots.

Everything that a builder gives is within the rules; a test changes only what it is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ballots.contest import (
    NO_WRITE_INS,
    At,
    Cell,
    Contest,
    Kind,
    Limit,
    Row,
    RulesRef,
    Stage,
    Title,
    WriteIns,
    WriteInWay,
    make_contest,
)
from ballots.encrypt import new_seed, seal_ballot
from ballots.sealed_ballot import SealedBallot, statement
from tests.support.seeded_rng import SeededRng
from voting_core.argument.statement import Statement
from voting_core.elgamal import Ciphertext
from voting_core.group import BASE, IDENTITY, Point, base_mul
from voting_core.rng import random_scalar
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

APPROVAL = ("approve", "disapprove", "abstain")
TRUST = ("信任", "基本信任", "不信任", "弃权")
NAMES = ("李红香", "王桂敏", "杨光", "曹娟婷", "欧阳志远", "萧涛文", "𠮷田", "阿依古丽·买买提")

SESSION = SeededRng("session").bytes(32)
"""A session id."""


def some_rows(count: int) -> tuple[Row, ...]:
    """Rows with the ids 0001, 0002, … and Chinese names that repeat after a while."""
    return tuple(Row(f"{number + 1:04d}", NAMES[number % len(NAMES)]) for number in range(count))


def small_contest(
    rows: int = 2,
    marks: Sequence[str] = APPROVAL,
    *,
    id: str = "committee",
    kind: Kind = Kind.ELECTION,
    slot: int = 0,
    seats: int | None = None,
    at_most: Mapping[str, int] | None = None,
    at_least: Mapping[str, int] | None = None,
    blank: str = "",
    classes: Sequence[str] = ("delegate",),
    cells: Sequence[Cell] = (),
    minimum: int = 0,
    waiver: bool = False,
    rules: RulesRef | None = None,
) -> Contest:
    """A contest, by default a formal election of one out of two; limits are given as mark -> count."""
    limits = [Limit(At.MOST, count, mark) for mark, count in (at_most or {}).items()]
    limits += [Limit(At.LEAST, count, mark) for mark, count in (at_least or {}).items()]
    return make_contest(
        id=id,
        kind=kind,
        stage=Stage.FORMAL if kind is Kind.ELECTION else Stage.NONE,
        title=Title(en="Committee", zh="选举县委委员"),
        slot=slot,
        seats=seats if seats is not None else int(kind is Kind.ELECTION),
        rows=some_rows(rows),
        marks=marks,
        limits=limits,
        blank=blank,
        rules=rules or RulesRef("election_local_2020", SeededRng("rules").bytes(32)),
        classes=classes,
        cells=cells,
        minimum=minimum,
        waiver=waiver,
        write_ins=WriteIns(WriteInWay.WAIVED, "测试〔2026〕1号") if kind is Kind.ELECTION else NO_WRITE_INS,
    )


def credential_key(number: int = 0) -> SigningKey:
    """The key pair of a delegate's credential."""
    return SigningKey.from_seed(Secret(SeededRng(f"credential {number}").bytes(32)))


@dataclass(frozen=True, slots=True)
class BallotWorld:
    """One contest under a joint key whose secret is known, and the ballots of numbered voters."""

    contest: Contest
    secret: int
    session: bytes = SESSION

    @property
    def key(self) -> Point:
        """The joint key K."""
        return base_mul(self.secret)

    def credential(self, voter: int = 0) -> bytes:
        """The public key of a voter's credential."""
        return credential_key(voter).public

    def seed(self, voter: int = 0, attempt: int = 0) -> Secret[bytes]:
        """The seed of a voter's ballot; every attempt has its own."""
        return new_seed(SeededRng(f"seed {voter} {attempt}"))

    def seal(self, marks: tuple[int, ...], voter: int = 0, attempt: int = 0) -> SealedBallot:
        """A voter's ballot with these marks."""
        return seal_ballot(
            self.contest, self.session, self.key, self.credential(voter), marks, self.seed(voter, attempt)
        )

    def statement(self, ballot: SealedBallot) -> Statement:
        """The decoded ballot."""
        return statement(ballot, self.contest, self.key)

    def decrypt(self, ciphertext: Ciphertext, most: int = 10) -> int:
        """The plaintext of a ciphertext, 0..most; ValueError when it is none of them."""
        value = ciphertext.data - ciphertext.pad * self.secret
        candidate = IDENTITY
        for plaintext in range(most + 1):
            if candidate == value:
                return plaintext
            candidate = candidate + BASE
        raise ValueError("the plaintext is not small")


def ballot_world(contest: Contest | None = None, seed: int | str = 0) -> BallotWorld:
    """A world around a contest, by default that of :func:`small_contest`."""
    return BallotWorld(contest or small_contest(), random_scalar(SeededRng(f"joint key {seed}")))
