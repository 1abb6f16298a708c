"""Writing a folder that appears whole or not at all."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from voting_core.errors import InputError


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a new folder. They lie beside it under another name until all are there.

    Raises:
        InputError: the folder is there and not empty, or the disk is full or refuses; nothing is left behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(str(folder), "is there already, and is not empty", "Name a new folder, or empty this one")
    temporary = folder.with_name(f".{folder.name}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if temporary.exists():
            shutil.rmtree(temporary)
        for name, content in files.items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            folder.rmdir()
        temporary.rename(folder)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise InputError(
            str(folder), f"cannot be written ({error.strerror})", "Free space, or choose another folder"
        ) from error
