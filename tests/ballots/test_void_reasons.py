"""The reasons for void ballots."""

from ballots.void_reasons import VoidReason


def test_the_closed_list() -> None:
    assert [reason.value for reason in VoidReason] == [
        "over_selected",
        "illegible",
        "blank",
        "marked",
        "write_in",
        "foreign",
    ]


def test_every_reason_has_words_of_its_own() -> None:
    assert len({reason.zh for reason in VoidReason}) == len({reason.en for reason in VoidReason}) == len(VoidReason)
