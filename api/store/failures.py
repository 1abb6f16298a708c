"""What can go wrong between the server and its disk."""

from voting_core.errors import FatalError, PlenumError


class StorageError(PlenumError):
    """A write did not happen, and certainly did not: nothing changed. `full` says that the disk has no room."""

    def __init__(self, message: str, *, full: bool) -> None:
        super().__init__(message)
        self.full = full


DISK_FULL = "the server's disk is full; nothing was stored. Free space on it and send again"
NOT_WRITTEN = "the server could not write to its database; nothing was stored. Send again in a moment"
NOT_READ = "the server cannot read its database; ask again in a moment"
TRUTH_UNKNOWN = (
    "the server's disk failed while committing, so it no longer knows what is stored; "
    "it takes nothing more until it is started again"
)
OTHERS_WROTE = (
    "another program wrote to this server's database, so the server no longer knows what is stored; it takes nothing "
    "more. See that no second server runs on this database, then start it again"
)
STOPPED = "the server is stopping; send again when it is back"


def truth_unknown() -> FatalError:
    """The error after which only a restart, which reads everything back, tells what is stored."""
    return FatalError(TRUTH_UNKNOWN)


def others_wrote() -> FatalError:
    """The error of a server that is not alone on its database: going on would fork the log."""
    return FatalError(OTHERS_WROTE)
