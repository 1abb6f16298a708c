"""Fields that several kinds of cases read: votes under any of their usual names, numbers of a sitting, boxes.

* A number is read once: a field that says again what another says is refused, even where both agree.
* ``valid`` may be given beside ``invalid`` and must then fit: returned = valid + invalid.
* Boxes or groups add up to the totals. A box with more ballots than were issued to it is for the presidium to decide;
  until then nothing is made of the totals (:func:`box_over_issue`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tally.decide.attendance import Attendance, contradiction
from tally.decide.case_file import number, number_or
from tally.decide.outcome import Results
from tally.decide.steps import Sitting, Step
from tally.rules.threshold import Base
from voting_core.codec import Fields
from voting_core.errors import EncodingError

APPROVE: Final = ("approve", "agree")
DISAPPROVE: Final = ("disapprove", "disagree", "oppose", "against")
ABSTAIN: Final = ("abstain",)
WORDS: Final = (APPROVE, DISAPPROVE, ABSTAIN, ("item_invalid",))
"""The four counts of a line under their usual names, the first of each being ours."""

BOX_OVER_ISSUE: Final = "box_over_issue"
_LISTS: Final = ("boxes", "groups")
_BOX_NAMES: Final = ("box", "group", "delegation", "name")
_BOX_LINES: Final = ("candidates", "nominees")
_BOX_NUMBERS: Final = ("present", "issued", "returned", "valid", "invalid")

Counts = tuple[int, int, int, int]
"""Approve, disapprove, abstain, and unreadable lines."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box or counting group: its numbers as far as they are given, and its lines by name where it has any."""

    name: str
    numbers: Mapping[str, int]
    lines: Mapping[str, Counts]

    @property
    def over_issue(self) -> bool:
        """Whether more ballots came out than were issued to it."""
        return {"issued", "returned"} <= set(self.numbers) and self.numbers["returned"] > self.numbers["issued"]


@dataclass(frozen=True, slots=True)
class SittingNumbers:
    """The totals of a sitting, and its boxes where it has more than one."""

    attendance: Attendance
    boxes: tuple[Box, ...] = ()


def votes(fields: Fields, words: Sequence[str], default: int | None = None) -> int:
    """A number of votes under one of its names."""
    given = [word for word in words if fields.has(word)]
    if len(given) > 1:
        raise EncodingError(fields.path(given[1]), f"says again what {given[0]} says")
    if not given and default is not None:
        return default
    return number(fields, given[0] if given else words[0])


def read_counts(row: Fields) -> Counts:
    """The four counts of a line."""
    approve, disapprove, abstain = votes(row, APPROVE), votes(row, DISAPPROVE), votes(row, ABSTAIN)
    return approve, disapprove, abstain, number_or(row, "item_invalid", 0)


def read_sitting(fields: Fields, invalid: int | None = None) -> SittingNumbers:
    """The numbers of people and ballots; `invalid` where it is counted and not given.

    Raises:
        VerificationError: V11.D, numbers of ballots or boxes that do not add up.
    """
    boxes = _read_boxes(fields)
    totals = {key: sum(box.numbers[key] for box in boxes) for key in _BOX_NUMBERS if _in_all(boxes, key)}
    for key, total in totals.items():
        if fields.has(key) and number(fields, key) != total:
            contradiction(f"{key} is {number(fields, key)}, and the boxes add up to {total}")
    totals |= {key: number(fields, key) for key in _BOX_NUMBERS if fields.has(key)}
    for key in (Base.PRESENT, Base.ISSUED, Base.RETURNED):
        if key not in totals:
            number(fields, key)  # refuses the case and names the number that is missing
    if invalid is not None:
        totals.setdefault("invalid", invalid)
        if totals["invalid"] != invalid:
            contradiction(f"invalid is {totals['invalid']}, and {invalid} ballots are void")
    void = _invalid(totals, "the ballots")
    should_attend = number(fields, Base.SHOULD_ATTEND)
    attendance = Attendance(should_attend, totals["present"], totals["issued"], totals["returned"], void)
    return SittingNumbers(attendance, boxes)


