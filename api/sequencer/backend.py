"""The backend for public data that a server verifies ballots with (:mod:`voting_core.public`)."""

import logging

from voting_core.fast import fastest
from voting_core.public import SODIUM, PublicGroup

_log = logging.getLogger("plenum.serve")


def backend_of(*, fast: bool) -> PublicGroup:
    """The fastest of this machine, or libsodium where that is asked for; the log names it.

    Raises:
        FatalError: the compiled one computes something else than libsodium.
    """
    group = fastest() if fast else SODIUM
    _log.info("ballots are verified by %s", group.name)
    return group
