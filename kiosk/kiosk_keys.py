"""The keys of a kiosk: its own, which signs its reports, and the ballot-box key that all kiosks share.

The ballot-box key signs every ballot, so that no ballot names its kiosk. Both lie in files of mode 0600: a kiosk must
be able to start by itself. Who steals them can send ballots only with cards, and reports that do not add up.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.durable import create_durably, make_directory
from voting_core.codec import Fields, canonical, hex32, parse_canonical
from voting_core.errors import EncodingError, InputError
from voting_core.rng import Rng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

BOX_FILE: Final = "ballot-box.json"
"""The shared key's file, beside the kiosk's own."""

_KIOSK_FORMAT: Final = "plenum-kiosk-key-1"
_BOX_FORMAT: Final = "plenum-ballot-box-key-1"
_MAX_BYTES: Final = 1_000


@dataclass(frozen=True, slots=True)
class KioskKeys:
    """`own` signs registration and reports, `box` signs ballots."""

    own: SigningKey
    box: SigningKey


def load_or_create_kiosk_keys(path: Path, rng: Rng) -> KioskKeys:
    """Read a kiosk's keys, or make what is missing. The box key is made once, by whichever kiosk comes first.

    Raises:
        InputError: a file is not a key of that kind, or others may read it.
    """
    return KioskKeys(_key(path, _KIOSK_FORMAT, rng), _key(path.with_name(BOX_FILE), _BOX_FORMAT, rng))


def _key(path: Path, form: str, rng: Rng) -> SigningKey:
    make_directory(path.parent)
    if not path.exists():
        seed = SigningKey.generate(rng).seed().reveal()
        create_durably(path, canonical({"format": form, "seed": hex32(seed)}))
    if not path.is_file():
        raise InputError(str(path), "this is not a file", "Name the kiosk's key file with --keys")
    if path.stat().st_mode & 0o077:
        raise InputError(str(path), "other accounts of this machine may read it", f"Run: chmod 600 {path}")
    try:
        fields = Fields(parse_canonical(path.read_bytes(), "key", _MAX_BYTES), "key")
        fields.choice("format", (form,))
        key = SigningKey.from_seed(Secret(fields.hex("seed", 32)))
        fields.done()
    except EncodingError as error:
        raise InputError(str(path), f"this is not a file of the form {form}", "Copy it again, or remove it") from error
    return key
