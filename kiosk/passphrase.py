"""The passphrase of a station's key file comes from where all passphrases come from."""

from tally.cli.passphrase import read_passphrase

__all__ = ["read_passphrase"]
