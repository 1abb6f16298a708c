"""Whole sessions for attacks: built once for each stage, branched off in every test.

A weak variant of replay is the real one with one of its checks taken out for a moment. What an attack then does to the
weak variant is shown with the session that it leaves behind.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tally.replay import replay
from tally.state import State
from tests.support.session import SessionBuilder
from voting_core.errors import VerificationError
from voting_core.group import BASE, IDENTITY, Point
from voting_core.polynomial import lagrange_at_zero


@cache
def _snapshots(options: tuple[tuple[str, Any], ...], until: str) -> dict[str, SessionBuilder]:
    return SessionBuilder(**dict(options)).snapshots(until)


def at(stage: str, **options: Any) -> SessionBuilder:
    """A session of one's own at the end of a stage; the options are those of the builder and hashable."""
    return _snapshots(tuple(sorted(options.items())), "sealed")[stage].fork()


def refused(session: SessionBuilder, raw: bytes, code: str) -> VerificationError:
    """Replay refuses an entry with this check, and nothing has changed."""
    before = session.state
    with pytest.raises(VerificationError) as caught:
        replay(session.state, raw)
    assert caught.value.code == code, caught.value
    assert session.state is before
    return caught.value


def without(patch: pytest.MonkeyPatch, module: object, name: str, instead: Callable[..., Any]) -> None:
    """Put something weak in the place of a function of the product."""
    assert hasattr(module, name), name
    patch.setattr(module, name, instead)


def private_share(session: SessionBuilder, index: int) -> int:
    """What a trustee that joins an attack gives to it."""
    return session.private_share(index)


def decrypt(session: SessionBuilder, trustees: tuple[int, ...], pad: Point, data: Point, most: int = 50) -> int:
    """What these trustees read together, whatever the log allows; ValueError where it is no small number."""
    weights = lagrange_at_zero(trustees)
    mask = IDENTITY
    for index in trustees:
        mask = mask + pad * (private_share(session, index) * weights[index])
    value, candidate = data - mask, IDENTITY
    for number in range(most + 1):
        if candidate == value:
            return number
        candidate = candidate + BASE
    raise ValueError("no small number")


def take(state: State, raws: list[bytes]) -> State:
    """Replay a run of entries."""
    for raw in raws:
        state = replay(state, raw)
    return state
