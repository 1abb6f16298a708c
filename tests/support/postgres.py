"""A real PostgreSQL for the tests: a private cluster in a temporary folder, on a Unix socket, for one test session."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg

from loadtests.postgres import programs
from tests.support.patience import PATIENCE, patiently
from tests.support.processes import has_ended, processes_under


class Cluster:
    """A running server with one database; every test gets a schema of its own in it."""

    def __init__(self, directory: Path | None = None, *, wal_megabytes: int = 16) -> None:
        """Start it in a folder of its own, or in one that is given and empty; small files of its log need less room."""
        self._programs = programs()
        # PostgreSQL refuses to run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        self._is_given = directory is not None
        self._directory = directory or Path(tempfile.mkdtemp(prefix="plenum-pg-"))
        if self._user:
            account = pwd.getpwnam(self._user)
            os.chown(self._directory, account.pw_uid, account.pw_gid)
        self._data = self._directory / "data"
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N", f"--wal-segsize={wal_megabytes}"]
        self._run("initdb", "-D", str(self._data), *options)
        self.start()
        with self.connection() as connection:
            connection.execute("CREATE DATABASE plenum")

    def start(self, *options: str) -> None:
        """Start it; nobody can reach it but over its socket."""
        flags = f"-c listen_addresses='' -c unix_socket_directories={self._directory} " + " ".join(options)
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self._directory / "log"), "-o", flags, "start")

    def stop(self) -> None:
        """End it as a power failure would: nothing is written at the end."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "immediate", "stop")

    @property
    def process(self) -> int:
        """Its first process, whose children are all others."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    @property
    def runs(self) -> bool:
        """Whether it has not ended itself."""
        return (self._data / "postmaster.pid").exists() and not has_ended(self.process)

    def kill(self) -> None:
        """End its first process with SIGKILL, and wait until the others have noticed."""
        first = self.process
        others = processes_under(first)
        os.kill(first, signal.SIGKILL)
        for _ in patiently(0.01):
            if all(has_ended(process) for process in (first, *others)):
                break
        # The number may live on as a process that nobody has asked for its end, which would look like a server.
        for lock in (self._data / "postmaster.pid", *self._directory.glob(".s.PGSQL.*.lock")):
            lock.unlink(missing_ok=True)

    def writers(self) -> list[int]:
        """The processes that serve connections which hold an advisory lock."""
        with self.connection() as connection:
            rows = connection.execute("SELECT pid FROM pg_locks WHERE locktype = 'advisory'").fetchall()
        return [int(str(row[0])) for row in rows]

    def close(self) -> None:
        """Stop it and remove everything."""
        self.stop()
        shutil.rmtree(self._data)
        shutil.rmtree(self._directory, ignore_errors=self._is_given)

    def connection(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """A connection as its administrator."""
        return psycopg.connect(
            host=str(self._directory), user="postgres", dbname=database, autocommit=True, client_encoding="UTF8"
        )

    def url(self, schema: str) -> str:
        """The URL of a schema, which is made when it is not there."""
        with self.connection("plenum") as connection:
            connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
        options = quote(f"-csearch_path={schema}")
        return f"postgresql://postgres@/plenum?host={quote(str(self._directory), safe='')}&options={options}"

    def _run(self, program: str, *arguments: str) -> None:
        # A file, not a pipe: the server keeps what it inherits, and a pipe would never end.
        said = self._directory / "programs.log"
        with said.open("ab") as output:
            done = subprocess.run(
                [str(self._programs / program), *arguments],
                user=self._user,
                cwd=self._directory,
                stdout=output,
                stderr=output,
                timeout=PATIENCE,
                check=False,
            )
        assert done.returncode == 0, f"{program}: {said.read_text(errors='replace')}"
