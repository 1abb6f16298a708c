"""Outcomes of evaluations, SPEC §13.9: denominators, flags, categories, bands, selections."""

from collections.abc import Iterator

from tests.vectors.generate.common import Json
from tests.vectors.generate.contests import contest

TRUST = ("信任", "基本信任", "不信任", "弃权")
GRADES = ("优秀", "称职", "基本称职", "不称职")
Named = tuple[str, str, Json]
"""The id of a vector, its comment, and what is given."""

_SHAPE: Json = {"stage": "", "seats": 0, "body": "", "minimum": 8}
_CELLS = [
    {"classes": ["a"], "id": "a", "merge_into": "b"},
    {"classes": ["b"], "id": "b", "merge_into": "c"},
    {"classes": ["c"], "id": "c", "merge_into": ""},
]


def evaluations(rules: Json) -> Iterator[Named]:
    """All of them; `rules` are the packaged rule sets by id."""
    yield from _trust(rules["trust_default"])
    yield from _categories(rules["trust_categories"])
    yield from _bands(rules["delegate_assessment_bands"])
    yield from _annual(rules["annual_assessment"])
    yield from _selections(rules["excellence_quota"])
    yield from _satisfaction(rules["satisfaction_appraisal"])


def categorised(rows: int, rules: Json, **changes: Json) -> Json:
    """A contest whose classes are the categories a, b and c, each in a cell that is merged into the next."""
    settings = {"kind": "evaluation", "blank": rules["blank_mark_means"], "classes": ["a", "b", "c"], "cells": _CELLS}
    return contest(rows, tuple(rules["scale"]["marks"]), **{**_SHAPE, **settings, **changes})


def _people(total: int) -> Json:
    return {"should_attend": total + 2, "present": total + 1, "issued": total + 1, "returned": total, "invalid": 0}


def _given(value: Json, people: Json, counts: Json, rules: Json) -> Json:
    return {"attendance": people, "contest": value, "counts": counts, "rules": rules}


def _trust(base: Json) -> Iterator[Named]:
    flag = {"frac": [1, 3], "id": "distrust_third", "marks": ["不信任"], "op": "ge"}
    low = {"frac": [1, 2], "id": "trust_below_half", "marks": ["信任", "基本信任"], "op": "lt"}
    variants = {
        "default": base,
        "answered": {**base, "denominator": "answered"},
        "issued": {**base, "denominator": "issued", "flags": [flag, low]},
        "flags": {**base, "flags": [flag, low]},
    }
    value = contest(3, TRUST, **_SHAPE, kind="evaluation", blank="弃权")
    rows = {
        "usual": [[40, 5, 3, 2], [0, 0, 0, 50], [10, 10, 20, 10]],
        "few": [[3, 2, 1, 1], [7, 0, 0, 0], [0, 0, 7, 0]],
    }
    for name, rules in variants.items():
        for kind, counts in rows.items():
            people = _people(sum(counts[0]))
            yield f"trust-{name}-{kind}", "rates, index, flags", _given(value, people, counts, rules)
            absent = {**people, "present": 2}
            yield f"trust-{name}-{kind}-no-quorum", "no row is listed", _given(value, absent, counts, rules)


def _categories(base: Json) -> Iterator[Named]:
    """Cells of V05 and of an abstaining category; all left, the first merged, and all in one."""
    value = categorised(2, base)
    a, b, c = [[9, 2, 0, 0], [0, 0, 0, 11]], [[15, 5, 2, 1], [1, 2, 3, 17]], [[170, 60, 20, 4], [4, 20, 60, 170]]
    left = {
        "apart": [("a", a), ("b", b), ("c", c)],
        "merged": [("b", _add(a, b)), ("c", c)],
        "together": [("c", _add(_add(a, b), c))],
        "silent": [("a", [[0, 0, 0, 0]] * 2), ("b", b), ("c", c)],
    }
    for name, tables in left.items():
        cells = [{"ballots": sum(table[0]), "cell": cell, "counts": table} for cell, table in tables]
        counts = [[sum(cell["counts"][row][mark] for cell in cells) for mark in range(4)] for row in range(2)]
        people = {**_people(sum(counts[0])), "drawn": {"a": 12, "b": 23, "c": 254}}
        for empty in ("refuse", "renormalise", "zero"):
            for denominator in ("valid", "issued", "answered") if empty == "refuse" else ("valid",):
                rules = {**base, "empty_category": empty, "denominator": denominator}
                given = {**_given(value, people, counts, rules), "cells": cells}
                yield f"categories-{name}-{empty}-{denominator}", "scored by cell, combined by weight", given


