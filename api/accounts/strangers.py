"""Threads for people who are not signed in yet.

A password costs a fifth of a second and 64 MiB to check (Argon2id), and anybody may ask for it. Two threads do that and
nothing else, so that a flood of attempts waits in its own row while pages, votes and signatures go on.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

THREADS: Final = 2

_POOL: Final = ThreadPoolExecutor(THREADS, thread_name_prefix="strangers")


async def for_a_stranger(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something for somebody who is not signed in yet; raises what it raises."""
    return await asyncio.get_running_loop().run_in_executor(_POOL, partial(work, *args, **kwargs))
