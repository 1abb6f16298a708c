"""Changes of a roll for tests: what a test does not say is right by itself."""

from itertools import count

from tally.roll.change import RollChange
from tally.roll.events import EVENTS, Decider, Effect

_NUMBERS = count(1)


def make_change(
    delegate: str,
    event: str,
    effective: str,
    *,
    decided_by: Decider | None = None,
    id: str = "",
    last: str = "",
    evidence: str | None = None,
    filed: bool = False,
    recorded: str = "2026-01-02",
    corrects: str = "",
    line: int = 7,
) -> RollChange:
    """A change decided by the first who may, with a document and a number of its own."""
    kind = EVENTS[event]
    document = "" if kind.effect is Effect.LEAVE else "青组〔2026〕12号"
    return RollChange(
        id=id or f"c{next(_NUMBERS):05}",
        delegate=delegate,
        event=kind,
        effective=effective,
        last=last,
        decided_by=decided_by or kind.deciders[0],
        evidence=document if evidence is None else evidence,
        filed=filed,
        recorded=recorded,
        corrects=corrects,
        place=f"roll-changes.csv, line {line}",
    )
