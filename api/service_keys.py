"""The two secret keys of a server: the log key signs checkpoints, the service key signs promises and records.

They are server secrets, kept as raw seeds in a JSON file of mode 0600. Who has them can sign promises and checkpoints
in the server's name, which is why scrutineers cosign checkpoints (SPEC §8.6); they open no ballot and cast none.
"""

from dataclasses import dataclass
from pathlib import Path

from api.private_file import read_private, write_private
from voting_core.codec import Fields, canonical, hex32, parse_canonical
from voting_core.errors import EncodingError, InputError
from voting_core.rng import Rng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

_FORMAT = "plenum-service-keys-1"
_MAX_BYTES = 1_000


@dataclass(frozen=True, slots=True)
class ServiceKeys:
    """`log` signs checkpoints (SPEC §8.6), `service` signs promises (SPEC §8.8) and record manifests (SPEC §10.2)."""

    log: SigningKey
    service: SigningKey


def load_or_create_keys(path: Path, rng: Rng) -> ServiceKeys:
    """Read the server's keys, or make them when there is no file yet.

    Raises:
        InputError: the file is not a key file, or others may read it.
    """
    if not path.exists():
        keys = ServiceKeys(SigningKey.generate(rng), SigningKey.generate(rng))
        write_private(
            path,
            canonical(
                {
                    "format": _FORMAT,
                    "log_seed": hex32(keys.log.seed().reveal()),
                    "service_seed": hex32(keys.service.seed().reveal()),
                }
            ),
        )
    return load_keys(path)


def load_keys(path: Path) -> ServiceKeys:
    """Read the server's keys.

    Raises:
        InputError: there is no file, it is not a key file, or others may read it.
    """
    try:
        fields = Fields(parse_canonical(read_private(path), "service keys", _MAX_BYTES), "service keys")
        fields.choice("format", (_FORMAT,))
        log = SigningKey.from_seed(Secret(fields.hex("log_seed", 32)))
        service = SigningKey.from_seed(Secret(fields.hex("service_seed", 32)))
        fields.done()
    except EncodingError as error:
        # The message of the foreign error is left out: it could quote the file.
        raise InputError(
            str(path), "this is not a file of service keys", "Restore it from the backup of this session"
        ) from error
    return ServiceKeys(log, service)
