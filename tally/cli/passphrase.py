"""Where a passphrase comes from: a file of the operator, or the keyboard. Never the command line or the environment."""

import getpass
import warnings
from pathlib import Path
from typing import Final

from voting_core.errors import InputError
from voting_core.secret import Secret

_PROMPT: Final = "Passphrase of the key file 密钥文件口令: "
_AGAIN: Final = "Once more 再输一遍: "


def read_passphrase(path: Path | None) -> Secret[str]:
    """The first line of the file, or what is typed.

    Raises:
        InputError: the file cannot be read or is empty, or there is no terminal to type at without showing it.
    """
    if path is None:
        return _typed(_PROMPT)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            str(path), "the passphrase cannot be read from there", "Give a text file with one line"
        ) from error
    if not lines or not lines[0]:
        raise InputError(str(path), "its first line is empty", "Write the passphrase there")
    return Secret(lines[0])


def choose_passphrase(path: Path | None) -> Secret[str]:
    """A passphrase for a new file: when it is typed, it is typed twice.

    Raises:
        InputError: as :func:`read_passphrase`; or the two are not alike.
    """
    first = read_passphrase(path)
    if path is None and _typed(_AGAIN).reveal() != first.reveal():
        raise InputError("passphrase", "the two are not alike", "Type the same one twice")
    return first


def _typed(prompt: str) -> Secret[str]:
    with warnings.catch_warnings():
        # Where it cannot hide what is typed, getpass warns and goes on.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return Secret(getpass.getpass(prompt))
        except (getpass.GetPassWarning, EOFError) as error:
            raise InputError(
                "passphrase", "there is no terminal to type it at", "Give a file with --passphrase-file"
            ) from error
