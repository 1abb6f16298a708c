"""How many candidates a body needs (差额): the smallest and largest list, and what is said of a list outside.

A list outside the bounds is never refused here: a formal election after a pre-selection may be of equal number, and
whether one seat needs a surplus is for the county to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tally.decide.attendance import contradiction
from tally.rules.election import ElectionRules, SingleSeat, Surplus

_PRESELECTION: Final = "preselection"
_WITH_SURPLUS: Final = ("formal", _PRESELECTION)


@dataclass(frozen=True, slots=True)
class SurplusNote:
    """What the rules say of a list of candidates. `fits` is False where somebody should look at it."""

    fits: bool
    zh: str
    en: str


def min_candidates(seats: int, surplus_percent: int, least: int = 0) -> int:
    """Seats plus the surplus, always rounded up (进一法), and at least `least`: 33 seats with 10 percent need 37.

    Raises:
        VerificationError: V11.D, no seat or a surplus below zero.
    """
    if seats < 1 or surplus_percent < 0 or least < 0:
        contradiction(f"{seats} seats with a surplus of {surplus_percent} percent and at least {least}")
    return seats + max(least, -(-seats * surplus_percent // 100))


def max_candidates(seats: int, line: Surplus) -> int | None:
    """The largest list that a line of ``surplus`` lets stand; None where nothing limits it."""
    return None if line.most is None else seats + line.most


def surplus_note(stage: str, body: str, seats: int, candidates: int, family: ElectionRules) -> SurplusNote | None:
    """What is said of a list of candidates; None where the rules say nothing about the body or the stage."""
    line = family.surplus_of(body)
    if line is None or stage not in _WITH_SURPLUS:
        return None
    needed, most = min_candidates(seats, line.percent, line.least), max_candidates(seats, line)
    zh, en = f"候选人 {candidates} 名，应选 {seats} 名", f"{candidates} candidates for {seats} seat(s)"
    if seats == 1 and candidates < needed and family.surplus_single_seat is not SingleSeat.REQUIRED:
        if family.surplus_single_seat is SingleSeat.EQUAL_NUMBER:
            return SurplusNote(True, f"{zh}；只选一名可以等额", f"{en}; one seat may be of equal number")
        asked_zh = f"{zh}，未差额；只选一名是否必须差额，未见明文，请向县委组织部核实"
        asked_en = f"{en}, no surplus; whether one seat needs one is not stated: ask the county"
        return SurplusNote(False, asked_zh, asked_en)
    if candidates < needed:
        short_zh, short_en = (
            f"{zh}，少于差额要求的 {needed} 名",
            f"{en}, fewer than the {needed} that the surplus asks for",
        )
        if stage == _PRESELECTION:
            return SurplusNote(False, short_zh, short_en)
        formal_zh, formal_en = "；经过预选的正式选举可以等额", "; lawful in equal number after a pre-selection alone"
        return SurplusNote(False, short_zh + formal_zh, short_en + formal_en)
    if most is not None and candidates > most:
        return SurplusNote(False, f"{zh}，多于规定的 {most} 名", f"{en}, more than the {most} that are allowed")
    return SurplusNote(True, f"{zh}，符合差额要求（不少于 {needed} 名）", f"{en}, at least {needed} are asked for")
