"""Outcomes of evaluations and assessments, SPEC §13.9."""

from fractions import Fraction
from typing import Any

from .errors import require


def holds(x: int, n: int, rule: Any) -> bool:
    """SPEC §13.2."""
    left, right = x * rule["frac"][1], n * rule["frac"][0]
    return {"gt": left > right, "ge": left >= right, "lt": left < right}[rule["op"]]


def evaluation(contest: Any, numbers: Any, rows: Any, rules: Any, decided: bool, cells: Any) -> Any:
    """The keys after the head of the outcome. `numbers` are people and ballots, `drawn` by class among them."""
    out = []
    for place, (row, marks) in enumerate(zip(contest["rows"], rows, strict=True)):
        flags = [
            {**rate, "tripped": rate["denominator"] > 0 and holds(rate["numerator"], rate["denominator"], rule)}
            for rule, rate in zip(rules["flags"], _rates(marks, numbers, rules, "flags"), strict=True)
        ]
        one = {"flags": flags, "index": _index(marks, rules), "rates": _rates(marks, numbers, rules, "indicators")}
        one["row"] = row["id"]
        if rules["categories"]:
            one["combined"] = _combined(contest, marks, numbers, rules, [_cell(contest, c, place) for c in cells])
        if "bands" in rules:
            rate = next(rate for rate in one["rates"] if rate["id"] == rules["bands"]["indicator"])
            one["band"] = _band(rate, rules["bands"]["list"])
        out.append(one)
    selection = _selection(contest, out, numbers, rules, decided) if "selection" in rules else None
    listed = out if decided else []
    parts = [part for one in listed for part in one.get("combined", {"parts": []})["parts"]]
    checks = {
        "small_cell": numbers["valid"] < rules["smallest_cell"],
        "empty_category": any(part["weight"] > 0 and part["weighing"] == 0 for part in parts),
        "verification_by_organisation": any(flag["tripped"] for one in listed for flag in one["flags"]),
        "undecided_selection": bool(selection) and selection["undecided_seats"] > 0,
    }
    result: dict[str, Any] = {"manual_checks": [check for check in checks if checks[check]], "rows": listed}
    return {**result, "selection": selection} if selection else result


def _rates(marks: dict[str, int], numbers: Any, rules: Any, key: str) -> list[dict[str, Any]]:
    base = rules["denominator"]
    answered = sum(count for mark, count in marks.items() if mark not in rules["not_answered"])
    under = answered if base == "answered" else numbers[base]
    return [
        {"base": base, "denominator": under, "id": item["id"], "numerator": sum(marks[mark] for mark in item["marks"])}
        for item in rules[key]
    ]


def _index(marks: dict[str, int], rules: Any) -> dict[str, int]:
    weights = {item["mark"]: item["weight"] for item in rules["weights"]}
    weighted = sum(weights[mark] * marks[mark] for mark in weights)
    return {"weighing": sum(marks[mark] for mark in weights), "weighted": weighted}


def _cell(contest: Any, cell: Any, place: int) -> tuple[str, int, dict[str, int]]:
    return cell["cell"], cell["ballots"], dict(zip(contest["marks"], cell["counts"][place], strict=True))


def _combined(contest: Any, marks: Any, numbers: Any, rules: Any, cells: Any) -> Any:
    names = [name for name, _, _ in cells]
    inside: dict[str, list[str]] = {name: [] for name in names}
    merges = {cell["id"]: cell["merge_into"] for cell in contest["cells"]}
    for cell in contest["cells"]:
        into = cell["id"]
        while into not in inside:
            require(bool(merges.get(into)), "V11.D", "a cell that is counted nowhere")
            into = merges[into]
        inside[into] += cell["classes"]
    for mark, count in marks.items():
        require(sum(own[mark] for _, _, own in cells) == count, "V11.D", "the cells do not add up")
    weight = {item["id"]: item["weight"] for item in rules["categories"]}
    parts = []
    for name, ballots, own in cells:
        held = inside[name]
        people = {"issued": sum(numbers["drawn"][x] for x in held), "returned": ballots, "valid": ballots}
        rates = _rates(own, people, rules, "indicators") if len(held) == 1 else []
        total = sum(weight[category] for category in held)
        parts.append({"categories": held, "cell": name, "rates": rates, "weight": total, **_index(own, rules)})
    answered = sum(part["weight"] for part in parts if part["weighing"])
    share = {
        "refuse": 100 if answered == 100 else 0,
        "renormalise": answered,
        "zero": 100 if answered else 0,
    }[rules["empty_category"]]
    return {"parts": parts, "share": share}


def _band(rate: Any, bands: Any) -> str:
    if not rate["denominator"]:
        return ""
    return str(next(b["name"] for b in bands if "otherwise" in b or holds(rate["numerator"], rate["denominator"], b)))


def _selection(contest: Any, rows: Any, numbers: Any, rules: Any, decided: bool) -> Any:
    rule = rules["selection"]
    quota = len(rows) * rule["quota"][0] // rule["quota"][1]
    met = "turnout" not in rule or holds(numbers["returned"], numbers[rule["turnout"]["base"]], rule["turnout"])
    result = {"quota": quota, "selected": [], "turnout_met": met, "undecided": [], "undecided_seats": 0}
    value: dict[str, Fraction] = {}
    for row in rows:
        rate = next(rate for rate in row["rates"] if rate["id"] == rule["indicator"])
        over, under = rate["numerator"], rate["denominator"]
        if over and under and ("least" not in rule or holds(over, under, rule["least"])):
            value[row["row"]] = Fraction(over, under)
    ranked = sorted(value, key=lambda i: (-value[i], contest["order"].index(i)))
    if not quota or not met or not decided:
        return result
    if len(ranked) <= quota:
        return {**result, "selected": ranked}
    cut = value[ranked[quota - 1]]
    if value[ranked[quota]] < cut:
        return {**result, "selected": ranked[:quota]}
    above = [i for i in ranked if value[i] > cut]
    level = [i for i in ranked if value[i] == cut]
    return {**result, "selected": above, "undecided": level, "undecided_seats": quota - len(above)}