def contradictions(rules: Json) -> Iterator[Named]:
    """Cells that cannot be those of the contest and its counts."""
    value, counts = categorised(1, rules), [[20, 5, 3, 2]]
    given = {**_given(value, {**_people(30), "drawn": {"a": 10, "b": 10, "c": 11}}, counts, rules)}
    whole = {"ballots": 30, "cell": "c", "counts": counts}
    first = {"ballots": 10, "cell": "a", "counts": [[5, 3, 2, 0]]}
    yield "cells-none", "no cell at all", {**given, "cells": []}
    yield "cells-early", "a cell that was merged into none", {**given, "cells": [{**whole, "cell": "a"}]}
    yield "cells-part", "cells that are less than the counts", {**given, "cells": [{**first, "cell": "c"}]}
    yield "cells-more", "cells that are more than the counts", {**given, "cells": [first, whole]}
    moved = [[19, 6, 3, 2]]
    yield "cells-moved", "a mark of another row of counts", {**given, "cells": [{**whole, "counts": moved}]}


def _add(left: Json, right: Json) -> Json:
    return [[x + y for x, y in zip(a, b, strict=True)] for a, b in zip(left, right, strict=True)]


def _bands(rules: Json) -> Iterator[Named]:
    marks = tuple(rules["scale"]["marks"])
    counts = [[n, 50 - n, 0] for n in (50, 41, 40, 39, 26, 25, 24, 0)]
    for kind in rules["decides"]:
        value = contest(len(counts), marks, **_SHAPE, kind=kind, blank="")
        yield f"bands-{kind}", "boundaries to the higher band", _given(value, _people(50), counts, rules)
    silent = {**rules, "denominator": "answered", "not_answered": ["不称职"]}
    value = contest(1, marks, **_SHAPE, kind="assessment", blank="")
    yield "bands-nothing", "no rate, no band", _given(value, _people(50), [[0, 0, 50]], silent)


def _annual(rules: Json) -> Iterator[Named]:
    counts = [[100, 100, 99, 1], [100, 99, 101, 0], [0, 199, 0, 101], [0, 200, 0, 100], [0, 150, 75, 75]]
    value = contest(len(counts), GRADES, **_SHAPE, kind="assessment", blank="")
    yield "annual-flags", "at two thirds, one third, one half", _given(value, _people(300), counts, rules)


def _selections(base: Json) -> Iterator[Named]:
    level = [90, 80, 70, 70, 60, 50, 0, 0, 0, 0]
    shapes = {"tie": level, "clear": [90, 80, 70, 69, 60, 0, 0, 0, 0, 0], "few": [90, 0, 0, 0, 0, 0, 0, 0, 0, 0]}
    turnout = {"base": "issued", "frac": [4, 5], "op": "ge"}
    variants = {
        "usual": {},
        "third": {"quota": [3, 10]},
        "none": {"quota": [1, 11]},
        "turnout": {"turnout": turnout},
        "least": {"quota": [1, 2], "least": {"frac": [7, 10], "op": "ge"}},
        "above": {"quota": [1, 2], "least": {"frac": [7, 10], "op": "gt"}},
    }
    for shape, excellent in shapes.items():
        value = contest(len(excellent), GRADES, **_SHAPE, kind="assessment", blank="")
        value = {**value, "order": list(reversed(value["order"]))}
        counts = [[n, 100 - n, 0, 0] for n in excellent]
        for name, change in variants.items():
            rules = {**base, "selection": {**base["selection"], **change}}
            for issued in (101, 126) if name == "turnout" else (101,):
                people = {**_people(100), "should_attend": 130, "present": 127, "issued": issued}
                given = _given(value, people, counts, rules)
                yield f"selection-{shape}-{name}-{issued}", "a ceiling, ties left to people", given
    value = contest(10, GRADES, **_SHAPE, kind="assessment", blank="")
    absent = {**_people(100), "present": 51, "should_attend": 102}
    given = _given(value, absent, [[n, 100 - n, 0, 0] for n in level], base)
    yield "selection-no-quorum", "nobody is selected", given


def _satisfaction(rules: Json) -> Iterator[Named]:
    value = contest(2, tuple(rules["scale"]["marks"]), **_SHAPE, kind="evaluation", blank="不了解")
    counts = [[50, 20, 10, 20], [0, 0, 0, 100]]
    yield "satisfaction", "不了解 neither counts nor scores", _given(value, _people(100), counts, rules)
