"""Cards that lie on the table are voided: left over, for tests, damaged or given back (SPEC §7, §8.4).

What is scanned or typed is hostile: any text, one card a line. A secret lives in the list that is read here and in the
keys made from it, for one request; it is in no answer, error or log. A line is spoken of by its number alone.

Which entries follow is decided here, pure; who signs and sends them is not. They are sorted by slot and key, so that
they tell neither the order of scanning nor which keys of two contests are of one card.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ballots.card import CardSecret, credential_key, parse_typed_code
from ballots.qr.credential import decode_credential
from ballots.screen.words import Said
from tally.entries.credentials import CredentialVoided
from tally.state import ContestState, State, Status
from voting_core.errors import InputError, StateError
from voting_core.signing_key import SigningKey

MAX_CARDS: Final = 200
"""Cards in one request: as many as somebody scans in ten minutes, and as many signatures as a second makes."""

MAX_LINE: Final = 80
"""Characters of a line: a typed code has 39, a scanned one 63."""

MAX_BYTES: Final = 24_000
"""Bytes of the request: MAX_CARDS lines of a scanned code, with room for the rest of the form."""

_QR_DIGITS: Final = 63


class Pile(StrEnum):
    """What the cards on the table are."""

    LEFT_OVER = "left_over"
    TEST = "test"
    RETURNED = "returned"

    @property
    def said(self) -> Said:
        """The words on screens."""
        return _PILES[self]


_PILES: Final = {
    Pile.LEFT_OVER: Said("剩余的表决卡（无人领取）", "Cards left over, which nobody drew"),
    Pile.TEST: Said("查验卡", "Cards for tests"),
    Pile.RETURNED: Said("交回或损坏的表决卡", "Cards given back or damaged"),
}


class Fate(StrEnum):
    """What becomes of a card in one contest."""

    TO_VOID = "to_void"
    VOIDED = "voided"
    ALREADY = "already"
    HAS_CAST = "has_cast"
    UNKNOWN = "unknown"
    REFUSED = "refused"

    @property
    def said(self) -> Said:
        """The words on screens."""
        return _FATES[self]


_FATES: Final = {
    Fate.TO_VOID: Said("待作废", "To be voided"),
    Fate.VOIDED: Said("已作废", "Voided"),
    Fate.ALREADY: Said("此前已作废", "Voided before"),
    Fate.HAS_CAST: Said("已投票，不作废", "Has voted; stays"),
    Fate.UNKNOWN: Said("不在本项表决卡名单中", "Not in this contest's list"),
    Fate.REFUSED: Said("未作废，请再试", "Not voided; try again"),
}

NOT_A_CARD: Final = Said(
    "不是完好的表决卡代码，请重新扫描这张卡",
    "This is not the whole code of a voting card; scan the card again",
)
OF_ANOTHER_SESSION: Final = Said("是另一次会议的表决卡", "This card is of another session")
SCANNED_TWICE: Final = Said("与前面一行是同一张卡", "The same card as on a line before")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was read: `problem` says why it is no card of this session, and there is no secret then."""

    number: int
    card: CardSecret | None
    problem: Said | None = None


@dataclass(frozen=True, slots=True)
class Voiding:
    """One card in one contest: the line it was read from, and the credential's key where it is to be voided."""

    line: int
    contest: str
    fate: Fate
    body: CredentialVoided | None = None
    key: SigningKey | None = None


def read_lines(text: str, session: bytes) -> tuple[Line, ...]:
    """Read what was scanned or typed, one card a line; empty lines do not count.

    Raises:
        InputError: no line, or more than MAX_CARDS. No error repeats what was typed.
    """
    given = [line.strip() for line in text.splitlines() if line.strip()]
    if not given:
        raise InputError("cards", "there is no card", "Scan the cards one after another, each on a line of its own")
    if len(given) > MAX_CARDS:
        raise InputError("cards", f"there are {len(given)} lines", f"Void at most {MAX_CARDS} cards at a time")
    seen: set[bytes] = set()
    lines = []
    for number, one in enumerate(given, 1):
        line = _read(number, one, session)
        if line.card is not None and line.card.reveal() in seen:
            line = Line(number, None, SCANNED_TWICE)
        if line.card is not None:
            seen.add(line.card.reveal())
        lines.append(line)
    return tuple(lines)


def voidable(state: State, pile: Pile) -> tuple[ContestState, ...]:
    """The contests in which cards of such a pile can be voided now, by slot."""
    found = [contest for contest in state.contests.values() if not contest.is_by_hand and _reason(contest, pile)]
    return tuple(sorted(found, key=lambda contest: contest.contest.slot))


def plan(state: State, lines: Iterable[Line], pile: Pile, contests: Sequence[str]) -> tuple[Voiding, ...]:
    """What becomes of each card in each of these contests, by slot and key.

    Raises:
        StateError: a contest does not exist, or takes no card of such a pile now.
    """
    cards = [line for line in lines if line.card is not None]
    return tuple(
        one
        for contest_id in sorted(set(contests), key=lambda one: state.contest(one).contest.slot)
        for one in _of_contest(state, cards, pile, state.contest(contest_id))
    )


def _of_contest(state: State, cards: Iterable[Line], pile: Pile, contest: ContestState) -> list[Voiding]:
    reason = None if contest.is_by_hand else _reason(contest, pile)
    if reason is None:
        raise StateError(f"{contest.id} is {contest.status.value}; no card of this kind is voided in it now")
    slot = contest.contest.slot
    found = []
    for line in cards:
        if line.card is None:
            continue
        key = credential_key(line.card, state.session_id, slot)
        found.append((key.public, _fate(state, line.number, contest.id, slot, key, reason)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _fate(state: State, line: int, contest: str, slot: int, key: SigningKey, reason: str) -> Voiding:
    issued = state.credentials.get(key.public)
    if issued is None or issued.slot != slot:
        return Voiding(line, contest, Fate.UNKNOWN)
    if key.public in state.voided:
        return Voiding(line, contest, Fate.ALREADY)
    if key.public in state.cast_credentials:
        return Voiding(line, contest, Fate.HAS_CAST)
    body = CredentialVoided(slot=slot, credential=key.public, reason=reason)
    return Voiding(line, contest, Fate.TO_VOID, body, key)


def _reason(contest: ContestState, pile: Pile) -> str | None:
    """The reason that the log takes for such a card now; None where it takes none.

    Before opening, a card that was given back is one that nobody holds: it is left over. A card for tests is needed
    until its contest is open.
    """
    if contest.status is Status.DEFINED:
        return None if pile is Pile.TEST else "left_over"
    if contest.is_voting:
        return None if pile is Pile.LEFT_OVER else pile.value
    return None


def _read(number: int, text: str, session: bytes) -> Line:
    if len(text) > MAX_LINE:
        return Line(number, None, NOT_A_CARD)
    try:
        if text.isascii() and text.isdigit() and len(text) == _QR_DIGITS:
            return Line(number, decode_credential(text, session))
        return Line(number, parse_typed_code(text, session))
    except InputError as error:
        return Line(number, None, OF_ANOTHER_SESSION if "another session" in error.problem else NOT_A_CARD)
