"""Counted evaluations for the tests of reports: by all alike, by three categories, and with a selection."""

from ballots.contest import Kind
from tally.decide import Attendance
from tally.decide.evaluation import RowEvaluation
from tally.decide.rates import Rate
from tally.entries.counting import CountedCell
from tally.report.beside import RECORD_ALONE, Beside
from tally.report.facts import ContestFacts
from tally.report.told import Told, told_to
from tally.roll.earlier import EarlierTrust
from tally.rules.evaluation import Scope
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Base
from tests.tally.decide.contests import changed_rules
from tests.tally.decide.evaluations import CELLS
from tests.tally.report.samples import SESSION, TRUST, facts, people

FLAG = {"id": "distrust", "marks": ["不信任"], "op": "gt", "frac": [1, 3]}
RATES = ("rate_trust", "rate_trust_or_basic", "rate_distrust")
ITEMS = (*RATES, "index", "flags")
THREE = ((200, 60, 30, 10), (100, 100, 90, 10), (300, 0, 0, 0))


def scopes(*to: str, items: tuple[str, ...] = ITEMS, delay: int = 0) -> list[dict[str, object]]:
    """These audiences are told these items."""
    return [{"item": item, "scopes": list(to), "delay_days": delay} for item in items]


def trust(*counts: tuple[int, ...], rules: RuleSet | str = TRUST, returned: int = 0, **fields: object) -> ContestFacts:
    """An evaluation of trust by all alike."""
    returned = returned or sum(counts[0])
    attendance = Attendance(312, 305, 305, returned)
    return facts(Kind.EVALUATION, people(len(counts)), attendance, counts, rules, title="信任度测评", **fields)


def by_categories(
    *sizes: int, rows: int = 1, told: tuple[str, ...] = ("committee",), **changes: object
) -> ContestFacts:
    """An evaluation by categories A, B, C with so many ballots; all but two of each trust everybody."""
    tables = tuple(((size - 2, 1, 1, 0),) * rows for size in sizes)
    cells = tuple(CountedCell(name, size, table) for name, size, table in zip("abc", sizes, tables, strict=True))
    total = sum(sizes)
    counts = tuple(tuple(sum(cell.counts[row][mark] for cell in cells) for mark in range(4)) for row in range(rows))
    drawn = tuple(zip("abc", sizes, strict=True))
    rules = changed_rules("trust_categories", scopes=scopes(*told), **changes)
    return facts(
        Kind.EVALUATION,
        people(rows),
        Attendance(total, total, total, total, drawn=drawn),
        counts,
        rules,
        counted=cells,
        title="信任度测评",
        classes=("a", "b", "c"),
        cells=CELLS,
        minimum=8,
    )


def assessment(*excellent: int, told: tuple[str, ...] = (), returned: int = 100, **changes: object) -> ContestFacts:
    """An assessment with a quota: so many of a hundred ballots say 优秀."""
    rules = changed_rules("excellence_quota", scopes=scopes(*told, items=("rate_excellent",)), **changes)
    counts = tuple((number, returned - number, 0, 0) for number in excellent)
    attendance = Attendance(130, 120, 110, returned)
    return facts(Kind.ASSESSMENT, people(len(excellent)), attendance, counts, rules, title="代表年度考核", blank="")


def earlier(number: str, name: str, trusted: int, *, of: int = 250, contest: str = "committee") -> EarlierTrust:
    """What an earlier session left of somebody."""
    rates = tuple(Rate(one, (), Base.VALID, trusted if one != "rate_distrust" else 0, of) for one in RATES)
    return EarlierTrust(name, contest, "qinglan-13-2", RowEvaluation(number, rates, 100 * trusted, of, ()))


def told(contest: ContestFacts, audience: str = "", subject: str = "", beside: Beside = RECORD_ALONE) -> Told:
    """What an audience is told on the day of the session; without one, those who declare the result."""
    return told_to(contest, SESSION, Scope(audience) if audience else None, beside, subject)
