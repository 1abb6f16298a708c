"""What Python does at moments of its own choosing, arranged so that no page waits for it.

* A thread that wants the interpreter asks for it after :data:`SWITCH_SECONDS`.
* A full collection of reference cycles looks at every object there is: with the log of a congress for most of a
  second, in which no thread runs. What one has found in use is therefore set aside and not looked at again, so that
  each looks at what is new since the last.

A cycle that is let go of after it was set aside stays in memory. What grows with a session holds no cycles: it is
freed when the last reference goes, as always.
"""

import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

SWITCH_SECONDS: Final = 0.0005
"""For how long a thread keeps the interpreter while another one waits for it. A page waits for it a hundred times; with
Python's five milliseconds each of these would be as long while the board is drawn or ballots are judged."""

FULL: Final = 2
"""The generation whose collection is a full one."""


@contextmanager
def interpreter_for_serving() -> Iterator[None]:
    """Set the interpreter for a process that serves, until the context ends. Begin when everything is loaded."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.callbacks.append(_set_aside)
    gc.collect()
    try:
        yield
    finally:
        gc.callbacks.remove(_set_aside)
        gc.unfreeze()
        sys.setswitchinterval(before)


def _set_aside(phase: str, about: Mapping[str, Any]) -> None:
    """Called by Python before and after each collection."""
    if phase == "stop" and about["generation"] == FULL:
        gc.freeze()
