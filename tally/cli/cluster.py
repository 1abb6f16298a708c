"""Looking at runs of ballots on the machines of a Dask cluster (`plenum[dask]`), for records that outgrow one machine.

The cluster's machines are trusted as this one is: they say whether arguments hold. They need Plenum of the same
version. Runs whose machine dies are given to another; what the cluster cannot do at all is done here. This process
judges, in order; so the report is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from types import TracebackType
from typing import Any, Final, Self

from tally.cli.backend import Backend, choose
from tally.replay import Ahead, Known, look_ahead
from tally.verify.runs import Later, Pending
from voting_core.errors import InputError
from voting_core.public import PublicGroup

_PER_THREAD: Final = 2
_TIMEOUT_SECONDS: Final = 30
_RETRIES: Final = 3
"""A run that three machines could not do is done here: perhaps it is the run that they have no memory for."""


@lru_cache(maxsize=4)
def _backend(backend: Backend) -> PublicGroup:
    """The backend on a machine of the cluster: compiled, unless that machine has not got it."""
    return choose(Backend.AUTO if backend is Backend.FAST else backend)


def look(run: tuple[bytes, ...], known: Known | None, backend: Backend) -> tuple[Ahead, ...]:
    """Look at a run, on a machine of the cluster."""
    return look_ahead(run, known, _backend(backend))


class _Answer:
    """A run that the cluster looks at."""

    def __init__(self, future: Any, again: Later, lost: tuple[type[BaseException], ...]) -> None:
        self._future = future
        self._again = again
        self._lost = lost

    def result(self) -> tuple[Ahead, ...]:
        """Wait for it; what the cluster lost for good is found out here."""
        try:
            found: tuple[Ahead, ...] = self._future.result()
        except self._lost:
            return self._again.result()
        finally:
            self._future.release()
        return found


class Cluster:
    """A connection to a scheduler, as long as the block runs."""

    def __init__(self, address: str, backend: Backend) -> None:
        """Connect.

        Raises:
            InputError: the extra is not installed, or nobody answers at the address.
        """
        try:
            module: Any = import_module("distributed")
        except ImportError:
            raise InputError("--dask", "its packages are not installed", "Run: pip install 'plenum[dask]'") from None
        try:
            self._client: Any = module.Client(address, timeout=_TIMEOUT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            remedy = "Give the address of a running scheduler, such as tcp://10.0.0.5:8786"
            raise InputError(f"--dask {address}", f"no cluster answers ({type(error).__name__})", remedy) from error
        self._lost = (module.KilledWorker, module.client.FutureCancelledError, OSError)
        self._backend = backend
        self._group = choose(backend)
        self.waiting = _PER_THREAD * max(1, sum(self._client.nthreads().values()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def submit(self, run: Sequence[bytes], known: Known | None) -> Pending:
        """Have the cluster look at a run."""
        future = self._client.submit(look, tuple(run), known, self._backend, pure=False, retries=_RETRIES)
        return _Answer(future, Later(run, known, self._group), self._lost)
