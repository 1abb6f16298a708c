"""The server's secret files in a backup: under a passphrase, or not at all.

Whoever has them can sign promises and checkpoints in the server's name and open second factors, so they never lie in a
backup as they are. The passphrase goes through the same key file as those of trustees.
"""

from pathlib import Path
from typing import Final

from api.private_file import read_private, write_private
from voting_core.codec import Fields, JsonObject, b64encode, canonical, parse_canonical
from voting_core.errors import EncodingError, InputError, SealedError
from voting_core.keyfile import MAX_PAYLOAD_BYTES, decrypt_keyfile, encrypt_keyfile
from voting_core.rng import Rng
from voting_core.secret import Secret

_FORMAT: Final = "plenum-server-files-1"
_MAX_FILES: Final = 16


def seal_files(paths: tuple[Path, ...], passphrase: Secret[str], rng: Rng) -> bytes:
    """Put those of the files that exist under a passphrase.

    Raises:
        InputError: others may read one of them, or the passphrase is too short.
    """
    rows: list[JsonObject] = [
        {"data": b64encode(read_private(path)), "name": path.name} for path in sorted(paths) if path.exists()
    ]
    return encrypt_keyfile(canonical({"files": rows, "format": _FORMAT}), passphrase, rng)


def open_files(box: bytes, passphrase: Secret[str], expected: tuple[Path, ...]) -> dict[str, Secret[bytes]]:
    """Open the sealed files; only names among those of `expected` are taken.

    Raises:
        InputError: the passphrase is wrong, or the box holds something else.
    """
    allowed = {path.name for path in expected}
    try:
        payload = decrypt_keyfile(box, passphrase)
        fields = Fields(parse_canonical(payload.reveal(), "server files", MAX_PAYLOAD_BYTES), "server files")
        fields.choice("format", (_FORMAT,))
        found: dict[str, Secret[bytes]] = {}
        for row in fields.rows("files", max=_MAX_FILES):
            name, data = row.text("name"), row.b64("data", None)
            row.done()
            if name not in allowed or name in found:
                raise EncodingError("server files", "hold a file that no server has")
            found[name] = Secret(data)
        fields.done()
    except SealedError as error:
        raise InputError("passphrase", "it does not open the keys of this backup", "Type it again") from error
    except EncodingError as error:
        # The message of the foreign error is left out: it could quote the payload.
        raise InputError("backup", "its keys are not those of a server", "Take another copy of it") from error
    return found


def write_files(folder: Path, files: dict[str, Secret[bytes]]) -> None:
    """Write the files, each for the server's account alone.

    Raises:
        InputError: the disk is full or fails.
    """
    for name in sorted(files):
        write_private(folder / name, files[name].reveal())
