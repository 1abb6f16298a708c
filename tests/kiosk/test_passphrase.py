from kiosk import passphrase
from tally.cli.passphrase import read_passphrase


def test_it_is_the_one_of_all_commands() -> None:
    assert passphrase.read_passphrase is read_passphrase
