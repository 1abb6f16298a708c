"""Hypothesis strategies for rule sets with any legal parameters, and for votes that they decide (SPEC §13)."""

from typing import Any

from hypothesis import strategies as st

MARKS = ("approve", "disapprove", "abstain")
VOTING = ("should_attend", "present", "issued", "returned", "valid")
SCALE = ("信任", "基本信任", "不信任", "弃权")
NAMES = ("王海", "王大海", "李明", "欧阳明", "田富", "田大利", "买买提·阿里", "李明（女）", "王𠮷", "Ann", "龘龘")
"""Among them namesakes but for what is left out, doubtful and unknown characters, and a compound surname."""

Json = dict[str, Any]


def _of(*values: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def _ratio(draw: st.DrawFn, *ops: str) -> Json:
    denominator = draw(st.integers(1, 6))
    numerator = draw(st.integers(1, denominator))
    op = draw(_of(*ops))
    return {"frac": [numerator, denominator + (op == "gt" and numerator == denominator)], "op": op}


def _threshold(draw: st.DrawFn, *bases: str) -> Json:
    return {"base": draw(_of(*bases)), **_ratio(draw, "gt", "ge")}


def _marks(draw: st.DrawFn, least: int = 0) -> list[str]:
    return draw(st.lists(_of(*SCALE), min_size=least, max_size=len(SCALE), unique=True))


def _common(draw: st.DrawFn, kind: str, marks: tuple[str, ...]) -> Json:
    quorum = {"quorum": _threshold(draw, "should_attend", "present")} if draw(st.booleans()) else {}
    return {
        **quorum,
        "adopted_by": "",
        "articles": [],
        "blank_mark_means": draw(_of("", *marks)),
        "certainty": "design",
        "decides": [kind],
        "effective_from": "",
        "effective_until": "",
        "id": "own",
        "instrument": "",
        "name": {"en": "", "zh": "甲"},
        "retention": {"days": 0, "destroy_needs_two_roles": False},
        "returned_must_be": draw(_of("le_issued", "le_present")),
        "use_for": [],
        "version": "1",
    }


def _naming(draw: st.DrawFn) -> Json:
    return {
        "list_order": draw(_of("stroke", "as_given")),
        "name_order": draw(_of("surname_strokes", "full_name_strokes")),
        "stroke_table": "plenum-strokes-1",
    }


def _election(draw: st.DrawFn) -> Json:
    orders = _of("stroke", "votes_then_stroke", "superior_approved_order")
    allowed = {
        "allowed": True,
        "max": draw(_of("per_disapproved_candidate", "seats")),
        "requires": draw(_of("disapprove", "disapprove_or_abstain", "nothing")),
        "unmarked": draw(_of("abstain_item", "invalidate_ballot")),
        "without_disapprove": draw(_of("ignore_item", "invalidate_ballot")),
    }
    options = ("second_vote_among_unelected", "reduce_seats", "leave_vacant")
    return {
        **_naming(draw),
        "announce_numbers": "none",
        "blank_ballot": "valid",
        "elect": _threshold(draw, *VOTING),
        "mark_legend": [],
        "order_alternates": draw(orders),
        "order_members": draw(orders),
        "over_selected": "whole_ballot_invalid",
        "preselect": _threshold(draw, *VOTING),
        "preselection_reports_to": "congress",
        "runoff_wins_by": draw(_of("plurality", "threshold")),
        "shortfall": {
            "options": draw(st.lists(_of(*options), max_size=3, unique=True)),
            "reduce_seats_needs": "presidium",
        },
        "surplus": [],
        "surplus_single_seat": "ask",
        "tie_at_last_seat": draw(_of("runoff_among_tied", "presidium_decides")),
        "write_in": draw(st.sampled_from([allowed, allowed, {"allowed": False}])),
    }


def _evaluation(draw: st.DrawFn) -> Json:
    excluded = _marks(draw)
    weights = [{"mark": mark, "weight": draw(st.integers(0, 1000))} for mark in SCALE if mark not in excluded]
    indicators = [{"id": name, "marks": _marks(draw, 1)} for name in ("good", "bad", "any")]
    ids = ("good", "bad", "any")
    bands = [{"name": name, **_ratio(draw, "gt", "ge")} for name in ("甲", "乙")[: draw(st.integers(0, 2))]]
    split = draw(st.integers(0, 100))
    rest = draw(st.integers(0, 100 - split))
    weighed = [("a", split), ("b", rest), ("c", 100 - split - rest)]
    categories = [{"id": name, "weight": weight} for name, weight in weighed] if draw(st.booleans()) else []
    rules: Json = {
        "categories": categories,
        "denominator": draw(_of("issued", "returned", "valid", "answered")),
        "empty_category": draw(_of("refuse", "renormalise", "zero")),
        "excluded_from_index": excluded,
        "flags": [{"id": name, "marks": _marks(draw, 1), **_ratio(draw, "gt", "ge", "lt")} for name in ("f", "g")],
        "indicators": indicators,
        "not_answered": _marks(draw),
        "scale": {"id": "own", "marks": list(SCALE)},
        "scopes": [],
        "smallest_cell": draw(st.integers(1, 12)),
        "weights": weights,
    }
    if draw(st.booleans()):
        rules["bands"] = {"indicator": draw(_of(*ids)), "list": [*bands, {"name": "丙", "otherwise": True}]}
    if draw(st.booleans()):
        selection: Json = {"indicator": draw(_of(*ids)), "quota": _ratio(draw, "ge")["frac"]}
        if draw(st.booleans()):
            selection["turnout"] = _threshold(draw, "should_attend", "present", "issued")
        if draw(st.booleans()):
            selection["least"] = _ratio(draw, "gt", "ge")
        rules["selection"] = selection
    return rules


def _ticket(draw: st.DrawFn) -> Json:
    return {
        **_naming(draw),
        "alternates_vote": False,
        "options": ["agree", "disapprove", "abstain"],
        "pass": _threshold(draw, *VOTING),
        "proxy": False,
        "recusal": "leave_deliberation_but_vote",
        "recused_base": "stays",
        "renomination": {"after_two_failures": "nothing", "second_try": "any_meeting"},
        "write_in": {"allowed": False},
    }


FAMILIES = {
    "election": (MARKS, _election),
    "motion": (MARKS, lambda draw: {"pass": _threshold(draw, *VOTING)}),
    "ticket_vote": (("agree", "disapprove", "abstain"), _ticket),
    "evaluation": (SCALE, _evaluation),
    "assessment": (SCALE, _evaluation),
    "questionnaire": (("chosen", "not_chosen"), lambda draw: {"option_order": draw(_of("by_choices", "as_listed"))}),
}


@st.composite
def contests_with_rules(draw: st.DrawFn) -> tuple[Json, Json]:
    """A contest as its object, and a rule set that decides its kind; one that fits in most cases."""
    kind = draw(st.sampled_from(sorted(FAMILIES)))
    marks, family = FAMILIES[kind]
    rules = {**_common(draw, kind, marks), **family(draw)}
    election = kind == "election"
    stage = draw(_of("formal", "preselection", "runoff", "supplementary")) if election else ""
    names = draw(st.lists(_of(*NAMES), min_size=1, max_size=1 if kind == "motion" else 5, unique=True))
    rows = [{"details": [], "id": f"r{number}", "name": name} for number, name in enumerate(names)]
    classes = ["a", "b", "c"] if rules.get("categories") else ["delegate"]
    hand = len(classes) == 1 and draw(st.booleans())
    allowed = election and rules["write_in"]["allowed"] and stage != "runoff"
    way = draw(_of("paper" if hand else "slips", "waived")) if allowed else "none"
    contest = {
        "blank": rules["blank_mark_means"],
        "body": draw(_of("", "alternate_member")) if election else "",
        "capture": "hand" if hand else "kiosk",
        "cells": [
            {"classes": [name], "id": name, "merge_into": later}
            for name, later in zip(classes, [*classes[1:], ""], strict=True)
        ],
        "classes": classes,
        "follows": "",
        "id": "one",
        "kind": kind,
        "limits": [],
        "marks": list(draw(st.permutations(marks))),
        "minimum": 8,
        "order": draw(st.permutations([row["id"] for row in rows])),
        "purpose": "",
        "rows": rows,
        "rules": {"hash": "00" * 32, "id": "own"},
        "seats": draw(st.integers(1, 4)) if election else 0,
        "slot": 0,
        "stage": stage,
        "title": {"en": "", "zh": "甲"},
        "waiver": False,
        "write_ins": {"decision": "决定" if way == "waived" else "", "way": way},
    }
    return contest, rules


@st.composite
def counted(draw: st.DrawFn, contest: Json) -> tuple[Json, Json, list[Json], list[list[int]]]:
    """People and ballots, a sheet, cells and totals of a contest: most of them can be true, some contradict."""
    should_attend = draw(st.integers(1, 12))
    present = draw(st.integers(0, should_attend))
    classes, rows, marks = contest["classes"], contest["rows"], len(contest["marks"])
    by_hand = contest["capture"] == "hand"
    ballots = [draw(st.integers(0, 5)) for _ in classes]
    drawn = {name: max(0, number + draw(st.integers(-1, 3))) for name, number in zip(classes, ballots, strict=True)}
    over = sum(max(0, number - drawn[name]) for name, number in zip(classes, ballots, strict=True))
    returned = sum(ballots)
    invalid = draw(st.integers(0, min(2, returned))) if by_hand else 0
    lost = [draw(st.integers(0, min(1, returned - invalid))) if by_hand else 0 for _ in rows]
    sizes = [returned - invalid] if by_hand else ballots
    tables = [[_split(draw, size - gone, marks) for gone in lost] for size in sizes]
    merged = draw(st.integers(0, len(sizes) - 1))
    if merged:
        tables = [[_add(columns) for columns in zip(*tables[: merged + 1], strict=True)], *tables[merged + 1 :]]
        sizes = [sum(sizes[: merged + 1]), *sizes[merged + 1 :]]
    left = classes[merged:]
    cells = [
        {"ballots": size, "cell": name, "counts": table}
        for size, name, table in zip(sizes, left, tables, strict=not by_hand)
    ]
    totals = [_add(columns) for columns in zip(*tables, strict=True)]
    writing = contest["write_ins"]["way"] in ("paper", "slips")
    names = draw(st.lists(_of(*NAMES, "张三"), max_size=3, unique=True)) if writing else []
    people = {
        "drawn": {} if by_hand else drawn,
        "invalid": invalid,
        "issued": sum(drawn.values()),
        "over_issued": draw(_of(0, over)) if by_hand else over,
        "present": present,
        "returned": returned,
        "should_attend": should_attend,
    }
    written = [{"approve": draw(st.integers(1, max(1, returned))), "name": name} for name in names]
    return people, {"item_invalid": lost, "write_ins": written}, [] if by_hand else cells, totals


def _add(columns: Any) -> list[int]:
    return [sum(column) for column in zip(*columns, strict=True)]


def _split(draw: st.DrawFn, total: int, parts: int) -> list[int]:
    """A total cut into so many parts."""
    cuts = sorted(draw(st.lists(st.integers(0, max(0, total)), min_size=parts - 1, max_size=parts - 1)))
    return [high - low for low, high in zip([0, *cuts], [*cuts, max(0, total)], strict=True)]
