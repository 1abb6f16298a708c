"""签到名单: the roll by delegation on paper, with what the desk has noted and a place to sign; or blank, to begin with.

It is drawn as all reports are. It has no time and no card, and people in the order of the roll.
"""

from collections.abc import Iterable
from typing import Final

from api.store.desk_queries import PersonAtDesk
from ballots.paper.glyphs import missing_character
from tally.report.facts import provenance, session_facts
from tally.report.model import (
    Cell,
    Column,
    ColumnKind,
    Document,
    DocumentKind,
    Facts,
    Notes,
    Sheet,
    SignatureLine,
    Table,
)
from tally.report.render_pdf import document_pdf
from tally.state import State
from voting_core.errors import StateError

_WITHOUT_DELEGATION: Final = "未编入代表团"
_COLUMNS: Final = (
    Column("序号", ColumnKind.ORDINAL),
    Column("编号", ColumnKind.TEXT),
    Column("姓名", ColumnKind.TEXT),
    Column("情况", ColumnKind.TEXT),
    Column("表决卡", ColumnKind.TEXT),
    Column("签名", ColumnKind.PROSE),
)
_UNPRINTABLE: Final = "〓"
"""The printers' sign for a character that the font does not have; the number tells who is meant."""


def attendance_list(state: State, people: Iterable[PersonAtDesk]) -> bytes:
    """The list as PDF, a sheet for each delegation.

    Raises:
        StateError: there is no session yet, or nobody on the roll.
    """
    if state.session is None:
        raise StateError("there is no session yet, so there is no list to print")
    by_delegation: dict[str, list[PersonAtDesk]] = {}
    for one in people:
        if one.person.should_attend:
            by_delegation.setdefault(one.person.delegation, []).append(one)
    if not by_delegation:
        raise StateError("nobody is on the roll who should attend, so there is no list to print")
    session = session_facts(state)
    return document_pdf(
        Document(
            kind=DocumentKind.ATTENDANCE,
            heading=session.title,
            day=session.day,
            occasion=session.occasion,
            sheets=tuple(_sheet(name, group) for name, group in by_delegation.items()),
            provenance=provenance(state),
            simulated=session.simulated,
        )
    )


def word_of(one: PersonAtDesk) -> str:
    """What the desk has noted, in a word; empty for those not here yet."""
    status = one.status
    if status.present:
        return "迟到" if status.late else "到会"
    if status.departed:
        return "离场"
    return "请假" if status.on_leave else ""


def _sheet(delegation: str, people: list[PersonAtDesk]) -> Sheet:
    present = sum(one.status.present for one in people)
    leave = sum(one.status.on_leave for one in people)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            number,
            one.person.id,
            _printable(one.person.name),
            word_of(one),
            "已领" if one.status.card_drawn else "",
            "",
        )
        for number, one in enumerate(people, 1)
    )
    return Sheet(
        f"签到名单　{_printable(delegation) or _WITHOUT_DELEGATION}",
        (
            Facts((("应到会", len(people)), ("实到会", present), ("请假", leave))),
            Table(_COLUMNS, rows),
            Notes(("请假的仍计入应到会。本名单不记录时间，也不记录领取的是哪一张表决卡。",)),
        ),
        (SignatureLine("团长"), SignatureLine("签到员")),
    )


def _printable(text: str) -> str:
    return "".join(_UNPRINTABLE if missing_character(character) else character for character in text)
