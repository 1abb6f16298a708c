"""What a destruction is going to erase, noted beside the database before the first row goes.

A run that was interrupted would find tables and files gone that it erased itself, and would certify that there was
nothing. The note has numbers and names of files alone, and goes when the certificate is written.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from api.private_file import read_private, sync_folder, write_private
from voting_core.codec import Fields, JsonValue, canonical, parse_canonical
from voting_core.errors import EncodingError, InputError

FILE: Final = "destroying.json"
_FORMAT: Final = "plenum-destroying-1"
_MAX_BYTES: Final = 10_000
"""A line for each table and file; there are some twenty."""
_MAX_LINES: Final = 100
_MAX_ROWS: Final = 1 << 40

Erased = tuple[dict[str, int], tuple[str, ...]]
"""Rows by table, and files by name."""


def note_before(directory: Path, rows: Mapping[str, int], files: tuple[str, ...]) -> Erased:
    """Note what is there now; gives it together with what an interrupted run noted before.

    Raises:
        InputError: the note of an earlier run is damaged, or it cannot be written.
    """
    path = directory / FILE
    known_rows, known_files = _read(path) if path.exists() else ({}, ())
    all_rows = {name: max(rows.get(name, 0), known_rows.get(name, 0)) for name in sorted({*rows, *known_rows})}
    all_files = tuple(sorted({*files, *known_files}))
    lines: list[JsonValue] = [{"name": name, "rows": number} for name, number in all_rows.items()]
    draft = path.with_name(f".{FILE}.part")
    draft.unlink(missing_ok=True)
    write_private(draft, canonical({"files": list(all_files), "format": _FORMAT, "tables": lines}))
    draft.replace(path)
    sync_folder(directory)
    return all_rows, all_files


def forget(directory: Path) -> None:
    """Take the note away: the certificate says the same."""
    (directory / FILE).unlink(missing_ok=True)


def _read(path: Path) -> Erased:
    try:
        fields = Fields(parse_canonical(read_private(path), "note", _MAX_BYTES), "note")
        fields.choice("format", (_FORMAT,))
        rows = {}
        for line in fields.rows("tables", max=_MAX_LINES):
            rows[line.text("name")] = line.integer("rows", 0, _MAX_ROWS)
            line.done()
        files = tuple(str(name) for name in fields.array("files", max=_MAX_LINES))
        fields.done()
    except EncodingError as error:
        raise InputError(
            str(path), "is not the note of a destruction that was begun", "Move it away, and begin again"
        ) from error
    return rows, files
