"""Cases about people: who is in the base, what events do to a status, who succeeds, and the order of names."""

from __future__ import annotations

from tally.decide.case_answer import Answer, texts_of
from tally.decide.case_file import Case, number
from tally.decide.case_motions import passing_threshold
from tally.decide.outcome import Results
from tally.decide.steps import Step, needed_step, step
from tally.roll.base import should_attend, status_after
from tally.roll.succession import PLENUM, succeed
from tally.rules.common import NameOrder
from tally.rules.threshold import Base
from tally.strokes.order import name_key, plain_name, surname_length
from tally.strokes.table import Strokes, known_characters
from voting_core.codec import Fields
from voting_core.errors import InputError


def roll_base(case: Case) -> Answer:
    """The base on voting day, and the numbers that follow from it."""
    rules, fields = case.rules(), case.input()
    changes = {key: number(fields, key) for key in _keys(case) if key != "elected_and_confirmed"}
    base = should_attend(number(fields, "elected_and_confirmed"), changes)
    fields.done()
    result: Results = {"should_attend": base}
    if rules.quorum is not None and rules.quorum.base is Base.SHOULD_ATTEND:
        result["quorum_needed"] = rules.quorum.ratio.needed(base)
    threshold = passing_threshold(rules)
    if threshold.base is not Base.SHOULD_ATTEND:
        raise InputError("rule_set", f"{rules.id} counts {threshold.base.en}", "The roll gives those who should attend")
    needed = threshold.ratio.needed(base)
    result["votes_needed"] = needed
    out = "，".join(f"{key} {count}" for key, count in changes.items())
    zh = f"应到会有选举权人数 {base}：由已确认的代表数减去终止、停止、权利受限者，请假者仍在基数内（{out}）"
    en = f"{base} should attend: those confirmed without the terminated, stopped and suspended; leave stays in ({out})"
    steps = [Step("roll", zh, en)]
    if "quorum_needed" in result:
        quorum_zh = f"到会人数不得少于 {result['quorum_needed']} 人"
        steps.append(step(rules, "quorum", quorum_zh, f"{result['quorum_needed']} must be present"))
    point = "elect" if rules.article("elect") else "pass"
    return result, (*steps, needed_step(rules, point, threshold, base, needed))


def roll_status(case: Case) -> Answer:
    """The status after an event."""
    rows: list[Results] = []
    steps = []
    for row in case.rows():
        word = row.text("event")
        event, status = status_after(word)
        filed = (f"，报 {event.filed_with} 备案", f", filed with {event.filed_with}") if event.filed_with else ("", "")
        zh = f"{word}：状态 {status.value}，由 {event.decided_by} 决定{filed[0]}"
        steps.append(Step("roll", zh, f"{word}: {status.value}, decided by {event.decided_by}{filed[1]}"))
        rows.append(
            {
                "new_status": status.value,
                "decided_by": event.decided_by,
                "filed_with": event.filed_with or None,
            }
        )
    return {"rows": rows}, tuple(steps)


def succession(case: Case) -> Answer:
    """Who moves up when a member seat falls vacant."""
    fields = case.input()
    result = succeed(texts_of(fields, "alternates_by_votes"), number(fields, "vacancies"))
    fields.done()
    answer: Results = {
        "promoted": list(result.promoted),
        "remaining": list(result.remaining),
        "needs_decision_of": PLENUM,
    }
    if result.unfilled:
        answer["unfilled"] = result.unfilled
    names_zh, names_en = "、".join(result.promoted) or "无人", ", ".join(result.promoted) or "nobody"
    zh = f"按得票多少依次递补：{names_zh}；由全委会决定"
    steps = [Step("succession", zh, f"alternates move up in order of votes: {names_en}; the plenum decides")]
    if result.unfilled:
        left_en = f"{result.unfilled} vacancies stay: no alternate is left"
        steps.append(Step("succession", f"候补委员不足，尚缺 {result.unfilled} 名", left_en))
    return answer, tuple(steps)


def name_order(case: Case) -> Answer:
    """The order of names in both modes."""
    people = [_person(case, row) for row in Fields(dict(case.fields), case.id).rows("people")]
    by_surname = _ordered(people, NameOrder.SURNAME_STROKES)
    by_name = _ordered(people, NameOrder.FULL_NAME_STROKES)
    steps = (
        Step("name_order", f"姓氏笔画为序：{'、'.join(by_surname)}", f"by surname strokes: {', '.join(by_surname)}"),
        Step("name_order", f"姓名笔画为序：{'、'.join(by_name)}", f"by full-name strokes: {', '.join(by_name)}"),
    )
    return {"surname_stroke_mode": by_surname, "full_name_stroke_mode": by_name}, steps


def _ordered(people: list[tuple[str, dict[int, Strokes]]], mode: NameOrder) -> list[str]:
    return [name for name, given in sorted(people, key=lambda person: name_key(person[0], mode, person[1]))]


def _person(case: Case, row: Fields) -> tuple[str, dict[int, Strokes]]:
    name = row.text("name")
    given = dict(case.names.get(name, {}))
    if row.has("given_first_strokes"):
        count = row.integer("given_first_strokes", 1, 100)
        place = surname_length(plain_name(name))
        own = known_characters().get(plain_name(name)[place : place + 1])
        given[place] = own if own is not None and own.count == count else Strokes(count, "")
    row.done()
    return name, given


def _keys(case: Case) -> tuple[str, ...]:
    value = case.fields.get("input")
    return tuple(key for key in value if key not in ("note", "comment")) if isinstance(value, dict) else ()
