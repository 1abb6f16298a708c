"""What the log says of attendance and of the course of each contest, as reports read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ballots.contest import WriteInWay
from tally.entries.outcome import PRESIDIUM
from tally.entries.sheets import VOID
from tally.report.boxes import box_word
from tally.rules.threshold import Base
from tally.state import ContestState, State
from tally.state.contest import Status


@dataclass(frozen=True, slots=True)
class DeclaredAttendance:
    """The declared numbers of one contest; `needed` is what its rule set asks for, None where it asks nothing."""

    title: str
    should_attend: int
    present: int
    needed: int | None


def declared_attendances(state: State) -> tuple[DeclaredAttendance, ...]:
    """What was declared for each contest, in the order of their slots."""
    found = []
    for held in sorted(state.contests.values(), key=lambda held: held.contest.slot):
        declared = held.attendance
        if declared is not None:
            quorum = state.rules[held.contest.rules.id].rules.quorum
            base = {Base.SHOULD_ATTEND: declared.should_attend, Base.PRESENT: declared.present}
            needed = quorum.ratio.needed(base[quorum.base]) if quorum is not None else None
            found.append(DeclaredAttendance(held.contest.title.zh, declared.should_attend, declared.present, needed))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestLog:
    """What the log says of one contest's course. Trustees are named as `1 周建平`.

    `remarks` are sentences on what happened besides: what it continues, that it was abandoned, fewer seats.
    """

    id: str
    title: str
    status: str
    cast: int
    challenged: int
    assisted: int
    size: int | None
    root: str
    verified: tuple[str, ...]
    decrypted: tuple[str, ...]
    signed: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def contest_logs(state: State) -> tuple[ContestLog, ...]:
    """The course of every contest, in the order of their slots."""
    return tuple(
        ContestLog(
            id=held.id,
            title=held.contest.title.zh,
            status=held.status.value,
            cast=held.cast,
            challenged=held.challenged,
            assisted=held.assisted,
            size=held.closing.size if held.closing else None,
            root=held.closing.root.hex() if held.closing else "",
            verified=_named(state, held.verified),
            decrypted=_named(state, held.good_shares),
            signed=_named(state, held.signers),
            remarks=tuple(_remarks(state, held)),
        )
        for held in sorted(state.contests.values(), key=lambda held: held.contest.slot)
    )


def _remarks(state: State, held: ContestState) -> Iterator[str]:
    """What happened to a contest besides being voted on, in sentences."""
    contest = held.contest
    if contest.follows:
        earlier = state.contest(contest.follows).contest
        yield f"接续“{earlier.title.zh}”（{earlier.id}）"
    if held.status is Status.ABANDONED:
        yield "中止，不产生结果，不解密"
    if held.reduced is not None:
        consent = "大会主席团" if held.reduced.by == PRESIDIUM else "半数以上选举人"
        yield f"应选 {contest.seats} 名，经{consent}同意减为 {held.reduced.seats} 名"
    for sheet in held.sheets.entered:
        if sheet.replaces:
            yield f"{box_word(sheet.box)}的计票单更正：“{sheet.replaces}”改为“{sheet.sheet}”"
    for settled in held.sheets.settled:
        decided = "本次投票无效" if settled.decision == VOID else "计入"
        yield f"{box_word(settled.box)}收回多于发出，主席团决定{decided}（计票单“{settled.sheet}”）"
    if contest.write_ins.way is WriteInWay.WAIVED:
        yield f"不设另选他人栏（{contest.write_ins.decision}）"


def trustees(state: State) -> tuple[str, ...]:
    """All trustees with their indices."""
    return _named(state, state.trustees)


def _named(state: State, indices: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"{index} {state.trustees[index].name}" for index in sorted(indices))
