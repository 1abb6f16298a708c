"""How long a session is kept, by the rule sets that it adopted.

The day is compared with the clock of the machine that would erase, by the server when the entry `session.destroyed` is
to enter the log and by `plenum destroy` before it erases. Replay does not compare it: no entry is valid or invalid by
the time of day, of which the log has claims alone (SPEC §8.3), and a record verifies the same for ever.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from tally.state import State
from voting_core.errors import StateError

SILENT_DAYS: Final = 31
"""What is kept where a rule set has 0 days, which means that no text says: the month that the one rule found, that of
people's congresses, asks for. A county that wants another time writes it into its own rules."""


def kept_until(state: State) -> date:
    """The first day on which what the server keeps beside the record may be destroyed.

    It is the day of the session and the longest retention of the adopted rule sets after it; a rehearsal, which may be
    held before that day, has no votes that anybody must keep.
    """
    facts = state.facts
    day = date.fromisoformat(facts.date)
    if facts.simulated:
        return date.min
    days = max((adopted.rules.retention.days or SILENT_DAYS for adopted in state.rules.values()), default=0)
    return day + timedelta(days=days)


def check_retention_over(state: State, now: int) -> None:
    """Accept a destruction at this time of day, in Unix seconds.

    Raises:
        StateError: the session must still be kept.
    """
    until = kept_until(state)
    if datetime.fromtimestamp(now, UTC).date() < until:
        raise StateError(f"the session is kept until {until}, by the rule sets that it adopted; destroy it after that")
