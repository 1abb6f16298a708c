"""The names of classes of cards: who holds them."""

from typing import Final

from ballots.screen.words import Said
from tally.plan.evaluators import CLASS
from tally.state import State

_EVERYBODY: Final = {"congress": Said("代表", "Delegates"), "plenum": Said("委员", "Members")}


def class_said(state: State, class_id: str) -> Said:
    """The name of a class. Where nobody is told apart, it is what those who vote in such a session are called."""
    if class_id == CLASS:
        return _EVERYBODY[state.session.kind if state.session else "congress"]
    return Said(f"{class_id.upper()} 类测评人", f"Evaluators of category {class_id.upper()}")
