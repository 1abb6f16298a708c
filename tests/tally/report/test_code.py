import pytest

from tally.replay.expected import report_digest
from tally.report.code import check_code, report_code
from tally.report.facts import provenance
from tally.simulate.run import Simulated
from voting_core.errors import InputError


def test_the_code_is_capitals_in_a_fixed_order() -> None:
    assert report_code("ab" * 32, "work-report", "cd" * 32, 29, "ef" * 32) == (
        f"PLENUM-REPORT/1:{'AB' * 32}:WORK-REPORT:{'CD' * 32}:29:{'EF' * 32}"
    )
    assert report_code("ab" * 32, "", "", 0, "ef" * 32) == f"PLENUM-REPORT/1:{'AB' * 32}:-:-:0:{'EF' * 32}"


def test_what_was_printed_agrees_with_its_record(done: Simulated) -> None:
    assert check_code(provenance(done.state, "election").code, done.state) == "election"
    assert check_code(f" {provenance(done.state).code}\n", done.state) == ""


@pytest.mark.parametrize(
    ("part", "text", "words"),
    [
        (0, "PLENUM-REPORT/2", "not the code of a report"),
        (1, "00" * 32, "another session"),
        (1, "0" * 63, "not the code of a report"),
        (2, "OTHER", "no contest other"),
        (3, "00" * 32, "another report on election"),
        (3, "-", "another report on election"),
        (4, "28", "another root at 28"),
        (4, "028", "not the code of a report"),
        (5, "00" * 32, "another root"),
    ],
)
def test_another_code_is_refused_for_its_reason(done: Simulated, part: int, text: str, words: str) -> None:
    parts = provenance(done.state, "election").code.split(":")
    parts[part] = text
    with pytest.raises(InputError, match=words) as caught:
        check_code(":".join(parts), done.state)
    assert caught.value.place == "report code"


def test_small_letters_and_more_text_are_refused(done: Simulated) -> None:
    code = provenance(done.state, "election").code
    for text in (code.lower(), code + ":1", "x" + code):
        with pytest.raises(InputError, match="not the code"):
            check_code(text, done.state)


def test_a_document_of_the_session_has_no_digest(done: Simulated) -> None:
    parts = provenance(done.state).code.split(":")
    parts[3] = report_digest(done.state, "election").hex().upper()
    with pytest.raises(InputError, match="another report on the session"):
        check_code(":".join(parts), done.state)
