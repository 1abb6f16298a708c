"""What the full server hands to a reader, as one line on its standard input: no secret among it.

The line is all that a reader is told; it reads no settings of its own, so one that is started again after somebody has
edited the settings file is still a reader of this server.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from api.public_service import PublicKeys
from api.settings import Settings


@dataclass(frozen=True, slots=True)
class Handed:
    """The session, the public keys, the number of the listening socket, and the files of TLS if it speaks that."""

    settings: Settings
    keys: PublicKeys
    listener: int
    tls: tuple[Path, Path] | None

    def line(self) -> bytes:
        """The line."""
        authority = self.settings.authority
        return (
            json.dumps(
                {
                    "directory": str(self.settings.directory.absolute()),
                    "database_url": self.settings.database_url,
                    "simulated": self.settings.simulated,
                    "log_json": self.settings.log_json,
                    "address": self.settings.address,
                    "authority": None if authority is None else authority.decode("ascii"),
                    "log_key": self.keys.log.hex(),
                    "service_key": self.keys.service.hex(),
                    "listener": self.listener,
                    "tls": None if self.tls is None else [str(path.absolute()) for path in self.tls],
                }
            ).encode("ascii")
            + b"\n"
        )

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Read a line of the same program."""
        told = json.loads(line)
        authority, tls = told["authority"], told["tls"]
        settings = Settings(
            directory=Path(told["directory"]),
            database_url=told["database_url"],
            simulated=told["simulated"],
            log_json=told["log_json"],
            address=told["address"],
            authority=None if authority is None else authority.encode("ascii"),
        )
        keys = PublicKeys(bytes.fromhex(told["log_key"]), bytes.fromhex(told["service_key"]))
        files = None if tls is None else (Path(tls[0]), Path(tls[1]))
        return cls(settings, keys, told["listener"], files)
