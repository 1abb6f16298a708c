from tally.cli.finding import Finding


def test_a_finding_is_a_value() -> None:
    assert Finding("clock", False, "1970", "set it") == Finding("clock", False, "1970", "set it")
