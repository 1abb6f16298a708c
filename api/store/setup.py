"""Reading and writing the draft. It is replaced as a whole, and only by who saw it as it is."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from api.errors import SaidError
from api.store.database import Connection
from api.store.writer import Work
from ballots.screen.words import Said

CHANGED = Said(
    "草稿刚刚被别人改过，请重新查看后再办理",
    "Somebody else has just changed the draft; look at it again",
)


@dataclass(frozen=True, slots=True)
class PendingImport:
    """An uploaded table that nobody has taken yet."""

    target: str
    file_name: str
    content: bytes

    @property
    def digest(self) -> str:
        """What a page names, so that exactly the file that was looked at is taken, for the table that it was for."""
        named = hashlib.sha256(self.target.encode()).digest() + hashlib.sha256(self.file_name.encode()).digest()
        return hashlib.sha256(named + self.content).hexdigest()


def revision_of(files: Mapping[str, bytes]) -> str:
    """The state of a draft, in short: a hash over the names and contents of its files."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(files[name]).digest())
    return digest.hexdigest()[:32]


def read_setup(connection: Connection) -> dict[str, bytes]:
    """The files of the draft by name, none before there is one."""
    return dict(connection.execute("SELECT name, content FROM setup_files ORDER BY name").fetchall())


def read_setup_file(connection: Connection, name: str) -> bytes | None:
    """One file of the draft, without the others, some of which are large; None where there is none of this name."""
    row = connection.execute("SELECT content FROM setup_files WHERE name = ?", (name,)).fetchone()
    return None if row is None else bytes(row[0])


def replace_setup(files: Mapping[str, bytes], expected: str) -> Work[str]:
    """Put other files in the place of those with the revision `expected`; gives the new revision.

    Raises (through the future):
        SaidError: the draft is not what was looked at.
    """

    def work(connection: Connection) -> str:
        if revision_of(read_setup(connection)) != expected:
            raise SaidError(CHANGED, status=409)
        connection.execute("DELETE FROM setup_files")
        for name, content in sorted(files.items()):
            connection.execute("INSERT INTO setup_files (name, content) VALUES (?, ?)", (name, content))
        connection.execute("DELETE FROM setup_imports")
        return revision_of(files)

    return work


def keep_import(pending: PendingImport) -> Work[None]:
    """Keep an uploaded table while somebody looks at it; an earlier one is dropped."""

    def work(connection: Connection) -> None:
        connection.execute("DELETE FROM setup_imports")
        connection.execute(
            "INSERT INTO setup_imports (id, target, file_name, content) VALUES (1, ?, ?, ?)",
            (pending.target, pending.file_name, pending.content),
        )

    return work


def read_import(connection: Connection) -> PendingImport | None:
    """The uploaded table, None where there is none."""
    row = connection.execute("SELECT target, file_name, content FROM setup_imports WHERE id = 1").fetchone()
    return None if row is None else PendingImport(row[0], row[1], row[2])
