"""Which program computes in the group where only public data are, as the command line names it."""

from enum import StrEnum

from voting_core.errors import InputError
from voting_core.fast import fast_group, fastest
from voting_core.public import SODIUM, PublicGroup


class Backend(StrEnum):
    """What `--backend` takes."""

    AUTO = "auto"
    FAST = "fast"
    SODIUM = "sodium"


def choose(backend: Backend) -> PublicGroup:
    """Give the backend.

    Raises:
        InputError: its packages are not installed.
        FatalError: the compiled one computes something else than libsodium.
    """
    if backend is Backend.SODIUM:
        return SODIUM
    if backend is Backend.AUTO:
        return fastest()
    found = fast_group()
    if found is None:
        raise InputError("--backend fast", "its packages are not installed", "Run: pip install 'plenum[fast]'")
    return found
