import pytest

from tally.plan.problems import InputErrors, Problems
from tally.plan.text import clean_text, decode_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_that_spreadsheets_write(encoding: str) -> None:
    problems = Problems()
    assert decode_text("t.csv", "编号,姓名\n1,欧阳志远".encode(encoding), problems) == "编号,姓名\n1,欧阳志远"
    problems.refuse()


@pytest.mark.parametrize(
    ("data", "place", "word"),
    [
        ("编号".encode("utf-16"), "t.csv", "UTF-16"),
        ("编号".encode("utf-16-be"), "t.csv", "zero bytes"),
        (b"\xfe\xff\x7f\x16", "t.csv", "UTF-16"),
        (b"a,b\n1,2\x00", "t.csv", "zero bytes"),
        (b"\xef\xbb\xbfa\n\xb1\xe0", "t.csv, line 2", "is not UTF-8"),
        (b"a\nb\n\xff\xff", "t.csv, line 3", "neither UTF-8 nor GB18030"),
    ],
)
def test_other_encodings_are_refused(data: bytes, place: str, word: str) -> None:
    problems = Problems()
    # UTF-16 of Chinese text without a mark has no zero bytes at first sight; the second case has an ASCII newline.
    if word == "zero bytes":
        data += "\n".encode("utf-16-be")
    assert decode_text("t.csv", data, problems) is None
    with pytest.raises(InputErrors) as caught:
        problems.refuse()
    assert caught.value.place == place
    assert word in caught.value.problem
    assert "CSV UTF-8" in caught.value.remedy


def test_text_is_trimmed_and_normalised() -> None:
    problems = Problems()
    assert clean_text("p", "\u3000 e\u0301 \t", problems) == "\u00e9"
    problems.refuse()


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("张\n三", "line break"),
        ("张\x00三", "control character"),
        ("张\u2028三", "line break"),
        ("张\u200b三", "cannot be seen"),
        ("张\u202e三", "cannot be seen"),
        ("张\ue863", "cannot show"),
        ("张\ufffd", "cannot show"),
        ("张" * 401, "401 characters"),
    ],
)
def test_text_that_cannot_be_printed_is_refused(value: str, word: str) -> None:
    problems = Problems()
    clean_text("roll.csv, line 7", value, problems)
    with pytest.raises(InputErrors) as caught:
        problems.refuse()
    assert caught.value.place == "roll.csv, line 7"
    assert word in caught.value.problem


def test_a_header_in_a_third_encoding_is_one_problem_and_tabs_are_no_encoding() -> None:
    problems = Problems()
    assert decode_text("t.csv", "編號,姓名,狀態\n1,趙一,正常\n".encode("big5"), problems) is None
    assert problems.count == 1
    with pytest.raises(InputErrors, match="neither UTF-8 nor GB18030"):
        problems.refuse()
    assert decode_text("t.csv", "编号\t姓名\n".encode("gb18030"), Problems()) == "编号\t姓名\n"
