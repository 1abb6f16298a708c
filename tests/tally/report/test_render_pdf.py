from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.contest import Capture, Kind, Stage
from ballots.paper.glyphs import UnprintableError
from ballots.paper.qr import qr_text_matrix
from tally.decide import Attendance
from tally.report.model import DocumentKind, SignatureLine, Table
from tally.report.render_pdf import document_pdf
from tests.support.pdf import code_in, page_texts, text_of
from tests.tally.report.evaluations import assessment, by_categories, trust
from tests.tally.report.samples import (
    LONG_NAME,
    RARE_NAME,
    SIMULATED,
    TICKET,
    election,
    facts,
    made,
    people,
    person,
)

BOARD = Attendance(33, 30, 30, 30)
SIZES = [1, 2, 12, 35, 100]


def big(count: int):
    """An election of that many people, all numbers different where they can be."""
    return election(*(300 - number if number % 2 == 0 else 3 for number in range(count)), seats=(count + 1) // 2)


@pytest.mark.parametrize("count", SIZES)
def test_every_name_and_number_is_printed(count: int) -> None:
    document = made(big(count), DocumentKind.COUNT)
    text = text_of(document_pdf(document))
    for block in document.sheets[0].blocks:
        if isinstance(block, Table):
            for row in block.rows:
                assert "".join(f"{cell}" for cell in row) in text
    for part in (document.heading, document.sheets[0].title, "总监票人（签名）：", document.provenance.root):
        assert part in text


def test_headings_are_repeated_and_pages_counted() -> None:
    pages = page_texts(document_pdf(made(big(100), DocumentKind.COUNT)))
    assert len(pages) >= 3
    for number, page in enumerate(pages, 1):
        tight = "".join(page.split())
        assert f"第{number}页共{len(pages)}页" in tight
        assert ("选举县委委员得票情况报告单（续）" in tight) == (number > 1)
        if any(f"候选{digit}" in tight for digit in "一二三四五六七八九"):
            assert "序号姓名赞成不赞成弃权备注" in tight


def test_what_is_signed_stands_above_the_lines_to_sign() -> None:
    """Whatever number of rows: no page has signatures without the conclusion."""
    for count in range(1, 40, 3):
        pages = ["".join(page.split()) for page in page_texts(document_pdf(made(big(count), DocumentKind.COUNT)))]
        (signed,) = [page for page in pages if "总监票人（签名）" in page]
        assert "当选" in signed.split("总监票人")[0]
        assert "依据：" in signed


@pytest.mark.parametrize("count", SIZES)
def test_every_elected_name_is_whole(count: int) -> None:
    document = made(big(count), DocumentKind.ELECTED)
    text = text_of(document_pdf(document))
    assert all(person.name in text for person in people(count)[::2])


NAME = st.text(alphabet="王买提·阿布都热合曼𬭎䶮—（）#$*_\\@<>[]{}\"'AZaz09%", min_size=1, max_size=60)


@settings(max_examples=25, deadline=None)
@given(names=st.lists(NAME, min_size=1, max_size=12, unique=True))
def test_no_name_breaks_a_page(names: list[str]) -> None:
    rows = tuple(person(f"{number}", name, "女", "苗族") for number, name in enumerate(names))
    contest = election(*(160,) * len(names), rows=rows, seats=len(names))
    for kind in (DocumentKind.COUNT, DocumentKind.ELECTED):
        text = text_of(document_pdf(made(contest, kind)))
        assert all(name in text for name in names)


@pytest.mark.parametrize("before", range(5))
def test_a_long_name_finds_its_place_in_any_column(before: int) -> None:
    """It takes more than one column, wherever in a line of four it comes."""
    names = [f"候选{digit}" for digit in "一二三四五"[:before]] + [LONG_NAME, "张三", LONG_NAME, LONG_NAME + "二世"]
    rows = tuple(person(f"{number}", name, "女", "维吾尔族") for number, name in enumerate(names))
    contest = election(*(160,) * len(names), rows=rows, seats=len(names))
    text = text_of(document_pdf(made(contest, DocumentKind.ELECTED)))
    places = [text.index(f"{name}（女，维吾尔族") for name in dict.fromkeys(names)]
    assert places == sorted(places)
    assert text.count(LONG_NAME) == 3


def test_two_characters_are_set_apart() -> None:
    pdf = document_pdf(made(election(160, rows=(person("1", "田富", "女"),)), DocumentKind.ELECTED))
    assert "田　富" in page_texts(pdf)[0]
    assert "田富（女）" in text_of(pdf)


def test_rare_characters_and_long_names_are_printed() -> None:
    text = text_of(document_pdf(made(election(160, 140), DocumentKind.COUNT)))
    assert LONG_NAME in text
    assert RARE_NAME in text


def test_a_name_that_cannot_be_printed_is_refused_by_name() -> None:
    contest = election(160, rows=(person("1", "张𠀀三"),))
    with pytest.raises(UnprintableError, match=r"committee-得票情况报告单.*张𠀀三") as caught:
        document_pdf(made(contest, DocumentKind.COUNT))
    assert "𠀀" in caught.value.problem


def test_a_hostile_name_is_text() -> None:
    name = '#eval("1+1") $x$ *b* \\ @ref <l> [c]'
    pdf = document_pdf(made(election(160, rows=(person("1", name),)), DocumentKind.COUNT))
    assert "".join(name.split()) in text_of(pdf)


def test_a_simulation_is_marked_on_every_page() -> None:
    for page in page_texts(document_pdf(made(big(60), DocumentKind.COUNT, SIMULATED))):
        assert "演练会议，不具效力" in page
    assert "演练" not in text_of(document_pdf(made(big(60), DocumentKind.COUNT)))


def test_each_person_has_a_page_of_its_own_with_its_own_count() -> None:
    contest = trust(*((200, 60, 30, 10),) * 4, rules="trust_mid_term")
    texts = page_texts(document_pdf(made(contest, DocumentKind.EVALUATION_PERSON)))
    pages = ["".join(text.split()) for text in texts]
    assert len(pages) == 4
    for page, one in zip(pages, people(4), strict=True):
        assert one.name in page
        assert "第1页共1页" in page
        assert "内部资料注意保密" in page
        assert not [other.name for other in people(4) if other != one and other.name in page]


def test_the_code_on_paper_is_the_code_of_the_document() -> None:
    document = made(election(160), DocumentKind.ELECTED)
    matrix = qr_text_matrix(document.provenance.code)
    assert tuple(map(tuple, code_in(document_pdf(document), 0, (163, 60, 189, 275), len(matrix)))) == matrix


def test_the_same_document_is_the_same_bytes_on_its_day() -> None:
    document = made(election(160), DocumentKind.COUNT)
    assert document_pdf(document) == document_pdf(document)
    assert b"2026-12-08T00:00:00" in document_pdf(document)


def test_long_titles_are_printed_whole() -> None:
    title = "关于中共青岚哈萨克族蒙古族自治县第十四届委员会工作报告的决议（草案）及若干重大事项的决定"
    document = replace(made(election(160, title=title), DocumentKind.COUNT), heading=title * 3)
    text = text_of(document_pdf(document))
    assert title * 3 in text
    assert title + "得票情况报告单" in text


@pytest.mark.parametrize(
    ("contest", "kind"),
    [
        (election(200, 180, 180, seats=2), DocumentKind.COUNT),
        (election(100), DocumentKind.ELECTED),
        (election(120, 100, stage=Stage.RUNOFF), DocumentKind.COUNT),
        (election(160, 100, capture=Capture.HAND, item_invalid=(1, 2), write_ins=(("张三", 9),)), DocumentKind.COUNT),
        (facts(Kind.TICKET_VOTE, people(3), BOARD, ((17, 13, 0),) * 3, TICKET), DocumentKind.TICKET),
        (trust((3, 1, 1, 0), rules="trust_mid_term"), DocumentKind.EVALUATION_PERSON),
        (trust((300, 0, 0, 0)), DocumentKind.EVALUATION_ROWS),
        (by_categories(3, 22, 250, rows=2, smallest_cell=5), DocumentKind.EVALUATION_COMMITTEE),
        (assessment(90, 80, 80, 70, 60, 50, 40, 30, 20, 10), DocumentKind.SELECTION),
    ],
)
def test_every_kind_is_typeset(contest, kind: DocumentKind) -> None:
    document = made(contest, kind)
    text = text_of(document_pdf(document))
    assert document.sheets[0].title in text
    assert all(f"{line.role}（签名）：" in text for line in document.sheets[0].signatures)


def test_many_lines_to_sign_stay_on_the_page() -> None:
    document = made(election(160), DocumentKind.COUNT)
    sheet = replace(document.sheets[0], signatures=(SignatureLine("报到工作人员负责人"), SignatureLine("监票人", 3)))
    assert "报到工作人员负责人（签名）：" in text_of(document_pdf(replace(document, sheets=(sheet,))))
