"""Where a passphrase comes from: a file of the operator, or the keyboard. Never the command line or the environment."""

import getpass
from pathlib import Path

from voting_core.errors import InputError
from voting_core.secret import Secret


def read_passphrase(path: Path | None) -> Secret[str]:
    """The first line of the file, or what is typed.

    Raises:
        InputError: the file cannot be read or is empty.
    """
    if path is None:
        return Secret(getpass.getpass("Passphrase of the key file 密钥文件口令: "))
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            str(path), "the passphrase cannot be read from there", "Give a text file with one line"
        ) from error
    if not lines or not lines[0]:
        raise InputError(str(path), "its first line is empty", "Write the passphrase there")
    return Secret(lines[0])