def check_lines(boxes: Sequence[Box], lines: Sequence[tuple[str, Counts]]) -> None:
    """Accept boxes whose lines add up to those of the whole; boxes without lines are let through.

    Raises:
        VerificationError: V11.D with the name.
    """
    counted = [box for box in boxes if box.lines]
    if not counted:
        return
    names = [name for name, _ in lines]
    for box in boxes:
        if sorted(box.lines) != sorted(set(names)):
            contradiction(f"{box.name} does not have the lines of the whole sheet, each once", box.name)
    for name, counts in lines:
        sums = tuple(sum(box.lines[name][place] for box in boxes) for place in range(len(counts)))
        if names.count(name) == 1 and sums != counts:
            place = next(place for place in range(len(counts)) if sums[place] != counts[place])
            word = WORDS[place][0]
            contradiction(f"{word} of {name} is {counts[place]}, and the boxes add up to {sums[place]}", name)


def box_over_issue(sitting: Sitting, boxes: Sequence[Box]) -> tuple[Results, tuple[Step, ...]] | None:
    """The result of a vote that waits for the presidium's decision about a box; None where no box is over its issue."""
    over = [box for box in boxes if box.over_issue]
    if not over or not sitting.decides:
        return None
    steps = [
        Step(
            BOX_OVER_ISSUE,
            f"{box.name} 收回 {box.numbers['returned']} 票，多于发出 {box.numbers['issued']} 票："
            "先由大会主席团处理，不作统计",
            f"{box.name} has {box.numbers['returned']} ballots, {box.numbers['issued']} were issued to it: "
            "the presidium decides first, no totals until then",
        )
        for box in over
    ]
    result: Results = {
        "can_hold": sitting.can_hold,
        "ballots_in_order": sitting.ballots_in_order,
        "outcome": BOX_OVER_ISSUE,
        BOX_OVER_ISSUE: [box.name for box in over],
        "manual_checks": [BOX_OVER_ISSUE],
    }
    return result, (*sitting.steps, *steps)


def _invalid(numbers: Mapping[str, int], whose: str) -> int:
    """The invalid ballots, given or by what is valid.

    Raises:
        VerificationError: V11.D, the three numbers do not fit.
    """
    if "valid" not in numbers:
        return numbers.get("invalid", 0)
    returned, valid = numbers["returned"], numbers["valid"]
    invalid = numbers.get("invalid", returned - valid)
    if invalid < 0 or returned != valid + invalid:
        contradiction(f"{whose}: {returned} returned are not {valid} valid and {numbers.get('invalid', 0)} invalid")
    return invalid


def _read_boxes(fields: Fields) -> tuple[Box, ...]:
    given = [key for key in _LISTS if fields.has(key)]
    if len(given) > 1:
        raise EncodingError(fields.path(given[1]), f"says again what {given[0]} says")
    boxes = tuple(_read_box(row) for key in given for row in fields.rows(key))
    for key in _BOX_NUMBERS:
        if any(key in box.numbers for box in boxes) and not _in_all(boxes, key):
            raise EncodingError(fields.path(given[0]), f"has {key} in some boxes and not in all")
    return boxes


def _read_box(row: Fields) -> Box:
    word = next((word for word in _BOX_NAMES if row.has(word)), _BOX_NAMES[0])
    name = row.text(word)
    numbers = {key: number(row, key) for key in _BOX_NUMBERS if row.has(key)}
    if {"returned", "valid", "invalid"} <= set(numbers):
        _invalid(numbers, name)
    lines: dict[str, Counts] = {}
    for key in _BOX_LINES:
        for line in row.rows(key) if row.has(key) else ():
            lines[line.text("name")] = read_counts(line)
            line.done()
    row.done()
    return Box(name, numbers, lines)


def _in_all(boxes: Sequence[Box], key: str) -> bool:
    return bool(boxes) and all(key in box.numbers for box in boxes)
