"""The ballots of a simulation: JSON lines, one ballot a line, read as a stream.

    {"contest": "committee", "marks": {"0078": "approve", "0156": "disapprove"}}

A row left out counts as the contest's blank mark. Where evaluators have categories, a ballot says of which it is:
``"class": "A"``. The first line that cannot be used stops the reading, because a file
that was made wrongly is to be made again, not repaired.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from ballots.contest import Contest
from ballots.marks import complete_marks
from tally.plan.evaluators import CLASS, present_by_class
from tally.plan.problems import shown
from tally.roll.person import Roll
from voting_core.errors import InputError

MAX_LINE_BYTES: Final = 64 * 1024
"""A ballot of 200 rows with long ids and grades takes 10 kB."""

_FORM: Final = 'Write {"contest": "…", "marks": {"row": "mark", …}} on one line'
_UTF8_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class GivenBallot:
    """One ballot of the file: its line, its contest, the class of its voter, and one mark index for each row."""

    line: int
    contest: str
    class_id: str
    marks: tuple[int, ...]


def read_ballots(name: str, source: BinaryIO, contests: Sequence[Contest], roll: Roll) -> Iterator[GivenBallot]:
    """Give the ballots in the order of the file; the roll says how many each class can have.

    Raises:
        InputError: naming the line: not such JSON, an unknown contest, class, row or mark, a broken limit, or more
            ballots than people present.
    """
    by_id = {contest.id: contest for contest in contests}
    present = {contest.id: present_by_class(contest, roll) for contest in contests}
    counts = {contest.id: dict.fromkeys(contest.classes, 0) for contest in contests}
    for number, line in _lines(name, source):
        place = f"{name}, line {number}"
        contest_id, written, given = _parse(place, line)
        contest = by_id.get(contest_id)
        if contest is None:
            raise InputError(place, f"there is no contest {shown(contest_id)}", f"Use one of {', '.join(by_id)}")
        class_id = _class_of(contest, written, place)
        marks = complete_marks(contest, given, place)
        counts[contest_id][class_id] += 1
        most = present[contest_id][class_id]
        if counts[contest_id][class_id] > most:
            who = "who are present" if class_id == CLASS else f"of class {class_id.upper()} who are present"
            problem = f"contest {shown(contest_id)} has more ballots than the {most} {who}"
            raise InputError(place, problem, "Remove ballots, or correct the roll")
        yield GivenBallot(number, contest_id, class_id, marks)


def _class_of(contest: Contest, written: str | None, place: str) -> str:
    """The class of a ballot: told where the contest has categories, and nowhere else."""
    if contest.classes == (CLASS,):
        if written is not None:
            problem = f"contest {shown(contest.id)} has no categories, and the ballot has a class"
            raise InputError(place, problem, "Remove the key class")
        return CLASS
    words = " or ".join(name.upper() for name in contest.classes)
    if written is None:
        problem = f"contest {shown(contest.id)} has categories, and the ballot no class"
        raise InputError(place, problem, f'Add "class" with {words}')
    if written.lower() not in contest.classes:
        raise InputError(place, f"{shown(written)} is no class of contest {shown(contest.id)}", f"Write {words}")
    return written.lower()


def _lines(name: str, source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := source.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            raise InputError(f"{name}, line {number}", f"has more than {MAX_LINE_BYTES} bytes", _FORM)
        if number == 1:
            line = line.removeprefix(_UTF8_MARK)
        if line.strip():
            yield number, line


def _parse(place: str, line: bytes) -> tuple[str, str | None, Mapping[str, str]]:
    try:
        value = json.loads(line.decode("utf-8"), object_pairs_hook=_without_duplicates)
    except UnicodeDecodeError:
        raise InputError(place, "is not UTF-8", "Save the file as UTF-8") from None
    except _RepeatedKey as error:
        raise InputError(place, f"the key {shown(error.key)} comes twice", "Give every row one mark") from None
    except RecursionError:
        raise InputError(place, "is nested too deep", _FORM) from None
    except ValueError as error:
        raise InputError(place, f"is not JSON ({error})", _FORM) from None
    return _parts(place, value)


def _parts(place: str, value: Any) -> tuple[str, str | None, Mapping[str, str]]:
    if not isinstance(value, dict):
        raise InputError(place, "is not an object", _FORM)
    for key in value:
        if key not in ("contest", "class", "marks"):
            raise InputError(place, f"the key {shown(key)} is not known", _FORM)
    contest, written, marks = value.get("contest"), value.get("class"), value.get("marks")
    if not isinstance(contest, str):
        raise InputError(place, "names no contest", _FORM)
    if not isinstance(written, str | None) or ("class" in value and written is None):
        raise InputError(place, "has a class that is not text", _FORM)
    if not isinstance(marks, dict):
        raise InputError(place, "has no marks", _FORM)
    for row, mark in marks.items():
        if not isinstance(mark, str):
            raise InputError(place, f"the mark of row {shown(row)} is not text", _FORM)
    return contest, written, marks


class _RepeatedKey(Exception):
    """An object with a key twice; Python would keep the last value in silence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key, item in pairs:
        if key in value:
            raise _RepeatedKey(key)
        value[key] = item
    return value
