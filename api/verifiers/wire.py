"""What the server and a verifier say to each other: one message each way, its length first, with public data alone.

A verifier is a process of this program that the server started, so both ends trust what the other wrote as they trust
their own memory, and messages are pickled: what was found out arrives as the values that replay takes, points decoded.
Nothing of this ever comes from a network or a disk.
"""

import io
import pickle
from dataclasses import fields
from typing import IO, Any, Final

from ballots.opened import OpenedBallot
from ballots.sealed_ballot import SealedBallot
from tally.entries.ballots import BallotCast
from tally.entries.envelope import Entry, EntrySignature
from tally.replay import Ahead, Known

_LENGTH_BYTES: Final = 8

MOST_BYTES: Final = 2**28
"""Of a message: far more than the largest run takes, and less than what eight letters make when they are read as a
length."""

_COMMON: Final = (Ahead, Entry, EntrySignature, BallotCast, SealedBallot, OpenedBallot)
"""What every ballot brings: these are made again by one call each, which takes a third of pickle's own way."""

_NAMES: Final = {kind: tuple(field.name for field in fields(kind)) for kind in _COMMON}

Request = tuple[Known | None, tuple[bytes, ...]]
"""With what to open ballots, and the entries."""


def write_message(pipe: IO[bytes], value: object) -> None:
    """Send a message."""
    buffer = io.BytesIO()
    buffer.write(bytes(_LENGTH_BYTES))
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = dict.fromkeys(_COMMON, _parts)
    pickler.dump(value)
    data = buffer.getbuffer()
    data[:_LENGTH_BYTES] = (len(data) - _LENGTH_BYTES).to_bytes(_LENGTH_BYTES, "little")
    pipe.write(data)
    pipe.flush()


def read_message(pipe: IO[bytes]) -> Any:
    """Wait for a message.

    Raises:
        EOFError: the other end is gone.
        ValueError: this is no message, such as what a library printed.
    """
    length = int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "little")
    if length > MOST_BYTES:
        raise ValueError("this is no message")
    data = _exactly(pipe, length)
    try:
        return pickle.loads(data)  # noqa: S301  # from a process that this one started, or was started by
    except (pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError) as error:
        raise ValueError("this is no message") from error


def _parts(value: Any) -> tuple[Any, tuple[Any, ...]]:
    kind = type(value)
    return _made, (kind, *(getattr(value, name) for name in _NAMES[kind]))


def _made(kind: Any, *values: Any) -> Any:
    return kind(**dict(zip(_NAMES[kind], values, strict=True)))


def _exactly(pipe: IO[bytes], number: int) -> bytes:
    data = pipe.read(number)
    if len(data) != number:
        raise EOFError("the message breaks off")
    return data
