"""Contests and their compilation, SPEC §4."""

import re
from dataclasses import dataclass
from typing import Any

from .canon import canonical, unhex
from .errors import require
from .framing import digest

KINDS = {"election", "ticket_vote", "motion", "evaluation", "assessment", "questionnaire"}
STAGES = {"formal", "preselection", "runoff", "supplementary"}
KEYS = {"id", "kind", "stage", "title", "slot", "body", "purpose", "seats", "rows", "marks", "limits", "blank"}
KEYS |= {"rules", "classes", "cells", "minimum", "waiver", "capture", "follows", "order", "write_ins"}
MAX_ROWS, MAX_MARKS, MAX_LIMITS, MAX_TEXT, MAX_BALLOTS = 200, 8, 8, 400, 1_000_000
CLASS = re.compile(r"[a-z0-9_]{1,16}")

Form = list[tuple[int, int]]


@dataclass(frozen=True)
class Relation:
    """Bits, counters as forms of bits, and equations (form, constant). Bits are counted from 0."""

    bits: int
    counters: list[Form]
    equations: list[tuple[Form, int]]


def contest_hash(contest: Any) -> bytes:
    return digest("CONTEST", canonical(contest))


def _text(value: Any, least: int = 1) -> None:
    require(isinstance(value, str) and least <= len(value) <= MAX_TEXT, "V6.A", f"{value!r:.60} is not a text")


def _integer(value: Any, low: int, high: int, what: str) -> None:
    require(type(value) is int and low <= value <= high, "V6.A", f"{what} is not an integer from {low} to {high}")


def _object(value: Any, keys: set[str], what: str) -> None:
    require(isinstance(value, dict) and set(value) == keys, "V6.A", f"{what} does not have exactly its keys")


