"""Every parameter of evaluations changes what comes out, by itself; one without such a test fails here.

What comes out is the outcome in the log, the fit of a contest, or what an audience is shown.
"""

from datetime import date

import pytest

from ballots.contest import Cell, Kind
from tally.decide.attendance import Attendance
from tally.decide.engine import check_fit, decide
from tally.entries.counting import CountedCell
from tally.publication.publish import publish
from tally.rules.evaluation import EvaluationRules, Scope
from tally.rules.loader import packaged, rule_set_from_json
from tally.rules.ruleset import RuleSet
from tests.tally.decide.contests import a_contest
from tests.tally.decide.parameters import DECIDES_NOTHING, Probe, leaves, threshold
from voting_core.errors import VerificationError

TRUST = "trust_default"
GRADES = ("信任", "基本信任", "不信任", "弃权")
DAY = date(2026, 12, 8)
COUNTS = ((60, 20, 10, 10), (50, 30, 10, 10), (40, 30, 20, 10))
MEETING = Attendance(150, 120, 110, 102, 2, drawn=(("a", 10), ("b", 30), ("c", 80)))


def given(base, changes):
    return rule_set_from_json({**packaged(base), **changes})


def outcome(counts=COUNTS, attendance=MEETING):
    def run(base, changes):
        contest = a_contest(Kind.EVALUATION, " ".join(f"甲{n}" for n in range(len(counts))))
        return decide(contest, attendance, counts, given(base, changes)).to_log_json()

    return run


def fit(contest):
    def run(base, changes):
        try:
            check_fit(contest, given(base, changes))
        except VerificationError as error:
            return error.code
        return ""

    return run


def by_category(*cells):
    def run(base, changes):
        classes = tuple(name for name, _ in cells)
        merging = tuple(
            Cell(name, (name,), following) for name, following in zip(classes, (*classes[1:], ""), strict=True)
        )
        contest = a_contest(Kind.EVALUATION, "甲", classes=classes, cells=merging, minimum=8)
        counted = tuple(CountedCell(name, sum(own), (own,)) for name, own in cells)
        totals = (tuple(map(sum, zip(*(own for _, own in cells), strict=True))),)
        ballots = sum(totals[0])
        attendance = Attendance(150, 120, 110, ballots, drawn=tuple((name, sum(own)) for name, own in cells))
        return decide(contest, attendance, totals, given(base, changes), cells=counted).to_log_json()

    return run


def shown(audience=Scope.PUBLIC):
    def run(base, changes):
        rules = given(base, changes)
        contest = a_contest(Kind.EVALUATION, "甲0 甲1 甲2")
        return publish(
            decide(contest, MEETING, COUNTS, rules), rules.family, (), audience, published=DAY, today=date(2026, 12, 10)
        )

    return run


def change(key, first, second, decides=None):
    return Probe({key: first}, {key: second}, decides or outcome())


def flag(**changes):
    return {"flags": [{"id": "one", "marks": ["不信任"], "op": "gt", "frac": [1, 10], **changes}]}


def bands(*, indicator="rate_trust", name="高", op="ge", frac=(1, 2)):
    listed = [{"name": name, "op": op, "frac": list(frac)}, {"name": "其余", "otherwise": True}]
    return {"bands": {"indicator": indicator, "list": listed}}


def selection(**changes):
    return {"selection": {"indicator": "rate_trust", "quota": [1, 3], **changes}}


def turnout(**changes):
    # 102 came back: of 110 issued more than 9/10, of 120 present less.
    return selection(turnout={"base": "issued", "op": "ge", "frac": [9, 10], **changes})


def least(op="ge", a=3, b=5):
    return selection(least={"op": op, "frac": [a, b]})


def scope(item="index", scopes=("public",), delay=0):
    return {"scopes": [{"item": item, "scopes": list(scopes), "delay_days": delay}]}


def weights(*values):
    return [{"mark": mark, "weight": value} for mark, value in zip(GRADES, values, strict=False)]


def indicator(id="rate", marks=("信任",)):
    return {"indicators": [{"id": id, "marks": list(marks)}]}


def categories(*shares, names=("a", "c")):
    return {"categories": [{"id": name, "weight": share} for name, share in zip(names, shares, strict=True)]}


def scale(id="trust4", marks=GRADES):
    return {"scale": {"id": id, "marks": list(marks)}}


THIRD = Attendance(300, 150, 150, 100)
SHORT = Attendance(300, 151, 150, 100)
TWO = (("a", (9, 1, 0, 0)), ("c", (40, 30, 20, 10)))
SILENT = (("a", (0, 0, 0, 10)), ("c", (40, 30, 20, 10)))

