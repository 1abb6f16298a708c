"""Those who count: scrutineers, who hold the key, and counters (计票人), who count paper; with their roll numbers.

`numbers` of `session.toml` has the roll number of each name, in the same order, empty for people who are not on the
roll; it may be left out. `different` lists names of which officials have stated that a candidate of the same name is
another person.
"""

from dataclasses import dataclass
from typing import Final

from tally.plan.fields import TomlFields
from tally.plan.problems import Problems, shown
from tally.roll.person import Roll
from voting_core.params import MAX_TRUSTEES

MAX_COUNTERS: Final = 200
"""A hall of thousands with paper ballots has some dozens."""


@dataclass(frozen=True, slots=True)
class Counters:
    """People who count, by name; `numbers` is empty, or has the roll number of each, empty where there is none."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    different: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """Name and roll number of each."""
        numbers = self.numbers or ("",) * len(self.names)
        return tuple(zip(self.names, numbers, strict=True))


@dataclass(frozen=True, slots=True)
class Scrutineers:
    """Those who hold the key, the first of them as chief; `threshold` of them decrypt."""

    threshold: int
    names: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    different: tuple[str, ...] = ()

    @property
    def quorum(self) -> int:
        """How many must verify before anything is decrypted (SPEC §6)."""
        return (len(self.names) + self.threshold + 1) // 2

    @property
    def counters(self) -> Counters:
        """The scrutineers as people who count."""
        return Counters(self.names, self.numbers, self.different)


def read_scrutineers(fields: TomlFields, roll: Roll, problems: Problems) -> Scrutineers:
    """Read `[scrutineers]`."""
    names = fields.names("names")
    threshold = fields.integer("threshold", 2, MAX_TRUSTEES)
    numbers, different = _numbers(fields, names, roll, problems), _different(fields, names, problems)
    fields.done()
    if len(names) > MAX_TRUSTEES:
        problems.add(fields.place("names"), f"{len(names)} scrutineers", f"Name at most {MAX_TRUSTEES}")
    elif names and threshold > len(names):
        problems.add(
            fields.place("threshold"),
            f"{threshold} of {len(names)} scrutineers cannot decrypt together",
            f"Write a number from 2 to {len(names)}" if len(names) >= 2 else "Name at least two scrutineers",
        )
    return Scrutineers(threshold, names, numbers, different)


def read_counters(fields: TomlFields, roll: Roll, problems: Problems) -> Counters:
    """Read `[counters]`."""
    names = fields.names("names")
    numbers, different = _numbers(fields, names, roll, problems), _different(fields, names, problems)
    fields.done()
    if len(names) > MAX_COUNTERS:
        problems.add(fields.place("names"), f"{len(names)} counters", f"Name at most {MAX_COUNTERS}")
    return Counters(names, numbers, different)


def _numbers(fields: TomlFields, names: tuple[str, ...], roll: Roll, problems: Problems) -> tuple[str, ...]:
    if not fields.has("numbers"):
        return ()
    numbers, place = fields.names("numbers", empty=True), fields.place("numbers")
    if len(numbers) != len(names):
        remedy = 'Write one roll number for each name, "" for who is not on the roll'
        problems.add(place, f"{len(numbers)} numbers for {len(names)} names", remedy)
        return ()
    known = {person.number: person.name for person in roll.people}
    for name, number in zip(names, numbers, strict=True):
        if number and number not in known:
            problems.add(place, f"there is no {shown(number)} on the roll", 'Correct the number, or write ""')
        elif number and known[number] != name:
            problem = f"{shown(name)} is not the name of {number} on the roll, {shown(known[number])}"
            problems.add(place, problem, "Correct number or name")
    return numbers


def _different(fields: TomlFields, names: tuple[str, ...], problems: Problems) -> tuple[str, ...]:
    if not fields.has("different"):
        return ()
    different = fields.names("different")
    for name in different:
        if name not in names:
            problems.add(fields.place("different"), f"{shown(name)} is none of the names", "Remove it")
    return different
