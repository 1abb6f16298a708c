"""How long a session is kept, by the rule sets that it adopted."""

from datetime import date, timedelta

from tally.state import State


def kept_until(state: State) -> date:
    """The first day on which what the server keeps beside the record may be destroyed.

    It is the day of the session and the longest retention of the adopted rule sets after it; a rehearsal has no votes
    that anybody must keep, so its day is the session's own.
    """
    facts = state.facts
    day = date.fromisoformat(facts.date)
    if facts.simulated:
        return day
    days = max((adopted.rules.retention.days for adopted in state.rules.values()), default=0)
    return day + timedelta(days=days)
