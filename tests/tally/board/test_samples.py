from fractions import Fraction

import pytest

from tally.audit.plan import Sample, plan_of
from tally.board.samples import sample_told
from tally.report.sample import sample_document
from tests.kiosk.scan.papers import COUNTED, contest, outcome_of_many, state
from tests.tally.report.test_sample_check import DRAW


@pytest.mark.parametrize(("for_it", "zh"), [(40, "已在风险限度内确认"), (2, "还不足以确认")])
def test_a_page_says_the_conclusion_and_what_draws_the_same_papers(for_it: int, zh: str) -> None:
    plan = plan_of(contest("waived").contest, COUNTED, outcome_of_many(), Fraction(1, 20))
    told = sample_told(sample_document(state(), "waived", plan, Sample(40, ((for_it, 0),)), DRAW))
    assert zh in told.conclusion.zh
    assert told.figures.zh == f"抽查 40 张，风险限度 5%，种子 {DRAW.seed}，各捆 2500、2500、1000 张"
    assert DRAW.seed in told.figures.en
