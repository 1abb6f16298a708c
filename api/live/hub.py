"""The hub: watches what pages show, and tells the streams of open pages that it changed.

* It looks a few times a second instead of being called from everywhere, so what comes in bursts is told once, and it
  sees changes whoever made them: another thread, or another process at the same database.
* A stream has no queue: it knows only that something changed since it last looked, so a slow page costs no memory.
* It runs while streams are open, and only then.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from api.errors import BusyError

TICK_SECONDS: Final = 0.4
"""How often the hub looks: what it tells comes at most so much later, and at most so often."""

SLOW_TICKS: Final = 3
"""What lies in the database is looked at on every so many ticks."""

MAX_STREAMS: Final = 1_000
"""Open streams of one process: 500 screens in the hall and all that people have open."""

MAX_STREAMS_OF_ADDRESS: Final = 48
"""Open streams of one machine; a browser with every page of this server open has fewer."""

_log = logging.getLogger("plenum.live")
_LOCAL: Final = frozenset({"127.0.0.1", "::1", "testclient"})
"""A proxy on this machine speaks for all of the hall, so its streams are limited together alone."""


class Topic(StrEnum):
    """What a stream may be told of."""

    SESSION = "session"
    PROPOSALS = "proposals"
    HALL = "hall"
    DESK = "desk"


Look = Callable[[], object]
"""Gives a value that is another one whenever its topic changed; equal values mean that nothing did."""


@dataclass(eq=False)
class Stream:
    """One open page: the topics it is about, and whether one of them changed since it was last asked."""

    topics: frozenset[Topic]
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self) -> None:
        """Wait for the next change; several that happened meanwhile are one."""
        await self.changed.wait()
        self.changed.clear()


class Hub:
    """Looks at `fast` in the event loop and at `slow`, which may read the disk, in a thread."""

    def __init__(self, fast: Mapping[Topic, Look], slow: Mapping[Topic, Look], tick: float = TICK_SECONDS) -> None:
        self._fast = dict(fast)
        self._slow = dict(slow)
        self._tick = tick
        self._streams: set[Stream] = set()
        self._addresses: Counter[str] = Counter()
        self._watch: asyncio.Task[None] | None = None
        self._failing: set[Topic] = set()

    @property
    def streams(self) -> int:
        """How many are open."""
        return len(self._streams)

    def streams_about(self, topic: Topic) -> int:
        """How many open pages are about a topic."""
        # A copy: pages open and close in the event loop, and this may be asked in a thread.
        return sum(topic in stream.topics for stream in tuple(self._streams))

    @asynccontextmanager
    async def stream(self, topics: frozenset[Topic], address: str) -> AsyncIterator[Stream]:
        """Open a stream for a machine.

        Raises:
            BusyError: too many are open, of this machine or in all.
        """
        self.check(address)
        one = Stream(topics)
        self._streams.add(one)
        self._addresses[address] += 1
        if self._watch is None or self._watch.done():
            self._watch = asyncio.get_running_loop().create_task(self._run())
        try:
            yield one
        finally:
            self._streams.discard(one)
            self._addresses[address] -= 1
            if not self._addresses[address]:
                del self._addresses[address]
            if not self._streams and self._watch is not None:
                self._watch.cancel()
                self._watch = None

    def check(self, address: str) -> None:
        """Refuse a stream too many.

        Raises:
            BusyError: it is.
        """
        many = address not in _LOCAL and self._addresses[address] >= MAX_STREAMS_OF_ADDRESS
        if many or len(self._streams) >= MAX_STREAMS:
            raise BusyError("too many pages are open; close some of them")

    def tell(self, topics: frozenset[Topic]) -> None:
        """Tell the streams that are about one of these topics."""
        for stream in self._streams:
            if stream.topics & topics:
                stream.changed.set()

    async def _run(self) -> None:
        fast, slow, ticks = self._look_fast(), await asyncio.to_thread(self._look_slow), 0
        while True:
            await asyncio.sleep(self._tick)
            ticks += 1
            seen = self._look_fast()
            changed = {topic for topic, value in seen.items() if not _same(value, fast.get(topic))}
            fast = seen
            if ticks % SLOW_TICKS == 0:
                looked = await asyncio.to_thread(self._look_slow)
                changed |= {topic for topic, value in looked.items() if not _same(value, slow.get(topic))}
                slow = looked
            if changed:
                self.tell(frozenset(changed))

    def _look_fast(self) -> dict[Topic, object]:
        return {topic: look() for topic, look in self._fast.items()}

    def _look_slow(self) -> dict[Topic, object]:
        found: dict[Topic, object] = {}
        for topic, look in self._slow.items():
            try:
                found[topic] = look()
                self._failing.discard(topic)
            except Exception as error:  # noqa: BLE001 - a database that does not answer now is looked at again
                found[topic] = None
                # Once, and not at every look; what it says could quote a row.
                if topic not in self._failing:
                    _log.warning("cannot look at %s: %s", topic.value, type(error).__name__)
                self._failing.add(topic)
        return found


def _same(value: Any, before: Any) -> bool:
    """Whether a value is the same one, or an equal tuple or number; states are compared by identity alone."""
    return value is before or (isinstance(value, tuple | int) and value == before)
