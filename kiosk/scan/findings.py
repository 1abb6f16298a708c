"""What the station says at the end: the totals, and what they mean, as text and as JSON.

* A contest of kiosks: all papers are compared with the decrypted totals (`paper.compared`), or a sample confirms the
  outcome at the risk limit.
* A contest counted by hand: the totals are the count sheet of a box (`count.entered`), and the rule set decides.
"""

from dataclasses import dataclass
from typing import Final

from ballots.contest import Contest
from ballots.screen.ballot import button_of
from ballots.screen.words import Said
from ballots.void_reasons import VoidReason
from tally.audit.comparison import compare
from tally.audit.papers import Totals
from tally.audit.plan import Plan, Sample
from tally.decide import Attendance, decide
from tally.entries.reading import counts_json
from tally.entries.sheets import CountEntered, VoidBallots
from tally.replay.sheet_numbers import check_sheet_numbers
from tally.state import ContestState, State
from voting_core.codec import JsonObject, JsonValue
from voting_core.errors import InputError

NOT_COUNTED_YET: Final = Said(
    "计票结果还没有解密，暂不能比对；解密后用新的记录再运行一次",
    "The count is not decrypted yet; run this again with a later record",
)
AGREES: Final = Said("纸质票与计票结果完全相符", "Paper and count agree")
DIFFERS: Final = Said(
    "纸质票与计票结果不符：不要签名，封存全部纸票，报总监票人和主席团",
    "Paper and count differ: do not sign; seal all papers and tell the chief scrutineer and the presidium",
)
CONFIRMED: Final = Said("抽查已在风险限度内确认结果", "The sample confirms the outcome at the risk limit")
NOT_CONFIRMED: Final = Said(
    "抽查还不足以确认结果：继续抽取并扫描，或改为全部清点",
    "The sample does not confirm the outcome yet: draw and scan more, or count all papers",
)
SHEET: Final = Said(
    "计票单可以录入，两名监票人核对后签名", "The count sheet can be entered; two scrutineers compare and sign it"
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `ok` is False where somebody must act; `lines` are for people, `json` for programs."""

    said: Said
    ok: bool
    lines: tuple[Said, ...]
    json: JsonObject


def totals_lines(contest: Contest, totals: Totals) -> tuple[Said, ...]:
    """The totals as a table of text."""
    words = [button_of(contest, mark).said for mark in contest.marks]
    head = Said(f"已计纸票 {totals.papers} 张", f"{totals.papers} paper(s) counted")
    rows = []
    for number, (row, counts) in enumerate(zip(contest.rows, totals.counts, strict=True), 1):
        zh = "  ".join(f"{word.zh} {count}" for word, count in zip(words, counts, strict=True))
        en = "  ".join(f"{word.en} {count}" for word, count in zip(words, counts, strict=True))
        rows.append(Said(f"{number} {row.name}  {zh}", f"{number} {row.name}  {en}"))
    return (head, *rows)


def _base(contest: Contest, totals: Totals) -> dict[str, JsonValue]:
    return {"contest": contest.id, "papers": totals.papers, "counts": counts_json(totals.counts)}


def all_papers(contest: Contest, totals: Totals, counted: Totals | None) -> Report:
    """Compare all papers with the count."""
    lines = totals_lines(contest, totals)
    if counted is None:
        return Report(NOT_COUNTED_YET, True, lines, _json(contest, totals, "counting"))
    found = compare(contest, totals, counted)
    said = [
        Said(
            f"纸票 {found.papers} 张，计票 {found.ballots} 张",
            f"{found.papers} paper(s), {found.ballots} ballot(s) counted",
        )
    ]
    for one in found.differences:
        word = button_of(contest, one.mark).said
        said.append(
            Said(
                f"{one.name}（{one.row}）{word.zh}：纸票 {one.paper}，计票 {one.counted}",
                f"{one.name} ({one.row}) {word.en}: paper {one.paper}, count {one.counted}",
            )
        )
    json = {**_json(contest, totals, "compared"), "ballots": found.ballots, "paper.compared": found.body.to_json()}
    return Report(AGREES if found.agrees else DIFFERS, found.agrees, (*lines, *said), json)


def sampled(contest: Contest, totals: Totals, plan: Plan, sample: Sample) -> Report:
    """Say whether the sample confirms the outcome."""
    left = sample.open_assertions(plan)
    percent = str(plan.limit * 100)
    lines = [
        Said(
            f"共 {plan.papers} 张，风险限度 {percent}%，计划抽 {plan.size} 张，已抽 {sample.drawn} 张",
            f"{plan.papers} paper(s), risk limit {percent} %, {plan.size} planned, {sample.drawn} drawn",
        ),
        Said(
            f"需要确认的判断 {len(plan.assertions)} 条，还差 {len(left)} 条",
            f"{len(plan.assertions)} assertions, {len(left)} not confirmed yet",
        ),
    ]
    for assertion in left:
        name = contest.rows[assertion.row].name
        if assertion.over >= 0:
            other = contest.rows[assertion.over].name
            lines.append(Said(f"{name} 得票多于 {other}", f"{name} has more votes than {other}"))
        elif assertion.reached:
            lines.append(Said(f"{name} 达到所需票数", f"{name} reaches the votes needed"))
        else:
            lines.append(Said(f"{name} 未达到所需票数", f"{name} does not reach the votes needed"))
    json = {
        **_json(contest, totals, "sampled"),
        "assertions": len(plan.assertions),
        "confirmed": not left,
        "drawn": sample.drawn,
        "planned": plan.size,
        "risk_limit": f"{plan.limit.numerator}/{plan.limit.denominator}",
    }
    return Report(NOT_CONFIRMED if left else CONFIRMED, not left, tuple(lines), json)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxFacts:
    """What the counting group adds to the totals: which box and sheet, what was found void, what it replaces."""

    box: str
    sheet: str
    void: tuple[VoidBallots, ...] = ()
    replaces: str = ""


def count_sheet(state: State, contest: ContestState, totals: Totals, facts: BoxFacts) -> CountEntered:
    """The sheet of a box from its papers: what two scrutineers sign as `count.entered`.

    Raises:
        InputError: the contest has no such box.
        VerificationError: V11.D, numbers that cannot all be true.
    """
    declared = contest.attendance.boxes if contest.attendance else ()
    issued = next((box.issued for box in declared if box.box == facts.box), None)
    if issued is None or not contest.is_by_hand:
        known = ", ".join(box.box for box in declared) or "none"
        raise InputError("--box", f"{contest.id} has no box {facts.box}", f"Use a box of its attendance: {known}")
    invalid = sum(void.count for void in facts.void)
    body = CountEntered(
        contest=contest.id,
        box=facts.box,
        sheet=facts.sheet,
        replaces=facts.replaces,
        issued=issued,
        returned=totals.papers + invalid,
        invalid=invalid,
        void_reasons=facts.void,
        item_invalid=(0,) * len(contest.contest.rows),
        counts=totals.counts,
        write_ins=(),
    )
    check_sheet_numbers(state, contest, body)
    return body


def ballots_of_record(state: State, contest: ContestState, totals: Totals, facts: BoxFacts) -> Report:
    """The count sheet, with what the rule set would decide if this box were the only one.

    Raises:
        InputError: the contest has no such box.
        VerificationError: V11.D, numbers that cannot all be true.
    """
    body = count_sheet(state, contest, totals, facts)
    lines = [
        *totals_lines(contest.contest, totals),
        Said(
            f"票箱 {body.box}，计票单 {body.sheet}：发出 {body.issued}，收回 {body.returned}，无效 {body.invalid}",
            f"box {body.box}, sheet {body.sheet}: issued {body.issued}, returned {body.returned}, void {body.invalid}",
        ),
    ]
    json = {**_json(contest.contest, totals, "sheet"), "count.entered": body.to_json()}
    if contest.attendance is not None and len(contest.attendance.boxes) == 1:
        attendance = Attendance(
            should_attend=contest.attendance.should_attend,
            present=contest.attendance.present,
            issued=body.issued,
            returned=body.returned,
            invalid=body.invalid,
        )
        rules = state.rules[contest.contest.rules.id].rules
        json["outcome"] = decide(contest.contest, attendance, body.counts, rules).to_log_json()
    return Report(SHEET, True, tuple(lines), json)


def read_void(texts: list[str]) -> tuple[VoidBallots, ...]:
    """Read `reason=number` as typed for papers that the counting group found void.

    Raises:
        InputError: no such reason, or no number.
    """
    found = []
    for text in texts:
        reason, _, number = text.partition("=")
        if reason not in tuple(VoidReason) or not number.isascii() or not number.isdecimal() or int(number) < 1:
            known = ", ".join(f"{item.value} ({item.zh})" for item in VoidReason)
            raise InputError(
                "--void", f"{text} is not a reason and a number", f"Write illegible=2; reasons are {known}"
            )
        found.append(VoidBallots(VoidReason(reason), int(number)))
    return tuple(found)


def _json(contest: Contest, totals: Totals, kind: str) -> dict[str, JsonValue]:
    return {"kind": kind, **_base(contest, totals)}
