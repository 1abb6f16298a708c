"""The cards of a simulated session: one for each delegate present, all alike, drawn by nobody in particular."""

from collections.abc import Sequence

from ballots.card import credential_key
from ballots.contest import Contest
from ballots.encrypt import new_seed, seal_ballot
from ballots.sealed_ballot import ballot_id
from tally.entries.ballots import BallotCast
from tally.entries.build import build_entry
from tally.entries.entry_type import EntryType
from voting_core.group import Point
from voting_core.rng import Rng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

CARD_SECRET_BYTES = 16


def make_cards(count: int, rng: Rng) -> tuple[Secret[bytes], ...]:
    """`count` card secrets."""
    return tuple(Secret(rng.bytes(CARD_SECRET_BYTES)) for _ in range(count))


def cast_ballot(
    contest: Contest,
    session: bytes,
    key: Point,
    credential: SigningKey,
    box: SigningKey,
    marks: Sequence[int],
    rng: Rng,
) -> tuple[bytes, bytes]:
    """Seal, sign and wrap one ballot: (ballot id, the `ballot.cast` entry)."""
    ballot = seal_ballot(contest, session, key, credential.public, tuple(marks), new_seed(rng))
    entry = build_entry(EntryType.BALLOT_CAST, BallotCast(ballot), session, [credential, box], time=None, seen=None)
    return ballot_id(ballot), entry


def card_keys(cards: Sequence[Secret[bytes]], session: bytes, slot: int) -> tuple[SigningKey, ...]:
    """The credential keys of all cards for one slot (SPEC §7.1)."""
    return tuple(credential_key(card, session, slot) for card in cards)
