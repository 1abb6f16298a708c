"""Counted contests with their outcomes, and where their documents would come from, for the tests of reports."""

from dataclasses import dataclass

from ballots.contest import Contest, Detail, Kind, Row, Title, WriteIns, WriteInWay
from tally.decide import Attendance, decide
from tally.entries.counting import CountedCell
from tally.entries.outcome import SeatsReduced
from tally.report.beside import RECORD_ALONE, Beside
from tally.report.build import contest_documents
from tally.report.code import report_code
from tally.report.facts import NO_SHEETS, ContestFacts, SessionFacts, facts_of
from tally.report.model import Document, DocumentKind, Facts, Notes, Provenance, Sheet, Statement, Table
from tally.rules.loader import load_rule_set
from tally.rules.ruleset import RuleSet
from tally.state.sheets import Sheets
from tests.tally.decide.contests import ELECTION, MOTION, TICKET, TRUST, a_contest

__all__ = ["ELECTION", "MOTION", "TICKET", "TRUST"]

SESSION = SessionFacts("中国共产党青岚县第十四届代表大会第三次会议", "青岚县大礼堂", "2026-12-08", False)
SIMULATED = SessionFacts(SESSION.title, SESSION.place, SESSION.day, True)
LONG_NAME = "买买提·吐尔逊江·阿布都热合曼"
RARE_NAME = "𬭎䶮堃犇"


@dataclass(frozen=True)
class Written:
    """A person written in."""

    name: str
    approve: int


def person(number: str, name: str, sex: str = "男", ethnicity: str = "汉族", unit: str = "城关镇") -> Row:
    """A row with the details of a table of candidates."""
    details = (Detail("性别", sex), Detail("民族", ethnicity), Detail("单位", unit))
    return Row(number, name, details)


def people(count: int) -> tuple[Row, ...]:
    """So many rows: the first two with names that are hard to print, the others 候选 and a number in Chinese."""
    digits = "零一二三四五六七八九"
    names = [LONG_NAME, RARE_NAME, *("候选" + digits[n // 10] + digits[n % 10] for n in range(2, count))]
    return tuple(person(f"{number:03d}", name) for number, name in enumerate(names[:count]))


def facts(
    kind: Kind,
    rows: tuple[Row, ...],
    attendance: Attendance,
    counts: tuple[tuple[int, ...], ...],
    rules: RuleSet | str = ELECTION,
    *,
    item_invalid: tuple[int, ...] = (),
    write_ins: tuple[tuple[str, int], ...] = (),
    counted: tuple[CountedCell, ...] = (),
    reduced: SeatsReduced | None = None,
    sheets: Sheets = NO_SHEETS,
    boxes: tuple[str, ...] = (),
    title: str = "选举县委委员",
    **fields: object,
) -> ContestFacts:
    """A counted contest, decided by its rule set."""
    if "write_ins_by" in fields:
        fields["write_ins"] = fields.pop("write_ins_by")
    rule_set = load_rule_set(rules) if isinstance(rules, str) else rules
    if write_ins:
        fields = {"write_ins": WriteIns(WriteInWay.PAPER), **fields}
    contest: Contest = a_contest(kind, "甲", **{"rows": rows, "title": Title("", title), "id": "committee", **fields})
    written = [Written(*line) for line in write_ins]
    outcome = decide(contest, attendance, counts, rule_set, item_invalid=item_invalid, write_ins=written, cells=counted)
    return facts_of(
        contest,
        attendance,
        counts,
        outcome,
        rule_set,
        item_invalid=item_invalid,
        write_ins=write_ins,
        cells=counted,
        reduced=reduced,
        sheets=sheets,
        boxes=boxes,
    )


def election(
    *approvals: int, rows: tuple[Row, ...] = (), present: int = 305, returned: int = 0, invalid: int = 0, **fields
) -> ContestFacts:
    """An election by these approvals of 312 who should attend; the others disapprove."""
    attendance = Attendance(312, present, present, returned or present, invalid)
    unreadable = fields.get("item_invalid", (0,) * len(approvals))
    counts = tuple(
        (approve, attendance.valid - approve - lost, 0) for approve, lost in zip(approvals, unreadable, strict=True)
    )
    return facts(Kind.ELECTION, rows or people(len(approvals)), attendance, counts, **fields)


def origin(contest: str = "committee") -> Provenance:
    """Where a document comes from."""
    session, digest, root = "ab" * 32, "cd" * 32, "ef" * 32
    return Provenance(
        session=session,
        fingerprint="G62H-JSH6-GK7H-BHN2-HTB5-FW3A-5ACN-WNBS",
        contest=contest,
        digest=digest,
        size=1234,
        root=root,
        closed=True,
        code=report_code(session, contest, digest, 1234, root),
    )


def made(
    contest: ContestFacts, kind: DocumentKind, session: SessionFacts = SESSION, beside: Beside = RECORD_ALONE
) -> Document:
    """One of the documents of a contest."""
    return next(one for one in contest_documents(contest, session, origin(), beside) if one.kind is kind)


def table(sheet: Sheet, caption: str = "") -> Table:
    """The table of a sheet with this caption."""
    return next(block for block in sheet.blocks if isinstance(block, Table) and block.caption == caption)


def said(sheet: Sheet) -> str:
    """All sentences and notes of a sheet."""
    lines = [block.text for block in sheet.blocks if isinstance(block, Statement)]
    return "\n".join(lines + [line for block in sheet.blocks if isinstance(block, Notes) for line in block.lines])


def fact(sheet: Sheet, label: str) -> object:
    """The value of a fact."""
    return dict(item for block in sheet.blocks if isinstance(block, Facts) for item in block.items)[label]
