"""Ballots that come at a given rate, whether the server keeps up or not: latencies counted from the moment at which
each should have been sent, so that a server which makes the sender wait does not look quick.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from loadtests.patience import ATTEMPTS, Accepted, GiveUp, Wait, next_step

CONNECTIONS: Final = 128
"""Ballots under way at once; more wait for a connection, and their latency grows meanwhile."""


@dataclass(slots=True)
class Rush:
    """What came of it: seconds from the planned moment to the promise, waits that the server asked for, refusals."""

    latencies: list[float] = field(default_factory=list)
    waits: int = 0
    refused: list[str] = field(default_factory=list)
    seconds: float = 0.0
    sender_seconds: float = 0.0
    """Processor time of the sending side, which shares the machine with the server."""

    @property
    def per_second(self) -> float:
        """Promises a second, from the first moment to the last promise."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, per_cent: int) -> float:
        """A percentile of the latencies, in seconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, len(ordered) * per_cent // 100)] if ordered else 0.0


def rush(address: str, ballots: Sequence[bytes], per_second: float) -> Rush:
    """Send ballots, so many a second."""
    # In a thread of its own: whatever else this process does may have a loop in this one.
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: asyncio.run(_rush(address, ballots, per_second))).result()


async def _rush(address: str, ballots: Sequence[bytes], per_second: float) -> Rush:
    parts = urlsplit(address)
    host, port = str(parts.hostname), int(parts.port or 80)
    done, waiting = Rush(), deque(enumerate(ballots))
    begin, spent = time.perf_counter(), time.thread_time()

    async def connection() -> None:
        reader, writer = await asyncio.open_connection(host, port)
        while waiting:
            number, ballot = waiting.popleft()
            due = begin + number / per_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            for attempt in range(1, ATTEMPTS + 1):
                status, headers = await _post(reader, writer, f"{host}:{port}", ballot)
                match next_step(status, headers, attempt):
                    case Accepted():
                        done.latencies.append(time.perf_counter() - due)
                        break
                    case Wait(seconds):
                        done.waits += 1
                        await asyncio.sleep(seconds)
                    case GiveUp(reason):
                        done.refused.append(reason)
                        break
        writer.close()

    await asyncio.gather(*(connection() for _ in range(min(CONNECTIONS, len(ballots)))))
    done.seconds = time.perf_counter() - begin
    done.sender_seconds = time.thread_time() - spent
    return done


async def _post(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, body: bytes
) -> tuple[int, dict[str, str]]:
    head = f"POST /v1/ballots HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode("ascii") + body)
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:-2])}
    await reader.readexactly(int(headers["content-length"]))
    return int(lines[0].split()[1]), headers
