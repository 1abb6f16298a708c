"""Making cards: a process of its own makes the secrets, typesets the sheets, gives lists and sheets back, and ends.

The typesetter keeps what it was given in the memory of its process, so that process must end (SPEC §7.4). The station
itself never holds a card's secret in any form but the finished sheets, in memory alone, until they are erased.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from ballots.card import CardSecret, credential_key, new_card_secret
from ballots.paper.cards import CardTexts, card_sheets
from kiosk.station_page.card_lists import CardLists
from tally.cli.system import SystemRng
from voting_core.errors import FatalError
from voting_core.params import MAX_CREDENTIALS, MAX_SLOTS
from voting_core.rng import Rng
from voting_core.secret import Secret

PATIENCE_SECONDS: Final = 600
"""20,000 cards for 32 contests take some minutes on a slow laptop."""

_LENGTH_BYTES: Final = 8
_RUN: Final = (sys.executable, "-c", "from kiosk.station_page.card_press import main; main()")


@dataclass(frozen=True, slots=True)
class Deck:
    """Cards that look alike: what is printed on them, their classes (one in each contest), and how many."""

    label: str
    classes: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be made: decks for a session, with keys for the slots 0 to `slots` - 1; flat or folded cards."""

    session: bytes
    slots: int
    title: str
    day: date
    simulated: bool
    decks: tuple[Deck, ...]
    folded: bool = False

    def __post_init__(self) -> None:
        cards = sum(deck.count for deck in self.decks)
        if not 1 <= self.slots <= MAX_SLOTS or not 1 <= cards <= MAX_CREDENTIALS:
            raise ValueError(f"cards are made for 1..{MAX_SLOTS} contests, 1..{MAX_CREDENTIALS} cards")


@dataclass(frozen=True, slots=True)
class Made:
    """The public lists, and a PDF file for each deck in its order."""

    lists: CardLists
    sheets: tuple[Secret[bytes], ...]


def press(order: Order) -> Made:
    """Make the cards in a process that ends.

    Raises:
        FatalError: it failed; what it said is withheld, as it may hold secrets.
    """
    try:
        done = subprocess.run(
            _RUN,
            input=_order_bytes(order),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        # The error may hold what the process wrote.
        problem = type(error).__name__
    else:
        lists, *sheets = _frames(done.stdout)
        return Made(CardLists.from_bytes(lists), tuple(Secret(sheet) for sheet in sheets))
    raise FatalError(f"the cards could not be made ({problem}); nothing was kept, make them again")


def make(order: Order, rng: Rng) -> Made:
    """Make secrets, lists and sheets in this process.

    The secrets are drawn at random one by one, so their order on the sheets says nothing; the lists are sorted.
    """
    made = [(deck, [new_card_secret(rng) for _ in range(deck.count)]) for deck in order.decks]
    names = sorted({name for deck in order.decks for name in deck.classes})
    classes = {
        name: tuple(
            _run([card for deck, cards in made if name in deck.classes for card in cards], order.session, slot)
            for slot in range(order.slots)
        )
        for name in names
    }
    sheets = tuple(
        card_sheets(
            cards,
            order.session,
            texts_of(order, deck),
        )
        for deck, cards in made
    )
    return Made(CardLists(order.session, classes), sheets)


def texts_of(order: Order, deck: Deck) -> CardTexts:
    """What is the same on every card of a deck."""
    return CardTexts(title=order.title, label=deck.label, day=order.day, simulated=order.simulated, folded=order.folded)


def _run(cards: Sequence[CardSecret], session: bytes, slot: int) -> bytes:
    return b"".join(sorted(credential_key(card, session, slot).public for card in cards))


def main() -> None:
    """The process: an order on standard input, lists and sheets on standard output."""
    # A crash must not leave the secrets in a file.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    made = make(_read_order(sys.stdin.buffer.read()), SystemRng())
    _write(sys.stdout.buffer, made.lists.to_bytes())
    for sheet in made.sheets:
        _write(sys.stdout.buffer, sheet.reveal())
    sys.stdout.buffer.flush()


def _order_bytes(order: Order) -> bytes:
    value = {
        "day": order.day.isoformat(),
        "decks": [{"classes": deck.classes, "count": deck.count, "label": deck.label} for deck in order.decks],
        "folded": order.folded,
        "session": order.session.hex(),
        "simulated": order.simulated,
        "slots": order.slots,
        "title": order.title,
    }
    return json.dumps(value).encode()


def _read_order(data: bytes) -> Order:
    value = json.loads(data)
    return Order(
        session=bytes.fromhex(value["session"]),
        slots=value["slots"],
        title=value["title"],
        day=date.fromisoformat(value["day"]),
        simulated=value["simulated"],
        folded=value["folded"],
        decks=tuple(Deck(deck["label"], tuple(deck["classes"]), deck["count"]) for deck in value["decks"]),
    )


def _write(file: BinaryIO, part: bytes) -> None:
    file.write(len(part).to_bytes(_LENGTH_BYTES, "big"))
    file.write(part)


def _frames(data: bytes) -> list[bytes]:
    parts = []
    while data:
        size = int.from_bytes(data[:_LENGTH_BYTES], "big")
        parts.append(data[_LENGTH_BYTES : _LENGTH_BYTES + size])
        data = data[_LENGTH_BYTES + size :]
    return parts