PROBES = {
    "quorum.base": Probe({"quorum": threshold()}, {"quorum": threshold("present")}, outcome(attendance=THIRD)),
    "quorum.ratio.op": Probe({"quorum": threshold()}, {"quorum": threshold(op="ge")}, outcome(attendance=THIRD)),
    "quorum.ratio.numerator": Probe(
        {"quorum": threshold(a=1, b=3)}, {"quorum": threshold(a=2, b=3)}, outcome(attendance=SHORT)
    ),
    "quorum.ratio.denominator": Probe(
        {"quorum": threshold(a=1, b=2)}, {"quorum": threshold(a=1, b=1000)}, outcome(attendance=THIRD)
    ),
    "blank_mark_means": change("blank_mark_means", "弃权", "信任", fit(a_contest(Kind.EVALUATION, "甲"))),
    # The name of a scale decides nothing by itself: plans are compared with it (docs/input-files.md).
    "scale": Probe(scale(), scale("own"), lambda base, changes: given(base, changes).family.scale),
    "marks": Probe(
        scale(),
        {**scale(marks=(*GRADES, "不了解")), "excluded_from_index": ["弃权", "不了解"]},
        fit(a_contest(Kind.EVALUATION, "甲")),
    ),
    "denominator": change("denominator", "valid", "issued"),
    "not_answered": Probe(
        {"denominator": "answered", "not_answered": ["弃权"]},
        {"denominator": "answered", "not_answered": []},
        outcome(),
    ),
    "weights": change("weights", weights(100, 60, 0), weights(100, 50, 0)),
    "excluded_from_index": Probe(
        {"weights": weights(100, 60, 0), "excluded_from_index": ["弃权"]},
        {"weights": weights(100, 60, 0, 0), "excluded_from_index": []},
        outcome(),
    ),
    "indicators.id": Probe(indicator(), indicator("other"), outcome()),
    "indicators.marks": Probe(indicator(), indicator(marks=("信任", "基本信任")), outcome()),
    "flags.id": Probe(flag(), flag(id="two"), outcome()),
    "flags.marks": Probe(flag(), flag(marks=["弃权"]), outcome()),
    "flags.ratio.op": Probe(flag(), flag(op="ge"), outcome()),
    "flags.ratio.numerator": Probe(flag(), flag(frac=[2, 10]), outcome()),
    "flags.ratio.denominator": Probe(flag(), flag(frac=[1, 11]), outcome()),
    "categories.id": Probe(
        categories(40, 60),
        categories(40, 60, names=("b", "c")),
        fit(a_contest(Kind.EVALUATION, "甲", classes=("a", "c"))),
    ),
    "categories.weight": Probe(categories(40, 60), categories(30, 70), by_category(*TWO)),
    "empty_category": Probe(
        {**categories(40, 60), "empty_category": "renormalise"},
        {**categories(40, 60), "empty_category": "zero"},
        by_category(*SILENT),
    ),
    "bands.indicator": Probe(bands(), bands(indicator="rate_distrust"), outcome()),
    "bands.bands.name": Probe(bands(), bands(name="甲等"), outcome()),
    "bands.bands.ratio.op": Probe(bands(), bands(op="gt"), outcome()),
    "bands.bands.ratio.numerator": Probe(bands(frac=(1, 4)), bands(frac=(3, 4)), outcome()),
    "bands.bands.ratio.denominator": Probe(bands(frac=(1, 2)), bands(frac=(1, 4)), outcome()),
    "selection.indicator": Probe(selection(), selection(indicator="rate_distrust"), outcome()),
    "selection.quota": Probe(selection(), selection(quota=[2, 3]), outcome()),
    "selection.turnout.base": Probe(turnout(), turnout(base="present"), outcome()),
    "selection.turnout.ratio.op": Probe(turnout(op="ge", frac=[51, 55]), turnout(op="gt", frac=[51, 55]), outcome()),
    "selection.turnout.ratio.numerator": Probe(turnout(), turnout(frac=[10, 10]), outcome()),
    "selection.turnout.ratio.denominator": Probe(turnout(), turnout(frac=[9, 9]), outcome()),
    "selection.least.op": Probe(least(), least("gt"), outcome()),
    "selection.least.numerator": Probe(least(), least(a=4), outcome()),
    "selection.least.denominator": Probe(least(), least(b=4), outcome()),
    "scopes.item": Probe(scope(), scope("flags"), shown()),
    "scopes.scopes": Probe(scope(), scope(scopes=("committee",)), shown()),
    "scopes.delay_days": Probe(scope(delay=2), scope(delay=3), shown()),
    "smallest_cell": change("smallest_cell", 100, 101),
    "returned_must_be": change(
        "returned_must_be", "le_issued", "le_present", outcome(attendance=Attendance(150, 99, 110, 102, 2))
    ),
}


def test_every_parameter_has_a_probe():
    assert set(PROBES) == {*leaves(RuleSet, DECIDES_NOTHING), *leaves(EvaluationRules)}


@pytest.mark.parametrize("parameter", PROBES)
def test_a_parameter_changes_what_comes_out(parameter):
    probe = PROBES[parameter]

    assert probe.decide(TRUST, probe.first) != probe.decide(TRUST, probe.second)
