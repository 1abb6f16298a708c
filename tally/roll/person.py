"""The roll with names: each line with what is true of the person on the roll's day.

The lines and the history are kept, so that the same roll can be given for another day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tally.roll.change import RollChange
from tally.roll.history import Derived, History
from tally.roll.standing import Standing
from voting_core.errors import InputError

SEX: Final = "性别"
ETHNICITY: Final = "民族"
DELEGATION: Final = "代表团"
ELECTING_UNIT: Final = ("选举单位", "单位")
HEAD: Final = "团长"
YES: Final = "是"
MEMBER: Final = "委员"
"""The capacity (身份) that has a vote in a plenum."""


@dataclass(frozen=True, slots=True)
class RollPerson:
    """One line of the roll. `capacity` is 身份, empty where the roll has no such column.

    `votes` says whether the capacity has a vote: in a plenum only members do. `cause` is the change that took the
    person out of the base, None where there is none or where no history is kept. `details` are all other columns,
    `place` names the line in messages.
    """

    number: str
    name: str
    standing: Standing
    capacity: str
    votes: bool
    details: tuple[tuple[str, str], ...]
    place: str = ""
    cause: RollChange | None = None

    @property
    def should_attend(self) -> bool:
        """Leave keeps a delegate in the base; a suspended right and the end of the mandate do not."""
        return self.votes and self.standing.should_attend

    @property
    def present(self) -> bool:
        """Present in `demo` and `simulate`: in the base and not on leave."""
        return self.votes and self.standing.present

    @property
    def sex(self) -> str:
        """性别, empty where the roll does not say."""
        return self.detail(SEX)

    @property
    def ethnicity(self) -> str:
        """民族, empty where the roll does not say."""
        return self.detail(ETHNICITY)

    @property
    def delegation(self) -> str:
        """代表团, empty for those who belong to none."""
        return self.detail(DELEGATION)

    @property
    def electing_unit(self) -> str:
        """选举单位, or 单位 where the roll has no such column."""
        return self.detail(ELECTING_UNIT[0]) or self.detail(ELECTING_UNIT[1])

    @property
    def is_head(self) -> bool:
        """Whether the person leads the delegation (团长)."""
        return self.detail(HEAD) == YES

    def detail(self, label: str) -> str:
        """The text of another column, empty where there is none."""
        return dict(self.details).get(label, "")


@dataclass(frozen=True, slots=True)
class Roll:
    """The people of the roll, in its order; `notes` says which lines were left out and why.

    `day` is the day for which the standings hold, YYYY-MM-DD, empty where nobody asked. `history` is None where only
    the column 状态 speaks.
    """

    people: tuple[RollPerson, ...]
    notes: tuple[str, ...] = ()
    day: str = ""
    history: History | None = field(default=None)

    @property
    def should_attend(self) -> int:
        """The base of quorum and majority (应到)."""
        return sum(person.should_attend for person in self.people)

    @property
    def present(self) -> int:
        """Those who draw a card in `demo` and `simulate` (实到)."""
        return sum(person.present for person in self.people)

    def on(self, day: str) -> "Roll":
        """The same roll on another day, by its history. Leave that only 状态 names is of its own day and not carried.

        Raises:
            InputError: the roll keeps no history, and 状态 speaks of one day alone.
        """
        if day == self.day:
            return self
        if self.history is None:
            raise InputError(
                "roll", f"says what holds on {self.day}, not on {day}", "Add a table of changes under roll_changes"
            )
        derived = self.history.on(day)
        return replace(self, day=day, people=tuple(_rolled(person, derived) for person in self.people))


def _rolled(person: RollPerson, derived: Mapping[str, Derived]) -> RollPerson:
    found = derived.get(person.number, Derived(Standing()))
    return replace(person, standing=found.standing, cause=found.cause)
