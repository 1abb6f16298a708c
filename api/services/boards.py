"""The public board of the session (V23): made once when something is published, then served as files.

* A thread of its own looks whether what is published has changed. Everybody who asks gets a file; no request makes
  anything.
* A new board is written beside the old one and takes its place when it is whole. After a restart it is still there.
* Each audience has a folder; who may ask for which is for the routes.
"""

import hashlib
import json
import logging
import shutil
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from api.clock import Clock
from api.sequencer.cosigned import CosignedTree
from api.sequencer.sequencer import Sequencer
from api.services.record import record_at
from api.store.reader import Reader
from tally.board.audience import Audience, changes_later, published
from tally.board.build import board
from tally.board.downloads import Printer
from tally.board.notes import BEIJING
from tally.board.source import Source
from tally.cli.folders import write_folder
from tally.entries.envelope import decode_entry
from tally.state import State
from voting_core.errors import PlenumError
from voting_core.signing_key import SigningKey

LOOK_SECONDS: Final = 1.0
"""How long after the publication its board begins to be made."""

LONGEST_PAUSE: Final = 60.0
"""Seconds between two tries when the board cannot be made."""
FOLDER: Final = "board"
"""Below the directory of the session: the folders of all audiences."""

CURRENT: Final = "current.json"
"""Names the board that is whole, with the hashes of its files."""

IMMUTABLE: Final = ("assets", "files")
"""The folders of an audience whose files lie under the digits of their content."""

_log = logging.getLogger("plenum.board")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file of the board: where it lies, the hash of its content, and whether its address can never mean another."""

    path: Path
    sha256: str
    immutable: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A board: what it was made of, its folder, and the hashes of its files.

    `size` is that of its log; `witnessed` whether it has been made again for the scrutineers' cosignatures.
    """

    key: str
    folder: Path
    files: dict[str, str]
    size: int
    witnessed: bool

    def find(self, audience: Audience, path: str) -> Shelved | None:
        """A file of an audience's folder, or None."""
        name = f"{audience.value}/{path or 'index.html'}"
        sha256 = self.files.get(name)
        return None if sha256 is None else Shelved(self.folder / name, sha256, name.split("/")[1] in IMMUTABLE)


def made_in(directory: Path) -> Made | None:
    """The board that lies in a folder of boards; None when there is none, or it is not as it was written."""
    try:
        value = json.loads((directory / CURRENT).read_text(encoding="utf-8"))
        folder, files = directory / str(value["folder"]), dict(value["files"])
        if any(hashlib.sha256((folder / name).read_bytes()).hexdigest() != files[name] for name in files):
            return None
        return Made(str(value["key"]), folder, files, int(value["size"]), bool(value["witnessed"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class BoardShelf:
    """The board of one server, as it was last made."""

    def __init__(
        self,
        directory: Path,
        reader: Reader,
        sequencer: Sequencer,
        cosigned: CosignedTree,
        service_key: SigningKey,
        clock: Clock,
    ) -> None:
        self._directory = directory / FOLDER
        self._reader = reader
        self._sequencer = sequencer
        self._cosigned = cosigned
        self._service_key = service_key
        self._clock = clock
        self._printer = Printer()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._made = made_in(self._directory)
        self._thread = threading.Thread(target=self._run, name="board", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; a board that is being made is finished first."""
        self._stop.set()
        self._thread.join()

    def find(self, audience: Audience, path: str) -> Shelved | None:
        """A file of an audience's folder; None while nothing is published, and for every other path."""
        made = self._made
        return None if made is None else made.find(audience, path)

    def people(self) -> tuple[str, ...]:
        """The folders of single persons, as paths below that audience."""
        made = self._made
        start, end = f"{Audience.PERSON.value}/", "/index.html"
        names = [name for name in (made.files if made else ()) if name.startswith(start) and name.endswith(end)]
        return tuple(sorted(name[len(start) : -len(end)] for name in names))

    def refresh(self) -> None:
        """Make the board if what is published has changed since it was last made."""
        with self._lock:
            log, made = self._sequencer.view.log, self._made
            key = self._key(log)
            if not key:
                return
            # Made once more when scrutineers have cosigned its log, so that it carries their word; not again and again
            # while other contests go on.
            again = made is not None and not made.witnessed and self._cosigned.latest[0] >= made.size
            if made is None or made.key != key or again:
                self._made = self._make(log, key, witnessed=again)
                self._tidy()

    def _run(self) -> None:
        pause = LOOK_SECONDS
        while not self._stop.wait(pause):
            try:
                self.refresh()
                pause = LOOK_SECONDS
                continue
            except (PlenumError, OSError) as error:
                _log.warning("the board was not made: %s", type(error).__name__)
            except Exception as error:  # noqa: BLE001 - a dead thread would leave the board old for ever
                _log.error("unexpected: %s", type(error).__name__)
            # What failed may fail again: the whole record is not made every second in vain.
            pause = min(2 * pause, LONGEST_PAUSE)

    def _key(self, log: State) -> str:
        """What a board depends on, as text; empty while nothing is published."""
        results = published(log)
        if not results:
            return ""
        parts = [f"{held.id}:{held.scope}" for held in results]
        parts.append(f"sealed:{log.sealed}:{log.destroyed}")
        parts.append(f"day:{self._day() if changes_later(log) else ''}")
        return " ".join(parts)

    def _day(self) -> str:
        return datetime.fromtimestamp(self._clock.unix(), UTC).astimezone(BEIJING).date().isoformat()

    def _make(self, log: State, key: str, *, witnessed: bool) -> Made:
        notes, record = record_at(self._reader, log.size, self._service_key)
        source = Source(
            state=log,
            entries=tuple(map(decode_entry, self._reader.entries(0, log.size))),
            checkpoints=notes,
            record=record,
            day=datetime.fromisoformat(self._day()).date(),
        )
        files = board(source, printer=self._printer)
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        name = hashlib.sha256(json.dumps([key, hashes], sort_keys=True).encode()).hexdigest()[:16]
        folder = self._directory / name
        if folder.exists():
            shutil.rmtree(folder)
        write_folder(folder, files)
        made = Made(key, folder, hashes, log.size, witnessed)
        self._remember(made)
        return made

    def _remember(self, made: Made) -> None:
        value = {**asdict(made), "folder": made.folder.name}
        temporary = self._directory / f".{CURRENT}.part"
        temporary.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        temporary.replace(self._directory / CURRENT)

    def _tidy(self) -> None:
        """Remove the boards before this one and its predecessor, which somebody may be reading still."""
        folders = sorted(
            (path for path in self._directory.iterdir() if path.is_dir()), key=lambda path: -path.stat().st_mtime_ns
        )
        for path in folders[2:]:
            shutil.rmtree(path, ignore_errors=True)
