"""Reading contests strictly (SPEC §4.1)."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from ballots.contest import At, Capture, Cell, Kind, Limit, Row, RulesRef, Stage, Title, make_contest, parse_contest
from tests.support.builders import TRUST, small_contest
from tests.support.contest_strategies import contests
from voting_core.codec import canonical, parse_canonical
from voting_core.errors import VerificationError
from voting_core.framing import digest
from voting_core.params import MAX_ENTRY_BYTES, Tag

Json = dict[str, Any]
Change = Callable[[Json], None]


def valid() -> Json:
    """A valid contest that uses every field, as plain lists and dictionaries."""
    return {
        "blank": "abstain",
        "body": "committee_member",
        "capture": "kiosk",
        "cells": [
            {"classes": ["member"], "id": "members", "merge_into": "others"},
            {"classes": ["guest", "head"], "id": "others", "merge_into": ""},
        ],
        "classes": ["head", "member", "guest"],
        "id": "committee",
        "kind": "election",
        "limits": [
            {"at": "most", "count": 1, "mark": "approve"},
            {"at": "least", "count": 0, "mark": "approve"},
        ],
        "marks": ["approve", "disapprove", "abstain"],
        "minimum": 5,
        "purpose": "",
        "rows": [
            {
                "details": [{"label": "单位", "text": "柳河镇"}, {"label": "职务", "text": ""}],
                "id": "0078",
                "name": "李红香",
            },
            {"details": [], "id": "0156", "name": "𠮷光"},
        ],
        "rules": {"hash": "ab" * 32, "id": "election_local_2020"},
        "seats": 1,
        "slot": 31,
        "stage": "formal",
        "title": {"en": "", "zh": "选举县委委员"},
        "waiver": False,
        "follows": "",
        "order": ["0156", "0078"],
        "write_ins": {"decision": "青委〔2026〕9号", "way": "waived"},
    }


def at(path: str, value: object) -> Change:
    """A change that puts a value at a path such as "rows.0.id"."""

    def change(contest: Json) -> None:
        *steps, last = path.split(".")
        target: Any = contest
        for step in steps:
            target = target[int(step) if step.isdigit() else step]
        target[int(last) if last.isdigit() else last] = value

    return change


def without(path: str) -> Change:
    """A change that removes the field at a path."""

    def change(contest: Json) -> None:
        *steps, last = path.split(".")
        target: Any = contest
        for step in steps:
            target = target[int(step) if step.isdigit() else step]
        del target[last]

    return change


def evaluation(**fields: object) -> Change:
    """A change to an evaluation, where the smallest cell is 8."""

    def change(contest: Json) -> None:
        own = {"kind": "evaluation", "stage": "", "seats": 0, "minimum": 8}
        contest.update(own | {"write_ins": {"decision": "", "way": "none"}} | fields)

    return change


def row(number: int) -> Json:
    return {"details": [], "id": f"r{number}", "name": "王"}


def limit(number: int) -> Json:
    return {"at": "most", "count": 0, "mark": f"m{number}"}


def many_rows(count: int) -> Change:
    """A change to so many rows, in an order of their own."""

    def change(contest: Json) -> None:
        contest["rows"] = [row(number) for number in range(count)]
        contest["order"] = [f"r{number}" for number in reversed(range(count))]

    return change


ACCEPTED = {
    "as it is": at("slot", 31),
    "questionnaire": evaluation(kind="questionnaire", minimum=5),
    "ticket vote": evaluation(kind="ticket_vote", purpose="appointment", seats=2),
    "ticket vote without purpose": evaluation(kind="ticket_vote"),
    "evaluation": evaluation(),
    "evaluation with a waiver": evaluation(minimum=1, waiver=True),
    "by hand": at("capture", "hand"),
    "every row must be marked": at("blank", ""),
    "limit at none": at("limits.0.count", 0),
    "limit at all rows": at("limits.1.count", 2),
    "no limit": at("limits", []),
    "most rows": many_rows(200),
    "first slot": at("slot", 0),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_contest_of_the_format_is_read_whole(name: str) -> None:
    value = valid()
    ACCEPTED[name](value)
    contest = parse_contest(value)
    assert canonical(contest.to_json(), "contest") == canonical(value, "contest")
    assert contest.hash == digest(Tag.CONTEST, canonical(value, "contest"))


REFUSED: dict[str, tuple[Change, str, str]] = {
    "rows none": (at("rows", []), "V6.A", "contest.rows"),
    "201 rows": (at("rows", [row(number) for number in range(201)]), "V6.A", "contest.rows"),
    "row twice": (at("rows.1.id", "0078"), "V6.A", "contest.rows[1]"),
    "row id of another person written in": (at("rows.0.id", "write_in/王海"), "V6.A", "contest.rows[0].id"),
    "row id empty": (at("rows.1.id", ""), "V6.A", "contest.rows[1].id"),
    "row name empty": (at("rows.0.name", ""), "V6.A", "contest.rows[0].name"),
    "row name long": (at("rows.0.name", "王" * 401), "V6.A", "contest.rows[0].name"),
    "row name not NFC": (at("rows.0.name", "e\u0301"), "V6.A", "contest.rows[0].name"),
    "row name with control": (at("rows.0.name", "a\nb"), "V6.A", "contest.rows[0].name"),
    "row field more": (at("rows.0.age", 3), "V6.A", "contest.rows[0]"),
    "row field less": (without("rows.0.details"), "V6.A", "contest.rows[0].details"),
    "row is text": (at("rows.0", "0078"), "V6.A", "contest.rows[0]"),
    "detail label empty": (at("rows.0.details.0.label", ""), "V6.A", "contest.rows[0].details[0].label"),
    "detail field more": (at("rows.0.details.0.x", ""), "V6.A", "contest.rows[0].details[0]"),
    "one mark": (at("marks", ["approve"]), "V6.A", "contest.marks"),
    "no marks": (at("marks", []), "V6.A", "contest.marks"),
    "nine marks": (at("marks", [f"m{n}" for n in range(9)]), "V6.A", "contest.marks"),
    "mark twice": (at("marks.1", "approve"), "V6.A", "contest.marks[1]"),
    "mark empty": (at("marks.1", ""), "V6.A", "contest.marks[1]"),
    "mark a number": (at("marks.1", 1), "V6.A", "contest.marks[1]"),
    "mark not NFC": (at("marks.1", "e\u0301"), "V6.A", "contest.marks[1]"),
    "limit above rows": (at("limits.0.count", 3), "V6.A", "contest.limits[0].count"),
    "limit negative": (at("limits.0.count", -1), "V6.A", "contest.limits[0].count"),
    "limit true": (at("limits.0.count", True), "V6.A", "contest.limits[0].count"),
    "limit exactly": (at("limits.0.at", "exactly"), "V6.A", "contest.limits[0].at"),
    "limit of no mark": (at("limits.0.mark", "excellent"), "V6.A", "contest.limits[0].mark"),
    "limit twice": (at("limits.1.at", "most"), "V6.A", "contest.limits[1]"),
    "limit field more": (at("limits.1.why", "quota"), "V6.A", "contest.limits[1]"),
    "nine limits": (at("limits", [limit(n) for n in range(9)]), "V6.A", "contest.limits"),
    "id upper case": (at("id", "Committee"), "V6.A", "contest.id"),
    "id from a hyphen": (at("id", "-committee"), "V6.A", "contest.id"),
    "id long": (at("id", "c" * 33), "V6.A", "contest.id"),
    "id with line feed": (at("id", "committee\n"), "V6.A", "contest.id"),
    "kind unknown": (at("kind", "referendum"), "V6.A", "contest.kind"),
    "election without stage": (at("stage", ""), "V6.A", "contest.stage"),
    "evaluation with stage": (evaluation(stage="formal"), "V6.A", "contest.stage"),
    "election with purpose": (at("purpose", "appointment"), "V6.A", "contest.purpose"),
    "evaluation with seats": (evaluation(seats=1), "V6.A", "contest.seats"),
    "seats negative": (at("seats", -1), "V6.A", "contest.seats"),
    "seats beyond 2^53": (at("seats", 2**53), "V6.A", "contest.seats"),
    "order of others": (at("order", ["0078", "0157"]), "V6.A", "contest.order"),
    "order too short": (at("order", ["0078"]), "V6.A", "contest.order"),
    "order with a row twice": (at("order", ["0078", "0078"]), "V6.A", "contest.order[1]"),
    "order none": (at("order", []), "V6.A", "contest.order"),
    "follows no id": (at("follows", "Committee"), "V6.A", "contest.follows"),
    "write-ins unknown": (at("write_ins.way", "orally"), "V6.A", "contest.write_ins.way"),
    "write-ins waived by nobody": (at("write_ins.decision", ""), "V6.A", "contest.write_ins.decision"),
    "write-ins on slips by a decision": (at("write_ins.way", "slips"), "V6.A", "contest.write_ins.decision"),
    "write-ins with a reason": (at("write_ins.reason", "x"), "V6.A", "contest.write_ins"),
    "write-ins of an evaluation": (
        evaluation(write_ins={"decision": "", "way": "slips"}),
        "V6.A",
        "contest.write_ins",
    ),
    "title without Chinese": (at("title.zh", ""), "V6.A", "contest.title.zh"),
    "title in French": (at("title.fr", "Comité"), "V6.A", "contest.title"),
    "slot 32": (at("slot", 32), "V6.A", "contest.slot"),
    "body in words": (at("body", "the committee"), "V6.A", "contest.body"),
    "blank of no mark": (at("blank", "empty"), "V6.A", "contest.blank"),
    "rules hash short": (at("rules.hash", "ab" * 31), "V6.A", "contest.rules.hash"),
    "rules hash upper case": (at("rules.hash", "AB" * 32), "V6.A", "contest.rules.hash"),
    "rules id empty": (at("rules.id", ""), "V6.A", "contest.rules.id"),
    "no classes": (at("classes", []), "V6.A", "contest.classes"),
    "class twice": (at("classes", ["head", "member", "guest", "head"]), "V6.A", "contest.classes[3]"),
    "class with hyphen": (at("classes.0", "he-ad"), "V6.A", "contest.classes[0]"),
    "cell of no class": (at("cells.0.classes", []), "V6.A", "contest.cells[0].classes"),
    "cell id in words": (at("cells.0.id", "The Members"), "V6.A", "contest.cells[0].id"),
    "cell field more": (at("cells.0.minimum", 3), "V6.A", "contest.cells[0]"),
    "no cells": (at("cells", []), "V6.D", "contest.cells"),
    "class in no cell": (at("cells.1.classes", ["guest"]), "V6.D", "contest.cells"),
    "class in two cells": (at("cells.0.classes", ["member", "guest"]), "V6.D", "contest.cells"),
    "cell of a foreign class": (at("cells.0.classes", ["member", "desk"]), "V6.D", "contest.cells"),
    "two cells of one id": (at("cells.1.id", "members"), "V6.D", "contest.cells"),
    "last cell merges": (at("cells.1.merge_into", "members"), "V6.D", "contest.cells[1].merge_into"),
    "first cell merges into none": (at("cells.0.merge_into", ""), "V6.D", "contest.cells[0].merge_into"),
    "cell merges into itself": (at("cells.0.merge_into", "members"), "V6.D", "contest.cells[0].merge_into"),
    "cell merges into nothing known": (at("cells.0.merge_into", "x"), "V6.D", "contest.cells[0].merge_into"),
    "minimum 0": (at("minimum", 0), "V6.A", "contest.minimum"),
    "minimum above all ballots": (at("minimum", 1_000_001), "V6.A", "contest.minimum"),
    "minimum low": (at("minimum", 4), "V6.D", "contest.minimum"),
    "minimum low in an evaluation": (evaluation(minimum=7), "V6.D", "contest.minimum"),
    "minimum low in an assessment": (evaluation(kind="assessment", minimum=7), "V6.D", "contest.minimum"),
    "waiver a number": (at("waiver", 1), "V6.A", "contest.waiver"),
    "capture by post": (at("capture", "post"), "V6.A", "contest.capture"),
    "unknown field": (at("secret", False), "V6.A", "contest"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_everything_else_is_refused_by_field(name: str) -> None:
    change, code, path = REFUSED[name]
    value = valid()
    change(value)
    with pytest.raises(VerificationError) as caught:
        parse_contest(value)
    assert caught.value.code == code
    assert caught.value.message.startswith(path), caught.value.message


@pytest.mark.parametrize("field", sorted(valid()))
def test_every_field_is_needed(field: str) -> None:
    value = valid()
    del value[field]
    with pytest.raises(VerificationError, match=rf"contest\.{field}: is missing") as caught:
        parse_contest(value)
    assert caught.value.code == "V6.A"


@pytest.mark.parametrize("value", [[], "contest", 3, True])
def test_a_contest_is_an_object(value: Any) -> None:
    with pytest.raises(VerificationError, match="contest: ") as caught:
        parse_contest(value)
    assert caught.value.code == "V6.A"


def test_reading_leaves_the_value_as_it_was() -> None:
    value = valid()
    before = copy.deepcopy(value)
    parse_contest(value)
    assert value == before


@given(contests())
def test_contests_survive_json(contest: Any) -> None:
    data = canonical(contest.to_json(), "contest")
    again = parse_contest(parse_canonical(data, "contest", MAX_ENTRY_BYTES))
    assert again == contest
    assert hash(again) == hash(contest)
    assert canonical(again.to_json(), "contest") == data


def test_contests_are_equal_when_their_hashes_are() -> None:
    assert small_contest() == small_contest()
    assert small_contest() != small_contest(slot=1)
    assert small_contest() != "contest"
    assert len({small_contest(), small_contest(), small_contest(rows=3)}) == 2


def test_rows_marks_and_limits_are_found() -> None:
    contest = parse_contest(valid())
    assert (contest.row_index("0156"), contest.mark_index("abstain"), contest.counters) == (1, 2, 4)
    assert (contest.find_row("0156"), contest.find_row("9")) == (1, None)
    assert (contest.find_mark("disapprove"), contest.find_mark("x")) == (1, None)
    assert contest.limit(At.MOST, "approve") == Limit(At.MOST, 1, "approve")
    assert contest.limit(At.MOST, "abstain") is None


def test_make_contest_fills_in_what_officials_need_not_choose() -> None:
    contest = make_contest(
        id="trust",
        kind=Kind.EVALUATION,
        title=Title("", "信任度测评"),
        slot=4,
        rows=[Row("0078", "李红香")],
        marks=TRUST,
        rules=RulesRef("trust_default", bytes(32)),
        classes=["member", "guest"],
    )
    assert contest.cells == (Cell("all", ("member", "guest"), ""),)
    assert (contest.minimum, contest.stage, contest.capture) == (8, Stage.NONE, Capture.KIOSK)
    assert small_contest().minimum == 5


def test_make_contest_judges_like_the_reader() -> None:
    with pytest.raises(VerificationError, match=r"contest\.minimum") as caught:
        small_contest(minimum=2)
    assert caught.value.code == "V6.D"
    with pytest.raises(VerificationError, match=r"contest\.marks\[1\]: ") as caught:
        small_contest(marks=("approve", "e\u0301"))
    assert caught.value.code == "V6.A"
