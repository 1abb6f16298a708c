"""What a handler is: who must sign an entry of a type, and what the entry does to the session (SPEC §8.4, §8.5).

Handlers get the state in which the entry's leaf is already in the tree, so that ``state.size - 1`` is the index of the
entry; every other field is as before it. They give the new state or raise VerificationError, and change nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from tally.entries.envelope import Entry
from tally.entries.reading import Body
from tally.state import State
from voting_core.argument.statement import Statement

B = TypeVar("B", bound=Body)


class Step(NamedTuple):
    """A new state, and the ballot arguments that still have to be verified before it may be trusted."""

    state: State
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """How entries of one type are judged: first the set of signers (V4.B), then, once they are verified, the rest."""

    check_signers: Callable[[State, Entry], None]
    apply: Callable[[State, Entry], Step]


def rule(
    body: type[B],
    signers: Callable[[State, Entry, B], None],
    apply: Callable[[State, Entry, B], State],
) -> Rule:
    """Make the rule of a type whose entries hold no ballot."""

    def apply_step(state: State, entry: Entry) -> Step:
        return Step(apply(state, entry, _body(entry, body)))

    return Rule(lambda state, entry: signers(state, entry, _body(entry, body)), apply_step)


def ballot_rule(
    body: type[B],
    signers: Callable[[State, Entry, B], None],
    apply: Callable[[State, Entry, B], Step],
) -> Rule:
    """Make the rule of a type whose entries hold a ballot."""
    return Rule(
        lambda state, entry: signers(state, entry, _body(entry, body)),
        lambda state, entry: apply(state, entry, _body(entry, body)),
    )


def _body(entry: Entry, body: type[B]) -> B:
    if not isinstance(entry.body, body):
        raise TypeError(f"the rule of {body.__name__} was given {entry.type}")
    return entry.body
