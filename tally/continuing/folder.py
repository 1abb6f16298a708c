"""The files of the next session: the roll rolled forward, what the earlier session left, and a `session.toml` to fill.

Whatever decides something comes from the record; the roll and its history come from the folder, because no name ever
enters a log.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import StringIO
from typing import Final

from ballots.crockford import fingerprint_text
from tally.continuing.legacy import alternates_of, failed_of, trust_of
from tally.continuing.same_session import require_same_session
from tally.continuing.session_file import session_file
from tally.plan import SessionPlan
from tally.plan.earlier import (
    FAILED_COLUMNS,
    RATE_COLUMNS,
    SESSIONS_BETWEEN,
    SUCCESSION_COLUMNS,
    TRUST_COLUMNS,
)
from tally.plan.people import CAPACITY, NAME, NUMBER, STATUS
from tally.plan.source import SESSION_FILE
from tally.roll.change import COLUMNS
from tally.roll.earlier import Earlier, EarlierTrust, FailedNominee
from tally.roll.history import History
from tally.roll.person import Roll
from tally.roll.standing import StatusWord
from tally.roll.succession import Alternate
from tally.rules.threshold import Base
from tally.state import State
from tally.tables import safe_cell
from voting_core.errors import InputError

ROLL: Final = "roll.csv"
CHANGES: Final = "roll-changes.csv"
SUCCESSION: Final = "succession.csv"
FAILED: Final = "failed-nominees.csv"
TRUST: Final = "earlier-trust.csv"

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Excel takes a file without it for GB18030."""


def continue_session(state: State, plan: SessionPlan, day: str = "") -> Mapping[str, bytes]:
    """The files of the session that follows a sealed one, by name; `plan` is that of the sealed session.

    The roll is that of `day`, the day of the next session, and without it that of the last change that is recorded.

    Raises:
        InputError: the record is not sealed, is of another session than the plan, or `day` is before its day.
    """
    if not state.sealed or state.fingerprint is None:
        raise InputError("RECORD", "is of a session that is not sealed", "Seal the session and fetch its record again")
    require_same_session(state, plan)
    if day and day < plan.info.date:
        raise InputError("--date", f"{day} is before {plan.info.date}", "Give the day of the next session")
    earlier = Earlier(
        id=plan.info.id,
        title=plan.info.title,
        date=plan.info.date,
        session=state.session_id.hex(),
        fingerprint=fingerprint_text(state.fingerprint),
        record=state.root.hex(),
        alternates=alternates_of(state, plan),
        failed=failed_of(state, plan),
        trust=trust_of(state, plan),
    )
    history = plan.roll.history
    files = {ROLL: _roll(_forward(plan.roll, day))}
    if history is not None:
        files[CHANGES] = _changes(history)
    if earlier.alternates:
        files[SUCCESSION] = _succession(earlier.alternates)
    if earlier.failed:
        files[FAILED] = _failed(earlier.failed)
    if earlier.trust:
        files[TRUST] = _trust(earlier.trust)
    left = {"succession": SUCCESSION, "failed_nominees": FAILED, "trust": TRUST}
    named = {key: name for key, name in left.items() if name in files}
    return {SESSION_FILE: session_file(plan, earlier, named, day, history=CHANGES if history else ""), **files}


def _forward(roll: Roll, day: str) -> Roll:
    """The roll on the day of the next session. Without a history 状态 stays; leave is of one session alone."""
    if roll.history is not None:
        roll = roll.on(day or max(roll.day, roll.history.last_day))
        if day:
            return roll
    people = (replace(person, standing=replace(person.standing, on_leave=False)) for person in roll.people)
    return replace(roll, people=tuple(people))


def _roll(roll: Roll) -> bytes:
    labels = tuple(dict.fromkeys(label for person in roll.people for label, _ in person.details))
    capacities = (CAPACITY,) if any(person.capacity for person in roll.people) else ()
    lines = []
    for person in roll.people:
        capacity = (person.capacity,) if capacities else ()
        details = dict(person.details)
        word: StatusWord = person.standing.word
        lines.append((person.number, person.name, *(details.get(label, "") for label in labels), *capacity, word.value))
    # Cells of the roll stay as they are: they come from a table of the same officials, and are read back as they were.
    return _csv((NUMBER, NAME, *labels, *capacities, STATUS), lines)


def _changes(history: History) -> bytes:
    labels = tuple(dict.fromkeys(label for change in history.changes for label, _ in change.details))
    lines = []
    for change in history.changes:
        details = dict(change.details)
        lines.append((*change.to_row(), *(details.get(label, "") for label in labels)))
    return _csv((*COLUMNS, *labels), lines)


def _succession(alternates: Sequence[Alternate]) -> bytes:
    lines = [(str(place), one.number, one.name, str(one.votes), one.session) for place, one in enumerate(alternates, 1)]
    return _safe_csv(SUCCESSION_COLUMNS, lines)


def _failed(failed: Sequence[FailedNominee]) -> bytes:
    lines = []
    for one in failed:
        who = one.nominee
        lines.append((who.name, who.sex, who.ethnicity, who.post, str(one.times), SESSIONS_BETWEEN.join(one.sessions)))
    return _safe_csv(FAILED_COLUMNS, lines)


def _trust(trust: Sequence[EarlierTrust]) -> bytes:
    """One line for each row of each evaluation. Rates are numbers of ballots: a fraction would be a date to Excel."""
    rates = tuple(dict.fromkeys(rate.id for one in trust for rate in one.evaluation.rates))
    lines = []
    for one in trust:
        row = one.evaluation
        counts = {rate.id: str(rate.numerator) for rate in row.rates}
        base = str(row.rates[0].denominator if row.rates else 0)
        of = row.rates[0].base.zh if row.rates else Base.VALID.zh
        cells = (row.row, one.name, one.contest, one.session, of, base, str(row.weighted), str(row.weighing))
        lines.append((*cells, *(counts.get(rate, "0") for rate in rates)))
    return _safe_csv((*TRUST_COLUMNS, *(RATE_COLUMNS.get(rate, rate) for rate in rates)), lines)


def _safe_csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    return _csv(header, [[safe_cell(cell) for cell in line] for line in lines])


def _csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([header, *lines])
    return (_BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")
