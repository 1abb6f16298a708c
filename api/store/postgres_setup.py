"""Which set-ups of a PostgreSQL server are refused, and what to change.

A session's database must not lose what it has acknowledged, and must not keep when which ballot came. The embedded
database is set up by this program; a server is set up by somebody else, so it is asked.
"""

from dataclasses import dataclass
from typing import Any, Final, Protocol

from voting_core.errors import InputError

OLDEST: Final = 140_000
"""PostgreSQL 14, the oldest version that still gets corrections when this was written."""


class Asked(Protocol):
    """A connection that can be asked."""

    def execute(self, query: Any, params: Any = None, /) -> Any:
        """Run a statement."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A setting of the server, the values that are accepted, and why others are not."""

    setting: str
    accepted: tuple[str, ...]
    why: str


DEMANDS: Final = (
    Demand("fsync", ("on",), "a loss of power would lose acknowledged ballots"),
    Demand("full_page_writes", ("on",), "a loss of power could leave half-written pages"),
    Demand("server_encoding", ("UTF8",), "names would not survive"),
    Demand("archive_mode", ("off",), "archived write-ahead logs keep when which ballot came"),
    Demand("track_commit_timestamp", ("off",), "it keeps when which ballot came"),
    Demand("log_statement", ("none", "ddl"), "the server's log would keep statements with names and ballots"),
    Demand("log_min_duration_statement", ("-1",), "the server's log would keep statements with names and ballots"),
    Demand("log_min_duration_sample", ("-1",), "the server's log would keep statements with names and ballots"),
    Demand("log_transaction_sample_rate", ("0",), "the server's log would keep statements with names and ballots"),
    Demand("log_parameter_max_length_on_error", ("0",), "the server's log would keep ballots and names"),
)


def refuse_unsafe_setup(name: str, connection: Asked) -> None:
    """Ask the server how it is set up.

    Raises:
        InputError: its version or one of its settings is not accepted.
    """
    version = int(_shown(connection, "server_version_num"))
    if version < OLDEST:
        raise InputError(name, f"PostgreSQL {version // 10_000} is too old", f"Use {OLDEST // 10_000} or newer")
    for demand in DEMANDS:
        value = _shown(connection, demand.setting)
        if value not in demand.accepted:
            raise InputError(
                name,
                f"the server has {demand.setting} = {value}: {demand.why}",
                f"Set {demand.setting} = {demand.accepted[0]} in its postgresql.conf, or use the embedded database",
            )


def _shown(connection: Asked, setting: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", (setting,)).fetchone()
    return str(row[0])
