"""`[earlier]` of `session.toml`: the session that this one continues, and the tables that it left."""

import re
from collections.abc import Iterable
from typing import Final

from tally.decide.evaluation import RowEvaluation
from tally.decide.rates import Rate
from tally.plan.fields import TomlFields
from tally.plan.people import CONTEST_LIMIT, NAME, NUMBER
from tally.plan.problems import Problems, shown
from tally.plan.source import PlanFiles
from tally.plan.table import Table, TableLimit, TableRow
from tally.roll.earlier import Earlier, EarlierTrust, FailedNominee, Nominee
from tally.roll.person import ETHNICITY, SEX
from tally.roll.succession import Alternate
from tally.rules.evaluation import RATING
from tally.rules.threshold import Base
from voting_core.params import MAX_BALLOTS, MAX_ROWS

ORDER: Final = "顺序"
VOTES: Final = "得票"
SESSION: Final = "会议"
POST: Final = "职务"
TIMES: Final = "未通过次数"
CONTEST: Final = "表决事项"
BASE: Final = "基数"
OF: Final = "分母"
WEIGHTED: Final = "加权和"
WEIGHING: Final = "加权票数"
SUCCESSION_COLUMNS: Final = (ORDER, NUMBER, NAME, VOTES, SESSION)
FAILED_COLUMNS: Final = (NAME, SEX, ETHNICITY, POST, TIMES, SESSION)
TRUST_COLUMNS: Final = (NUMBER, NAME, CONTEST, SESSION, OF, BASE, WEIGHTED, WEIGHING)
"""After them comes a column for each rate, with the number of its ballots. 分母 says of which number, 基数 how many."""

RATE_COLUMNS: Final = {"rate_trust": "信任", "rate_trust_or_basic": "信任和基本信任", "rate_distrust": "不信任"}
SESSIONS_BETWEEN: Final = "；"
"""What separates the sessions in which a nominee failed."""

_RATES: Final = {column: rate for rate, column in RATE_COLUMNS.items()}
_HEX: Final = re.compile("[0-9a-f]{64}")
_FINGERPRINT: Final = re.compile("[0-9A-Z]{4}(-[0-9A-Z]{4}){7}")
_MANY: Final = TableLimit(20_000, "More nominees than a term has")
_WEIGHT_LIMIT: Final = 1000 * MAX_BALLOTS


def read_earlier(fields: TomlFields, files: PlanFiles, problems: Problems) -> Earlier:
    """Read the earlier session and its tables. Each table may be left out."""
    succession = fields.optional_text("succession")
    failed = fields.optional_text("failed_nominees")
    trust = fields.optional_text("trust")
    earlier = Earlier(
        id=fields.text("id"),
        title=fields.text("title"),
        date=fields.day("date"),
        session=fields.text("session", form=_HEX, hint="the session id, 64 hexadecimal digits"),
        fingerprint=fields.text("fingerprint", form=_FINGERPRINT, hint="the fingerprint, eight groups"),
        record=fields.text("record", form=_HEX, hint="the root of the sealed log, 64 hexadecimal digits"),
        vacancies=fields.integer("vacancies", 0, MAX_ROWS, default=0) if succession else 0,
        alternates=_alternates(_rows(files, fields.place("succession"), succession, SUCCESSION_COLUMNS), problems),
        failed=_failed(_rows(files, fields.place("failed_nominees"), failed, (NAME, POST, TIMES, SESSION)), problems),
        trust=_trust(_rows(files, fields.place("trust"), trust, TRUST_COLUMNS), problems),
    )
    fields.done()
    return earlier


def read_trust(name: str, data: bytes) -> tuple[EarlierTrust, ...]:
    """Read the table of earlier evaluations alone, where no plan is at hand.

    Raises:
        InputErrors: with every problem of the table.
    """
    problems = Problems()
    found = _trust(_rows(PlanFiles({name: data}, problems), name, name, TRUST_COLUMNS), problems)
    problems.refuse()
    return found


_Rows = tuple[tuple[Table, TableRow], ...]


def _rows(files: PlanFiles, place: str, name: str, required: tuple[str, ...]) -> _Rows:
    limit = CONTEST_LIMIT if required is SUCCESSION_COLUMNS else _MANY
    table = files.table(place, name, required, limit) if name else None
    return tuple((table, row) for row in table.rows) if table else ()


