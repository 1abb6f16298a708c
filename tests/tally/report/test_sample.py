"""The report of a sample: whoever has seed and bundles draws the same papers, and what is open is said."""

from fractions import Fraction

import pytest

from tally.audit.draw import draw, places
from tally.audit.plan import Plan, Sample, no_sample, plan_of
from tally.report.model import Facts, Notes, Statement, Table
from tally.report.render_pdf import document_pdf
from tally.report.sample import CONFIRMED, NOT_CONFIRMED, SIGNATURES, Drawn, sample_document
from tests.kiosk.scan.papers import COUNTED, contest, outcome_of_many, state
from tests.support.pdf import text_of

SEED = "31415926535897932384"
BUNDLES = (2_500, 2_500, 1_000)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(contest("waived").contest, COUNTED, outcome_of_many(), Fraction(1, 20))


def read(plan: Plan, marks: tuple[int, ...], times: int) -> Sample:
    return no_sample(plan).plus(plan, marks, approve=0, times=times)


def test_a_report_says_what_was_drawn_and_what_follows(plan: Plan) -> None:
    sample = read(plan, (0,), 40)
    made = sample_document(state(), "waived", plan, sample, Drawn(SEED, BUNDLES))
    (sheet,) = made.sheets
    _, facts, table, verdict, notes = sheet.blocks
    assert isinstance(facts, Facts)
    assert dict(facts.items) == {
        "纸票张数": 6_000,
        "各捆张数": "2500、2500、1000",
        "种子（当众掷骰子）": SEED,
        "风险限度": "5%",
        "计划抽查": plan.size,
        "实际抽查": 40,
    }
    assert isinstance(table, Table)
    assert [row[2:] for row in table.rows] == [(40, 0, "确认")]
    assert verdict == Statement(CONFIRMED, strong=True)
    assert sheet.signatures == SIGNATURES
    # Anybody draws the same papers again.
    assert isinstance(notes, Notes)
    first = places(draw(SEED, 6_000, 40), BUNDLES)[0]
    assert f"：{first.bundle}-{first.number}" in notes.lines[0]
    assert made.provenance.root == contest("waived").closing.root.hex()  # type: ignore[union-attr]
    assert CONFIRMED in text_of(document_pdf(made)).replace("\n", "")


def test_a_sample_that_confirms_nothing_yet_says_so(plan: Plan) -> None:
    sample = read(plan, (1,), 3)
    (sheet,) = sample_document(state(), "waived", plan, sample, Drawn(SEED, BUNDLES)).sheets
    assert sheet.blocks[3] == Statement(NOT_CONFIRMED, strong=True)
    table = sheet.blocks[2]
    assert isinstance(table, Table)
    assert [row[2:] for row in table.rows] == [(0, 3, "未确认")]
