import dataclasses
from datetime import date

import pypdfium2
import pytest

from ballots.contest import Contest, Row, Title
from ballots.paper.glyphs import UnprintableError
from ballots.paper.record_sheet import ROWS_ON_A5, SheetTexts, check_printable, record_sheet
from ballots.paper.typeset import TypesettingError
from ballots.qr.paper import PaperRecord, sign_paper
from tests.support.builders import SESSION, small_contest
from tests.support.pdf import page_texts, text_of
from tests.support.seeded_rng import SeededRng
from voting_core.signing_key import SigningKey

TEXTS = SheetTexts(title="中国共产党青岚县第十四届代表大会第三次会议", day=date(2026, 12, 8))
BOX = SigningKey.generate(SeededRng("box"))
SERIAL = bytes(range(16))
MM_A_POINT = 25.4 / 72


def named(contest: Contest, *names: str) -> Contest:
    rows = tuple(Row(row.id, names[number % len(names)]) for number, row in enumerate(contest.rows))
    return dataclasses.replace(contest, rows=rows)


def contest_of(rows: int) -> Contest:
    contest = small_contest(rows, at_most={"approve": rows}, blank="abstain")
    return named(contest, "李红香", "欧阳志远", "阿依古丽·买买提")


def record_of(contest: Contest, marks: tuple[int, ...], serial: bytes = SERIAL) -> PaperRecord:
    return sign_paper(SESSION, contest.hash, len(contest.marks), marks, serial, BOX)


def printed(contest: Contest, marks: tuple[int, ...], texts: SheetTexts = TEXTS, serial: bytes = SERIAL) -> bytes:
    return record_sheet(contest, record_of(contest, marks, serial), texts).reveal()


def test_the_choices_are_in_words_grouped_by_mark() -> None:
    text = text_of(printed(contest_of(4), (0, 1, 0, 2)))
    for said in (TEXTS.title, "选举县委委员", "选票（纸质）", "赞成21李红香3阿依古丽·买买提", "不赞成12欧阳志远"):
        assert said in text
    assert "弃权（含未表态的）14李红香" in text
    assert "演练" not in text


def test_a_mark_that_no_row_has_is_said() -> None:
    assert "赞成0无" in text_of(printed(contest_of(2), (1, 1)))


def test_a_rehearsal_is_told() -> None:
    simulated = dataclasses.replace(TEXTS, simulated=True)
    assert "选票（纸质，演练）" in text_of(printed(contest_of(2), (0, 1), simulated))


@pytest.mark.parametrize(("rows", "width"), [(1, 148), (ROWS_ON_A5, 148), (ROWS_ON_A5 + 1, 210), (200, 210)])
def test_one_page_of_a5_or_a4(rows: int, width: int) -> None:
    pdf = printed(contest_of(rows), tuple(number % 3 for number in range(rows)))
    document = pypdfium2.PdfDocument(pdf)
    assert [round(document[number].get_width() * MM_A_POINT) for number in range(len(document))] == [width]
    document.close()
    assert f"{rows}" in page_texts(pdf)[0]


def test_the_same_choices_and_serial_are_the_same_bytes_and_another_serial_changes_the_code_alone() -> None:
    contest = contest_of(3)
    assert printed(contest, (0, 1, 2)) == printed(contest, (0, 1, 2))
    other = printed(contest, (0, 1, 2), serial=bytes(16))
    assert other != printed(contest, (0, 1, 2))
    assert text_of(other) == text_of(printed(contest, (0, 1, 2)))


def test_the_file_says_nothing_but_the_title_and_the_day_of_the_session() -> None:
    document = pypdfium2.PdfDocument(printed(contest_of(2), (0, 1)))
    facts = document.get_metadata_dict(skip_empty=True)
    document.close()
    assert facts.pop("Creator").startswith("Typst")
    assert facts == {"Title": "选举县委委员", "CreationDate": "D:20261208000000Z", "ModDate": "D:20261208000000Z"}


def test_a_name_that_cannot_be_printed_is_known_before_anyone_votes() -> None:
    contest = named(contest_of(2), "李红香", "𠮷田")
    with pytest.raises(UnprintableError, match="row 0002"):
        check_printable(contest, TEXTS)
    with pytest.raises(UnprintableError, match="row 0002"):
        record_sheet(contest, record_of(contest, (0, 1)), TEXTS)
    with pytest.raises(UnprintableError, match="title"):
        check_printable(dataclasses.replace(contest, title=Title("", "𠮷")), TEXTS)
    with pytest.raises(UnprintableError, match="title of the session"):
        check_printable(contest_of(1), dataclasses.replace(TEXTS, title="𠮷"))


def test_what_does_not_fit_is_not_printed_and_the_error_tells_no_choice() -> None:
    contest = named(contest_of(31), "买买提·吐尔逊江·" * 45)
    with pytest.raises(TypesettingError, match="withheld"):
        record_sheet(contest, record_of(contest, (0,) * 31), TEXTS)


def test_a_record_of_another_contest_is_a_mistake_of_the_program() -> None:
    contest, other = contest_of(2), contest_of(3)
    with pytest.raises(ValueError, match="not of the contest"):
        record_sheet(other, record_of(contest, (0, 1)), TEXTS)
    with pytest.raises(ValueError, match="not of the contest"):
        record_sheet(contest, dataclasses.replace(record_of(contest, (0, 1)), marks_per_row=4), TEXTS)
