"""The cards of a demonstration: drawn, left over, for tests, and a sealed reserve; and the turns that they take.

The cards are shuffled before anything is done with them: nothing tells which delegate of the roll drew which.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ballots.card import CardSecret, credential_key, new_card_secret, typed_code
from ballots.contest import Contest
from kiosk.demo.votes import choices
from voting_core.rng import Rng
from voting_core.signing_key import SigningKey

LEFT_OVER = 3
"""Cards that nobody draws; they are voided before each contest opens."""

TEST = 2
"""Cards of the scrutineers, which only challenge."""

RESERVE = 5
"""Cards that stay sealed."""

CHALLENGE_EVERY = 40
"""Every so many delegates, one tests the kiosk before casting."""


@dataclass(frozen=True, slots=True)
class Cards:
    """All cards by what becomes of them."""

    drawn: tuple[CardSecret, ...]
    left_over: tuple[CardSecret, ...]
    test: tuple[CardSecret, ...]
    reserve: tuple[CardSecret, ...]

    @classmethod
    def make(cls, drawn: int, rng: Rng) -> "Cards":
        """Make and shuffle cards for so many delegates."""
        made = [new_card_secret(rng) for _ in range(drawn + LEFT_OVER + TEST + RESERVE)]
        made.sort(key=lambda _: rng.bytes(16))
        left, test = drawn + LEFT_OVER, drawn + LEFT_OVER + TEST
        return cls(tuple(made[:drawn]), tuple(made[drawn:left]), tuple(made[left:test]), tuple(made[test:]))

    def of_classes(self, contest: Contest, present: Mapping[str, int]) -> dict[str, tuple[CardSecret, ...]]:
        """The cards of each class of a contest in which somebody is present; those not drawn are of its last cell."""
        found: dict[str, tuple[CardSecret, ...]] = {}
        start = 0
        for name in contest.classes:
            more = (*self.left_over, *self.test, *self.reserve) if name == spare_class(contest) else ()
            found[name] = (*self.drawn[start : start + present[name]], *more)
            start += present[name]
        return {name: cards for name, cards in found.items() if cards}


def spare_class(contest: Contest) -> str:
    """The class of the cards left over, for tests and in reserve: that of the cell that takes in the others."""
    return contest.cells[-1].classes[-1]


def run_of(cards: Sequence[CardSecret], session: bytes, slot: int) -> bytes:
    """The public keys of some cards for a slot, sorted, as one run (SPEC §7.2)."""
    return b"".join(sorted(key.public for key in keys_of(cards, session, slot)))


def keys_of(cards: Sequence[CardSecret], session: bytes, slot: int) -> tuple[SigningKey, ...]:
    """The credential keys of some cards for a slot."""
    return tuple(credential_key(card, session, slot) for card in cards)


def challenges(drawn: int) -> int:
    """How many ballots of a contest are challenged: by some delegates, and by every test card."""
    return len(range(0, drawn, CHALLENGE_EVERY)) + TEST


def _turns(contest: Contest, cards: Cards, session: bytes, seed: str) -> Iterator[tuple[str, ...]]:
    """The turns of one contest: what each person does at one kiosk, line by line."""
    for number, card in enumerate(cards.drawn):
        turn = {"card": typed_code(card, session).reveal(), "contest": contest.id}
        vote = json.dumps({**turn, "marks": choices(contest, seed, f"{number}")})
        if number % CHALLENGE_EVERY == 0:
            # Whoever tests a kiosk does it with other marks than the ones that are then cast.
            tested = choices(contest, seed, f"test {number}")
            yield json.dumps({**turn, "marks": tested, "challenge": True}), vote
        else:
            yield (vote,)
    for number, card in enumerate(cards.test):
        turn = {"card": typed_code(card, session).reveal(), "contest": contest.id}
        yield (json.dumps({**turn, "marks": choices(contest, seed, f"scrutineer {number}"), "challenge": True}),)


def write_turns(
    folder: Path, kiosks: Sequence[str], contests: Sequence[Contest], cards: Cards, session: bytes, seed: str
) -> dict[str, Path]:
    """Write the turns of all contests, people spread over the kiosks; gives the file of each kiosk, readable by this
    user alone.
    """
    paths = {name: folder / f"turns-{name}.jsonl" for name in kiosks}
    lines: dict[str, list[str]] = {name: [] for name in kiosks}
    for contest in contests:
        for number, turn in enumerate(_turns(contest, cards, session, seed)):
            lines[kiosks[number % len(kiosks)]].extend(turn)
    for name, path in paths.items():
        path.touch(mode=0o600)
        path.write_text("\n".join(lines[name]) + "\n", encoding="utf-8")
    return paths
