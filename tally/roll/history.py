"""The history of a roll: all changes ever recorded, and what they make of a delegate on a day.

* Nothing is overwritten or removed. A history grows by :meth:`History.record`; a wrong change stays in it and is
  replaced by the correction that names it.
* What is derived depends on the changes alone, not on the order in which they were recorded.
* A delegate of the roll is active before the first change, but one with an addition, who is a delegate only after it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tally.roll.change import CHANGE, CORRECTS, EVENT, NUMBER, RECORDED, RollChange, check_change
from tally.roll.events import ADDED, CHECKED, CONFIRMED, EVENTS, RIGHTS_RESTORED, RIGHTS_SUSPENDED, Effect
from tally.roll.standing import Standing, Status
from voting_core.errors import InputError

_RANK: Final = {word: rank for rank, word in enumerate(EVENTS)}


@dataclass(frozen=True, slots=True)
class Derived:
    """A standing with the change that took the delegate out of the base, None for one who is in it."""

    standing: Standing
    cause: RollChange | None = None


@dataclass(frozen=True, slots=True)
class _Mandate:
    """What the changes so far have made of a delegate."""

    status: Status | None
    checked: bool = False
    by_status: RollChange | None = None
    by_rights: RollChange | None = None
    leaves: tuple[RollChange, ...] = ()

    def rights_suspended(self, day: str) -> bool:
        """Whether Party rights are suspended on a day after the last change."""
        return self.by_rights is not None and not (self.by_rights.last and self.by_rights.last < day)


@dataclass(frozen=True, slots=True)
class History:
    """Changes in the order in which they were recorded; :func:`read_history` makes one of lines that agree."""

    changes: tuple[RollChange, ...] = ()

    def record(self, change: RollChange) -> "History":
        """The history with one more change.

        Raises:
            InputError: the change does not follow from those before, by its first problem.
        """
        longer, problems = read_history((*self.changes, change))
        if problems:
            raise problems[0]
        return longer

    def on(self, day: str) -> Mapping[str, Derived]:
        """What the changes make of each delegate that they name, by number, at the end of a day."""
        return {delegate: _derive(changes, day) for delegate, changes in _in_effect(self.changes).items()}

    @property
    def last_day(self) -> str:
        """The last day on which a change takes effect, empty without changes."""
        return max((change.effective for change in self.changes), default="")

    @property
    def not_filed(self) -> tuple[RollChange, ...]:
        """The changes in effect that must still be filed with the superior committee, in the order of recording."""
        standing = {change.id for changes in _in_effect(self.changes).values() for change in changes}
        return tuple(change for change in self.changes if change.id in standing and change.must_be_filed)


def read_history(changes: Iterable[RollChange]) -> tuple[History, tuple[InputError, ...]]:
    """Judge changes in the order in which they were recorded: the history, and everything that is wrong with them.

    Where something is wrong the history is of no use; each problem names the line of the change, why, and what to do.
    """
    given = tuple(changes)
    found = [problem for change in given for problem in check_change(change)]
    found += _wrong_numbers(given)
    if not found:
        found += _wrong_corrections(given)
    if not found:
        for own in _in_effect(given).values():
            found += (problem for _, problem in _walk(own) if problem is not None)
    return History(given), tuple(found)


def _wrong_numbers(changes: tuple[RollChange, ...]) -> Iterator[InputError]:
    seen: dict[str, RollChange] = {}
    for change in changes:
        if not change.id:
            yield InputError(change.at(CHANGE), "is empty", "Give the change a number of its own")
        elif change.id in seen:
            problem = f'"{change.id}" is the number of {seen[change.id].place}'
            yield InputError(change.at(CHANGE), problem, "Give the change a number of its own")
        seen.setdefault(change.id, change)


def _wrong_corrections(changes: tuple[RollChange, ...]) -> Iterator[InputError]:
    by_id = {change.id: change for change in changes}
    corrected: dict[str, RollChange] = {}
    for change in changes:
        if not change.corrects:
            continue
        wrong, place = by_id.get(change.corrects), change.at(CORRECTS)
        if wrong is None:
            yield InputError(place, f'there is no change "{change.corrects}"', "Write the number of the wrong change")
        elif change.corrects in corrected:
            first = corrected[change.corrects]
            problem = f'"{change.corrects}" is corrected by {first.place} already'
            yield InputError(place, problem, f'Correct the correction: write "{first.id}"')
        elif wrong.delegate != change.delegate:
            problem = f'"{change.corrects}" is a change of {wrong.delegate}, not of {change.delegate}'
            remedy = f"Withdraw it with a line of {wrong.delegate}, and record the right one without {CORRECTS}"
            yield InputError(change.at(NUMBER), problem, remedy)
        elif change.recorded < wrong.recorded:
            problem = f"{change.recorded} is before {wrong.recorded}, when the corrected change was recorded"
            yield InputError(change.at(RECORDED), problem, "Write the day on which the correction was recorded")
        elif _leads_back(change, by_id):
            yield InputError(place, "the corrections lead back to this change", "Name the change that was wrong")
        corrected.setdefault(change.corrects, change)


def _leads_back(change: RollChange, by_id: Mapping[str, RollChange]) -> bool:
    seen = {change.id}
    step: RollChange | None = change
    while step is not None and step.corrects:
        if step.corrects in seen:
            return True
        seen.add(step.corrects)
        step = by_id.get(step.corrects)
    return False


def _in_effect(changes: Iterable[RollChange]) -> dict[str, list[RollChange]]:
    """The changes that no other replaces, by delegate, in the order in which they take effect."""
    given = tuple(changes)
    replaced = {change.corrects for change in given}
    by_delegate: dict[str, list[RollChange]] = {}
    for change in sorted(given, key=lambda one: (one.effective, _RANK[one.event.word], one.id)):
        if change.id not in replaced and change.event.effect is not Effect.NOTHING:
            by_delegate.setdefault(change.delegate, []).append(change)
    return by_delegate


def _walk(changes: list[RollChange], day: str | None = None) -> Iterator[tuple[_Mandate, InputError | None]]:
    """The mandate before the first change and after each one, and what is wrong with that one."""
    added = any(change.event is ADDED for change in changes)
    mandate = _Mandate(None if added else Status.ACTIVE)
    yield mandate, None
    for change in changes:
        if day is not None and change.effective > day:
            return
        problem = _refusal(mandate, change)
        mandate = mandate if problem else _after(mandate, change)
        yield mandate, problem


def _after(mandate: _Mandate, change: RollChange) -> _Mandate:
    match change.event.effect:
        case Effect.STATUS:
            active = change.event.status is Status.ACTIVE
            return replace(mandate, status=change.event.status, by_status=None if active else change)
        case Effect.CREDENTIALS:
            return replace(mandate, checked=True)
        case Effect.RIGHTS_SUSPENDED:
            return replace(mandate, by_rights=change)
        case Effect.RIGHTS_RESTORED:
            return replace(mandate, by_rights=None)
        case Effect.LEAVE:
            return replace(mandate, leaves=(*mandate.leaves, change))
        case Effect.NOTHING:
            return mandate


def _refusal(mandate: _Mandate, change: RollChange) -> InputError | None:
    """Why a change cannot follow, None where it can."""
    event, place = change.event, change.at(EVENT)
    status = mandate.status
    if event.effect in (Effect.STATUS, Effect.CREDENTIALS) and status not in event.after:
        before = f", {mandate.by_status.place}" if mandate.by_status else ""
        state = Standing(status).word.value if status else "不是代表"
        problem = f'"{event.word}" on {change.effective} cannot follow {state}{before}'
        return InputError(place, problem, _remedy(status, change))
    if event is CONFIRMED and not mandate.checked:
        problem = f'"{event.word}" on {change.effective} comes before "{CHECKED.word}"'
        return InputError(place, problem, "Record first that the credentials were found in order")
    suspended = mandate.rights_suspended(change.effective)
    if event is RIGHTS_SUSPENDED and suspended and mandate.by_rights:
        problem = f"the rights are suspended already, {mandate.by_rights.place}"
        return InputError(place, problem, "Correct that change where its last day has moved")
    if event is RIGHTS_RESTORED and not suspended:
        problem = f"the rights are not suspended on {change.effective}"
        return InputError(place, problem, f'Record "{RIGHTS_SUSPENDED.word}" first, or correct the day')
    return None


def _remedy(status: Status | None, change: RollChange) -> str:
    if status is None:
        return f'Record "{ADDED.word}" with an earlier day, or correct the day of this change'
    if change.event is ADDED:
        return "Give a person who is elected again a new number, and withdraw what belongs to the earlier mandate"
    if status.is_final:
        return (
            f"{Standing(status).word.value} is final: a person elected again has a new number; correct a wrong change "
            f"by a new one that names it under {CORRECTS}"
        )
    words = ", ".join(dict.fromkeys(Standing(one).word.value for one in change.event.after if isinstance(one, Status)))
    return f"It follows {words}: record what led there, or correct the day"


def _derive(changes: list[RollChange], day: str) -> Derived:
    mandate = _Mandate(Status.ACTIVE)
    for step, _ in _walk(changes, day):
        mandate = step
    rights = mandate.rights_suspended(day)
    on_leave = any(leave.effective <= day <= (leave.last or leave.effective) for leave in mandate.leaves)
    # Somebody whose election is still to come is no delegate; the roll shows what the person is on the way to.
    standing = Standing(mandate.status or Status.ADDED, rights, on_leave)
    cause = mandate.by_status or (mandate.by_rights if rights else None)
    return Derived(standing, cause)