def check_contest(c: Any) -> None:
    """SPEC §4.1 and §4.3."""
    _object(c, KEYS, "a contest")
    require(isinstance(c["id"], str) and re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", c["id"]) is not None, "V6.A", "id")
    require(c["kind"] in KINDS, "V6.A", "kind")
    require(c["stage"] in STAGES if c["kind"] == "election" else c["stage"] == "", "V6.A", "stage")
    require(
        c["purpose"] in (("", "appointment", "recommendation") if c["kind"] == "ticket_vote" else ("",)),
        "V6.A",
        "purpose",
    )
    _object(c["title"], {"en", "zh"}, "title")
    _object(c["rules"], {"hash", "id"}, "rules")
    unhex(c["rules"]["hash"], 32, "V6.A")
    _text(c["title"]["en"], 0)
    _text(c["title"]["zh"])
    _text(c["rules"]["id"])
    body = c["body"]
    require(isinstance(body, str) and re.fullmatch(r"[a-z0-9_]{0,32}", body) is not None, "V6.A", "body")
    _integer(c["slot"], 0, 31, "slot")
    _integer(c["seats"], 0, 2**53 - 1 if c["kind"] in ("election", "ticket_vote") else 0, "seats")
    require(c["capture"] in ("kiosk", "hand"), "V6.A", "capture")
    require(isinstance(c["rows"], list) and 1 <= len(c["rows"]) <= MAX_ROWS, "V6.A", "rows")
    for row in c["rows"]:
        _object(row, {"details", "id", "name"}, "a row")
        require(isinstance(row["details"], list), "V6.A", "details")
        for detail in row["details"]:
            _object(detail, {"label", "text"}, "a detail")
            _text(detail["label"])
            _text(detail["text"], 0)
        _text(row["id"])
        _text(row["name"])
        whole = not row["id"].startswith("write_in/") or row["id"] == "write_in/" + row["name"]
        require(whole, "V6.A", "the id of a person written in with another name")
    require(len({row["id"] for row in c["rows"]}) == len(c["rows"]), "V6.A", "a row id occurs twice")
    require(isinstance(c["order"], list) and all(isinstance(row, str) for row in c["order"]), "V6.A", "order")
    require(sorted(c["order"]) == sorted(row["id"] for row in c["rows"]), "V6.A", "order does not name every row once")
    _check_write_ins(c)
    require(isinstance(c["marks"], list) and 2 <= len(c["marks"]) <= MAX_MARKS, "V6.A", "marks")
    for mark in c["marks"]:
        _text(mark)
    require(len(set(c["marks"])) == len(c["marks"]), "V6.A", "a mark occurs twice")
    require(c["blank"] == "" or c["blank"] in c["marks"], "V6.A", "blank is no mark")
    _check_limits(c)
    _check_cells(c)


def _check_write_ins(c: Any) -> None:
    form = r"([a-z0-9][a-z0-9-]{0,31})?"
    require(isinstance(c["follows"], str) and re.fullmatch(form, c["follows"]) is not None, "V6.A", "follows")
    _object(c["write_ins"], {"decision", "way"}, "write_ins")
    way, decision = c["write_ins"]["way"], c["write_ins"]["decision"]
    _text(decision, 0)
    require(way in ("none", "paper", "slips", "waived"), "V6.A", "the way of writing in")
    require(bool(decision) == (way == "waived"), "V6.A", "a decision belongs to waived write-ins alone")
    require(way == "none" or c["kind"] == "election", "V6.A", "write-ins are for elections")


def _check_limits(c: Any) -> None:
    require(isinstance(c["limits"], list) and len(c["limits"]) <= MAX_LIMITS, "V6.A", "limits")
    for limit in c["limits"]:
        _object(limit, {"at", "count", "mark"}, "a limit")
        require(limit["at"] in ("most", "least") and limit["mark"] in c["marks"], "V6.A", "a limit")
        _integer(limit["count"], 0, len(c["rows"]), "count of a limit")
    pairs = [(limit["at"], limit["mark"]) for limit in c["limits"]]
    require(len(set(pairs)) == len(pairs), "V6.A", "two like limits")
    relation = compile_contest(c)
    for form, constant in relation.equations:
        require(sum(abs(k) for _, k in form) + abs(constant) < 2**31, "V6.A", "coefficients of an equation")
    for form in relation.counters:
        require(MAX_BALLOTS * sum(abs(k) for _, k in form) < 2**31, "V6.A", "coefficients of a counter")


def _check_cells(c: Any) -> None:
    """V6.D, after the formats."""
    require(
        isinstance(c["classes"], list) and isinstance(c["cells"], list) and type(c["waiver"]) is bool,
        "V6.A",
        "classes, cells or waiver",
    )
    _integer(c["minimum"], 1, MAX_BALLOTS, "minimum")
    require(len(c["classes"]) > 0, "V6.A", "no class")
    for name in c["classes"]:
        require(isinstance(name, str) and CLASS.fullmatch(name) is not None, "V6.A", "a class")
    require(len(set(c["classes"])) == len(c["classes"]), "V6.A", "a class occurs twice")
    for cell in c["cells"]:
        _object(cell, {"classes", "id", "merge_into"}, "a cell")
        require(isinstance(cell["id"], str) and CLASS.fullmatch(cell["id"]) is not None, "V6.A", "id of a cell")
        require(isinstance(cell["classes"], list) and len(cell["classes"]) > 0, "V6.A", "a cell without classes")
        require(all(isinstance(name, str) for name in cell["classes"]), "V6.A", "a class of a cell")
        require(len(set(cell["classes"])) == len(cell["classes"]), "V6.A", "a class of a cell occurs twice")
    ids = [cell["id"] for cell in c["cells"]]
    require(len(set(ids)) == len(ids), "V6.D", "a cell id occurs twice")
    inside = [name for cell in c["cells"] for name in cell["classes"]]
    require(sorted(inside) == sorted(c["classes"]), "V6.D", "the cells do not partition the classes")
    for i, cell in enumerate(c["cells"]):
        wanted = {""} if i == len(ids) - 1 else set(ids[i + 1 :])
        require(cell["merge_into"] in wanted, "V6.D", "a cell merges into no later cell")
    least = 8 if c["kind"] in ("evaluation", "assessment") else 5
    require(c["waiver"] or c["minimum"] >= least, "V6.D", f"a minimum below {least} needs a waiver")


def compile_contest(c: Any) -> Relation:
    """SPEC §4.2."""
    rows, k = len(c["rows"]), len(c["marks"])
    equations: list[tuple[Form, int]] = [([(a * k + b, 1) for b in range(k)], 1) for a in range(rows)]
    bits = rows * k
    for limit in c["limits"]:
        b, s, sign = c["marks"].index(limit["mark"]), limit["count"], 1 if limit["at"] == "most" else -1
        width = (s if sign == 1 else rows - s).bit_length()
        form = [(a * k + b, 1) for a in range(rows)] + [(bits + t, sign * (1 << t)) for t in range(width)]
        equations.append((form, s))
        bits += width
    counters: list[Form] = [[(a * k + b, 1)] for a in range(rows) for b in range(k - 1)]
    return Relation(bits, counters, equations)


def bits_of(c: Any, marks: list[int]) -> list[int]:
    """SPEC §4.4: the bits that marks determine; refused if the marks break a rule of the contest."""
    k = len(c["marks"])
    require(len(marks) == len(c["rows"]) and all(0 <= mark < k for mark in marks), "V8.J", "marks of another contest")
    bits = [int(marks[a] == b) for a in range(len(marks)) for b in range(k)]
    for limit in c["limits"]:
        count = marks.count(c["marks"].index(limit["mark"]))
        top = limit["count"] if limit["at"] == "most" else len(marks) - limit["count"]
        slack = limit["count"] - count if limit["at"] == "most" else count - limit["count"]
        require(slack >= 0, "V8.J", "a limit is broken")
        bits += [slack >> t & 1 for t in range(top.bit_length())]
    return bits
