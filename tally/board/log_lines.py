"""The log as people read it: a sentence for each entry, who signed it, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ballots.screen.words import Said
from ballots.sealed_ballot import ballot_id, confirmation_code
from tally.board.notes import clock_text
from tally.entries.ballots import BallotCast, BallotChallenged
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entry_words import tell
from tally.state import State

ENTRIES_ON_A_PAGE: Final = 200

TOLD_WITH_FACTS: Final = frozenset(
    (
        EntryType.SESSION_CREATED,
        EntryType.CREDENTIALS_ISSUED,
        EntryType.RESERVE_SEALED,
        EntryType.ATTENDANCE_DECLARED,
        EntryType.CONTEST_CLOSED,
    )
)
"""Entries whose numbers everybody may read. All others are told without: counts are not for every board."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry. `time` is empty for ballots, which carry none; `code` is that of a ballot, empty for all others."""

    index: int
    time: str
    said: Said
    facts: tuple[tuple[Said, str], ...]
    signers: tuple[Said, ...]
    code: str


def log_lines(state: State, entries: Iterable[Entry]) -> Iterator[LogLine]:
    """The whole log in order."""
    names = signer_names(state)
    for index, entry in enumerate(entries):
        body = entry.body
        told = tell(state, body)
        yield LogLine(
            index=index,
            time="" if entry.time is None else clock_text(entry.time),
            said=told.said,
            facts=told.facts if entry.type in TOLD_WITH_FACTS else (),
            signers=tuple(names.get(key, Said("未知的密钥", "an unknown key")) for key in entry.signers),
            code=confirmation_code(ballot_id(body.ballot)) if isinstance(body, BallotCast | BallotChallenged) else "",
        )


def signer_names(state: State) -> dict[bytes, Said]:
    """Whose key is whose: scrutineers by name, officials by number, kiosks by name; ballots come from some kiosk."""
    names = {key: Said(f"工作人员 {number}", f"official {number}") for number, key in enumerate(state.officials, 1)}
    for trustee in state.trustees.values():
        names[trustee.signing_key] = Said(f"监票人 {trustee.name}", f"scrutineer {trustee.name}")
    for kiosk in state.kiosks.values():
        names[kiosk.key] = Said(f"表决终端 {kiosk.name}", f"kiosk {kiosk.name}")
    if state.box_key is not None:
        names[state.box_key] = Said("一台表决终端", "one of the kiosks")
    for credential in state.credentials:
        names[credential] = Said("一张表决卡", "one of the cards")
    return names


def in_pages(lines: Iterable[LogLine]) -> Iterator[tuple[LogLine, ...]]:
    """The lines in pages."""
    page: list[LogLine] = []
    for line in lines:
        page.append(line)
        if len(page) == ENTRIES_ON_A_PAGE:
            yield tuple(page)
            page = []
    if page:
        yield tuple(page)