def _alternates(rows: _Rows, problems: Problems) -> tuple[Alternate, ...]:
    found: list[Alternate] = []
    seen: dict[str, str] = {}
    for expected, (table, row) in enumerate(rows, 1):
        number, name = _text(table, row, NUMBER, problems), _text(table, row, NAME, problems)
        if _number(table, row, ORDER, 1, MAX_ROWS, problems) != expected:
            remedy = "Keep the order of votes; a line that was removed is put back"
            problems.add(table.place(row, ORDER), f"{shown(row.get(ORDER))} is not the next number, {expected}", remedy)
        if number in seen:
            problem = f"{shown(number)} stands in {seen[number]} already"
            problems.add(table.place(row, NUMBER), problem, "Remove one of the two lines")
        line = f"{table.name}, line {row.line}"
        seen.setdefault(number, line)
        votes = _number(table, row, VOTES, 0, MAX_BALLOTS, problems)
        found.append(Alternate(number, name, votes, row.get(SESSION), line))
    return tuple(found)


def _failed(rows: _Rows, problems: Problems) -> tuple[FailedNominee, ...]:
    found: list[FailedNominee] = []
    for table, row in rows:
        name, post = _text(table, row, NAME, problems), _text(table, row, POST, problems)
        nominee = Nominee(name, post, row.get(SEX), row.get(ETHNICITY))
        same = next((one for one in found if one.nominee == nominee), None)
        if same is not None:
            problem = f"{name} for {shown(post)} stands in {same.place} already"
            problems.add(table.place(row, NAME), problem, "Keep one line with the number of all failures")
        times = _number(table, row, TIMES, 1, 1000, problems)
        sessions = tuple(part.strip() for part in row.get(SESSION).split(SESSIONS_BETWEEN) if part.strip())
        found.append(FailedNominee(nominee, times, sessions, f"{table.name}, line {row.line}"))
    return tuple(found)


def _trust(rows: _Rows, problems: Problems) -> tuple[EarlierTrust, ...]:
    found: list[EarlierTrust] = []
    for table, row in rows:
        base = _number(table, row, BASE, 0, MAX_BALLOTS, problems)
        columns = [column for column in table.columns if column not in TRUST_COLUMNS]
        of = _base(table, row, problems)
        rates = tuple(_rate(table, row, column, of, base, problems) for column in columns)
        weighted = _number(table, row, WEIGHTED, 0, _WEIGHT_LIMIT, problems)
        weighing = _number(table, row, WEIGHING, 0, MAX_BALLOTS, problems)
        number, name = _text(table, row, NUMBER, problems), _text(table, row, NAME, problems)
        evaluation = RowEvaluation(number, rates, weighted, weighing, ())
        found.append(EarlierTrust(name, row.get(CONTEST), row.get(SESSION), evaluation))
    _refuse_twice(rows, found, problems)
    return tuple(found)


def _refuse_twice(rows: _Rows, found: Iterable[EarlierTrust], problems: Problems) -> None:
    seen: set[tuple[str, str]] = set()
    for (table, row), one in zip(rows, found, strict=True):
        key = (one.contest, one.evaluation.row)
        if key in seen:
            problem = f"{shown(one.evaluation.row)} is there twice for {shown(one.contest)}"
            problems.add(table.place(row, NUMBER), problem, "Remove one of the two lines")
        seen.add(key)


def _base(table: Table, row: TableRow, problems: Problems) -> Base:
    found = next((base for base in RATING if base.zh == row.get(OF)), None)
    if found is None:
        words = ", ".join(base.zh for base in RATING)
        problems.add(table.place(row, OF), f"{shown(row.get(OF))} is no denominator", f"Write one of {words}")
    return found or Base.VALID


def _rate(table: Table, row: TableRow, column: str, of: Base, base: int, problems: Problems) -> Rate:
    return Rate(_RATES.get(column, column), (), of, _number(table, row, column, 0, base, problems), base)


def _text(table: Table, row: TableRow, column: str, problems: Problems) -> str:
    text = row.get(column)
    if not text:
        problems.add(table.place(row, column), "is empty", "Take the line as the earlier session wrote it")
    return text


def _number(table: Table, row: TableRow, column: str, lo: int, hi: int, problems: Problems) -> int:
    text = row.get(column)
    if text.isascii() and text.isdigit() and len(text) < 12 and lo <= int(text) <= hi:
        return int(text)
    problems.add(table.place(row, column), f"{shown(text)} is no number from {lo} to {hi}", "Write it in digits")
    return lo
