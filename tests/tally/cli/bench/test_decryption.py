from tally.cli.bench.decryption import decrypt


def test_a_share_is_made_and_verified() -> None:
    made, verified = decrypt()
    assert made.value > 1
    assert verified.value > 1
