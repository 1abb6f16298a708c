"""What is asked of the sequencer, and what it answers."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """Where an entry stands: its index, and size and root of the log after the commit that brought it."""

    index: int
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """An accepted `ballot.*` entry: its ballot id, and the last cosigned checkpoint for the promise (SPEC §8.8)."""

    ballot_id: bytes
    checkpoint_size: int
    checkpoint_root: bytes


@dataclass(frozen=True, slots=True)
class BallotTask:
    """A `ballot.*` entry to be accepted."""

    raw: bytes
    future: "Future[Receipt]"


@dataclass(frozen=True, slots=True)
class EntryTask:
    """Any other entry to be put into the log."""

    raw: bytes
    future: "Future[Position]"


Task = BallotTask | EntryTask


def refuse(tasks: Sequence[Task], error: Exception) -> None:
    """Give an error to everybody who has no answer yet."""
    for task in tasks:
        if not task.future.done():
            task.future.set_exception(error)
