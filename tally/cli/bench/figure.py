"""A measured figure and its limit."""

import time
from collections.abc import Callable
from dataclasses import dataclass

SKIPPED = "skipped: "
"""How the note of a figure begins that was not measured."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in `unit`; `limit` is the most it may be (or the least, when `at_least`), 0 when there is none.

    `ok` is the judgement, made where the figure was measured: some limits are relative to another figure of the same
    run.
    """

    name: str
    value: float
    unit: str
    limit: float
    ok: bool
    at_least: bool = False
    note: str = ""


def at_most(name: str, value: float, unit: str, limit: float, note: str = "") -> Figure:
    """A figure that must not exceed `limit`."""
    return Figure(name, value, unit, limit, value <= limit, note=note)


def at_least(name: str, value: float, unit: str, limit: float, note: str = "") -> Figure:
    """A figure that must reach `limit`."""
    return Figure(name, value, unit, limit, value >= limit, at_least=True, note=note)


def info(name: str, value: float, unit: str, note: str = "") -> Figure:
    """A figure without a limit."""
    return Figure(name, value, unit, 0, True, note=note)


def skipped(name: str, unit: str, why: str) -> Figure:
    """A figure that this machine cannot give; it is printed as skipped, never left out."""
    return Figure(name, 0, unit, 0, True, note=f"{SKIPPED}{why}")


def milliseconds(work: Callable[[], object], times: int) -> float:
    """The median of `times` runs of `work`, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return sorted(spent)[times // 2]
