"""Contests, their hash and compilation, and the bits of marks: SPEC §4."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from typing import Any

from ballots.compile import bits_of, compile_contest
from ballots.contest import parse_contest
from tests.vectors.generate.common import Json, VectorFile, some_bytes

Change = Callable[[Any], object]


def contest(
    number_of_rows: int,
    mark_names: tuple[str, ...],
    limit_parts: tuple[tuple[str, int, str], ...] = (),
    **changes: Json,
) -> Json:
    """A contest object, an election unless `changes` say otherwise."""
    whole: dict[str, Json] = {
        "blank": "",
        "body": "committee_member",
        "capture": "kiosk",
        "cells": [{"classes": ["delegate"], "id": "all", "merge_into": ""}],
        "classes": ["delegate"],
        "id": "committee",
        "kind": "election",
        "limits": [{"at": at, "count": count, "mark": mark} for at, count, mark in limit_parts],
        "marks": list(mark_names),
        "minimum": 5,
        "purpose": "",
        "rows": [
            {"details": [], "id": f"{number + 1:04}", "name": f"候选人{number + 1}"} for number in range(number_of_rows)
        ],
        "rules": {"hash": some_bytes("rules").hex(), "id": "election_local_2020"},
        "seats": 1,
        "slot": 0,
        "stage": "formal",
        "title": {"en": "", "zh": "选举县委委员"},
        "waiver": False,
        "follows": "",
        "write_ins": {"decision": "", "way": "none"},
        **changes,
    }
    rows: Any = whole["rows"]
    return {"order": [row["id"] for row in rows], **whole}


APPROVAL = ("approve", "disapprove", "abstain")
SHAPES: dict[str, tuple[str, Json, list[int]]] = {
    "one-row": ("one row, two marks, no limit", contest(1, ("yes", "no")), [0]),
    "one-row-last": ("the last mark has no counter", contest(1, ("yes", "no")), [1]),
    "motion": (
        "a motion",
        contest(1, APPROVAL, kind="motion", stage="", seats=0, body="", slot=5, id="work-report"),
        [2],
    ),
    "two-rows": ("at most one approval", contest(2, APPROVAL, (("most", 1, "approve"),)), [0, 1]),
    "at-most-none": ("S = 0: no slack bits", contest(2, APPROVAL, (("most", 0, "approve"),)), [1, 2]),
    "at-most-all": ("S = rows", contest(3, APPROVAL, (("most", 3, "approve"),)), [0, 0, 0]),
    "at-least-one": (
        "at least one",
        contest(3, ("chosen", "not"), (("least", 1, "chosen"),), kind="questionnaire", stage="", seats=0),
        [0, 1, 0],
    ),
    "at-least-none": ("S = 0: slack for all rows", contest(3, ("chosen", "not"), (("least", 0, "chosen"),)), [1, 1, 0]),
    "at-least-all": ("S = rows: no slack bits", contest(3, ("chosen", "not"), (("least", 3, "chosen"),)), [0, 0, 0]),
    "three-limits": (
        "limits in both directions and on the last mark",
        contest(4, APPROVAL, (("most", 3, "approve"), ("least", 1, "approve"), ("most", 2, "abstain"))),
        [0, 1, 2, 0],
    ),
    "eight-marks": ("the largest number of marks", contest(2, tuple("甲乙丙丁戊己庚辛")), [7, 3]),
    "details": (
        "details, two classes, two cells, a waiver",
        contest(
            2,
            ("信任", "基本信任", "不信任", "弃权"),
            kind="evaluation",
            stage="",
            seats=0,
            body="",
            blank="弃权",
            rows=[
                {
                    "details": [{"label": "职务", "text": "县委书记"}, {"label": "备注", "text": ""}],
                    "id": "a",
                    "name": "𠮷田",
                },
                {"details": [], "id": "b", "name": "阿依古丽·买买提"},
            ],
            classes=["member", "other"],
            cells=[
                {"classes": ["other"], "id": "other", "merge_into": "member"},
                {"classes": ["member"], "id": "member", "merge_into": ""},
            ],
            minimum=2,
            waiver=True,
        ),
        [3, 0],
    ),
}
SIXTY = contest(60, APPROVAL, (("most", 33, "approve"),), seats=33)
SIXTY_MARKS = [0] * 33 + [1] * 20 + [2] * 7


def build() -> Json:
    file = VectorFile("§4", "contest objects: hash, compilation, bits; what is refused")
    for name, (comment, value, marks) in {**SHAPES, "sixty": ("a county's election", SIXTY, SIXTY_MARKS)}.items():
        parsed = parse_contest(value)
        relation = compile_contest(parsed)
        gives = {
            "hash": parsed.hash.hex(),
            "bits": relation.bits,
            "counters": [[list(term) for term in form] for form in relation.counters],
            "equations": [
                {"form": [list(term) for term in equation.form], "constant": equation.constant}
                for equation in relation.equations
            ],
        }
        file.valid(f"compile-{name}", comment, "compile", {"contest": value}, gives)
        given = {"contest": value, "marks": marks}
        file.valid(f"bits-{name}", comment, "bits", given, {"bits": list(bits_of(parsed, tuple(marks)))})
    for number, (comment, code, value) in enumerate(_broken()):
        file.invalid(f"contest-{number:02}", comment, "compile", {"contest": value}, code, partial(_compile, value))
    for name, comment, shape, marks in (
        ("over", "over the limit", "two-rows", [0, 0]),
        ("none-allowed", "S = 0", "at-most-none", [0, 1]),
        ("under", "under the limit", "at-least-one", [1, 1, 1]),
        ("not-all", "S = rows", "at-least-all", [0, 0, 1]),
        ("too-few", "a row without a mark", "two-rows", [0]),
        ("too-many", "a row too many", "two-rows", [0, 1, 1]),
        ("no-mark", "no such mark", "two-rows", [3, 1]),
        ("last-mark", "a limit on the last mark", "three-limits", [2, 2, 2, 0]),
    ):
        value = SHAPES[shape][1]
        attempt = partial(bits_of, parse_contest(value), tuple(marks))
        file.invalid(f"marks-{name}", comment, "bits", {"contest": value, "marks": marks}, "", attempt)
    return file.content()


def _compile(value: Json) -> object:
    return compile_contest(parse_contest(value))


def _broken() -> Iterator[tuple[str, str, Json]]:
    base = SHAPES["three-limits"][1]
    for comment, code, change in CHANGES:
        value = deepcopy(base)
        change(value)
        yield comment, code, value
    yield "201 rows", "V6.A", contest(201, ("a", "b"))
    yield "no row", "V6.A", contest(0, ("a", "b"))
    yield "one mark", "V6.A", contest(1, ("a",))
    yield "nine marks", "V6.A", contest(1, tuple("abcdefghi"))
    yield "more than all", "V6.A", contest(2, APPROVAL, (("most", 3, "approve"),))
    yield "at least more than all", "V6.A", contest(2, APPROVAL, (("least", 3, "approve"),))
    yield "below zero", "V6.A", contest(2, APPROVAL, (("most", -1, "approve"),))
    yield "two like limits", "V6.A", contest(2, APPROVAL, (("most", 1, "approve"), ("most", 2, "approve")))
    yield "a limit on no mark", "V6.A", contest(2, APPROVAL, (("most", 1, "yes"),))
    yield "an evaluation below 8", "V6.D", contest(1, ("a", "b"), kind="evaluation", stage="", seats=0, minimum=7)
    two = [{"classes": ["a"], "id": "one", "merge_into": "two"}, {"classes": ["b"], "id": "two", "merge_into": ""}]
    for comment, cells in (
        ("a class in no cell", two[:1]),
        ("a class in two cells", [two[0], {**two[1], "classes": ["a", "b"]}]),
        ("an unknown class", [two[0], {**two[1], "classes": ["b", "c"]}]),
        ("a cell that merges backwards", [{**two[0], "merge_into": ""}, {**two[1], "merge_into": "one"}]),
        ("a cell that merges into itself", [{**two[0], "merge_into": "one"}, two[1]]),
        ("a last cell that merges", [two[0], {**two[1], "merge_into": "three"}]),
        ("two cells of one id", [{**two[0], "merge_into": "one"}, {**two[1], "id": "one"}]),
    ):
        yield comment, "V6.D", contest(1, ("a", "b"), classes=["a", "b"], cells=cells)


def _set(key: str, value: Json) -> Change:
    return lambda contest: contest.__setitem__(key, value)


CHANGES: tuple[tuple[str, str, Change], ...] = (
    ("a key is missing", "V6.A", lambda c: c.pop("blank")),
    ("a key too many", "V6.A", _set("note", "")),
    ("a capital in the id", "V6.A", _set("id", "Committee")),
    ("an id of 33 characters", "V6.A", _set("id", "c" * 33)),
    ("an unknown kind", "V6.A", _set("kind", "poll")),
    ("an election without a stage", "V6.A", _set("stage", "")),
    ("a purpose for an election", "V6.A", _set("purpose", "appointment")),
    ("slot 32", "V6.A", _set("slot", 32)),
    ("a slot that is true", "V6.A", _set("slot", True)),
    ("seats below zero", "V6.A", _set("seats", -1)),
    ("no Chinese title", "V6.A", _set("title", {"en": "x", "zh": ""})),
    ("a title of 401 characters", "V6.A", _set("title", {"en": "x" * 401, "zh": "选举"})),
    ("a title as text", "V6.A", _set("title", "选举")),
    ("a body with a space", "V6.A", _set("body", "committee member")),
    ("a blank that is no mark", "V6.A", _set("blank", "yes")),
    ("an empty mark", "V6.A", _set("marks", ["approve", "disapprove", "abstain", ""])),
    ("a mark twice", "V6.A", _set("marks", ["approve", "disapprove", "abstain", "approve"])),
    ("a row id twice", "V6.A", lambda c: c["rows"][1].__setitem__("id", c["rows"][0]["id"])),
    ("a row without details", "V6.A", lambda c: c["rows"][0].pop("details")),
    ("a row without a name", "V6.A", lambda c: c["rows"][0].__setitem__("name", "")),
    ("a short rules hash", "V6.A", lambda c: c["rules"].__setitem__("hash", "00")),
    ("a capital in the rules hash", "V6.A", lambda c: c["rules"].__setitem__("hash", "AB" * 32)),
    ("no class", "V6.A", _set("classes", [])),
    ("a class twice", "V6.A", _set("classes", ["delegate", "delegate"])),
    ("a class with a hyphen", "V6.A", _set("classes", ["a-b"])),
    ("a waiver that is 0", "V6.A", _set("waiver", 0)),
    ("a minimum of 0", "V6.A", _set("minimum", 0)),
    ("a minimum of 4 without a waiver", "V6.D", _set("minimum", 4)),
    ("another capture", "V6.A", _set("capture", "phone")),
    ("no object", "V6.A", lambda c: c["limits"].append("most")),
)
