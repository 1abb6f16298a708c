"""Rule sets and outcomes, SPEC §13. The table of strokes is data that the specification names."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from .errors import require
from .evaluation import evaluation, holds
from .sealing import sha256

TABLE = Path(__file__).resolve().parent.parent.parent / "tally" / "strokes" / "table.txt"
TABLE_HASH = "c1581cae9c7ad4b4edd58bce5c1c08017f44e6aaa3024be42fc8d96236e62f1c"
_COMPOUNDS = (
    "欧阳诸葛司马上官皇甫尉迟公孙令狐长孙慕容宇文司徒夏侯东方轩辕端木独孤南宫闻人申屠太史澹台公冶宗政濮阳"
    "淳于单于鲜于钟离赫连呼延拓跋司空仲孙公羊第五百里东郭西门南郭梁丘左丘谷梁段干亓官司寇太叔公西漆雕壤驷"
    "公良乐正宰父夹谷巫马颛孙子车东野北宫完颜耶律纳兰万俟闾丘羊舌微生南门东门东里北堂公输公仪公户叔孙毌丘"
    "綦毋主父相里少正即墨第一第二第三第四第六第七第八哥舒贺兰贺若贺拔尔朱斛律斛斯达奚乌孙沮渠屈突库狄叱干"
    "秃发乞伏富察"
)
COMPOUNDS = {_COMPOUNDS[i : i + 2] for i in range(0, len(_COMPOUNDS), 2)}
LEFT_OUT = re.compile("[\\s\u00b7\u2022\u2027\u2219\u30fb\uff0e]|（[^（）]*）|\\([^()]*\\)")
MARKS = ["abstain", "approve", "disapprove"]

Key = list[tuple[int, str, int]]


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[tuple[int, str, int], bool]]:
    """Character to its key, and whether it is doubtful."""
    data = TABLE.read_bytes()
    require(sha256(data).hex() == TABLE_HASH, "", "another table of strokes than that of SPEC §13.6")
    out = {}
    for rank, line in enumerate(data.decode("utf-8").splitlines(), 1):
        character, count, classes, mark = line.split(" ")
        out[character] = ((int(count), "" if classes == "-" else classes, rank), mark == "~")
    return out


def name_key(name: str, mode: str) -> tuple[Key | None, bool]:
    """The key of a name, None if it has none, and whether it has a doubtful character."""
    plain = LEFT_OUT.sub("", name)
    found = [table().get(character) for character in plain]
    doubtful = any(item is None or item[1] for item in found)
    if not found or None in found:
        return None, True if found else doubtful
    key = [item[0] for item in found if item is not None]
    surname = 2 if plain[:2] in COMPOUNDS else 1
    if mode == "surname_strokes" and len(key) == surname + 1:
        key.insert(surname, (0, "", 0))
    return key, doubtful


def places(contest: Any, written: list[tuple[str, str]], mode: str) -> tuple[dict[str, int], set[str]]:
    """The place of each person, and the ids of those written in whose names have a doubtful character."""
    names = {row["id"]: row["name"] for row in contest["rows"]}
    keys = [name_key(names[identity], mode)[0] for identity in contest["order"]]
    ranks: dict[str, Any] = {identity: (i, 0, [], 0) for i, identity in enumerate(contest["order"])}
    doubtful = set()
    for number, (identity, name) in enumerate(written):
        key, doubt = name_key(name, mode)
        if doubt:
            doubtful.add(identity)
        if key is None:
            ranks[identity] = (len(keys), 1, [], number)
        else:
            last = max((i for i, own in enumerate(keys) if own is not None and own <= key), default=-1)
            ranks[identity] = (last, 1, key, number)
    order = sorted(ranks, key=lambda identity: ranks[identity])
    return {identity: place for place, identity in enumerate(order)}, doubtful


def needed(n: int, rule: Any) -> int:
    a, b = rule["frac"]
    return n * a // b + 1 if rule["op"] == "gt" else max(1, -(-n * a // b))


def check_fit(contest: Any, rules: Any) -> None:
    """SPEC §13.3."""
    marks = rules["scale"]["marks"] if "scale" in rules else rules.get("options", MARKS)
    marks = ["chosen", "not_chosen"] if "option_order" in rules else marks
    require(contest["kind"] in rules["decides"], "V6.B", "the rule set does not decide this kind")
    way, allowed = contest["write_ins"]["way"], rules.get("write_in", {"allowed": False})["allowed"]
    by_hand = contest["capture"] == "hand"
    ways = ("paper" if by_hand else "slips", "waived") if allowed and contest["stage"] != "runoff" else ("none",)
    require(way in ways, "V6.B", "how persons are written in")
    require(sorted(contest["marks"]) == sorted(marks), "V6.B", "the marks are not those of the rule set")
    require(contest["blank"] == rules["blank_mark_means"], "V6.B", "an untouched row")
    if rules.get("categories"):
        ids = sorted(item["id"] for item in rules["categories"])
        require(sorted(contest["classes"]) == ids and not by_hand, "V6.B", "the classes are not the categories")
    if "scale" in rules:
        parts, rates = len(rules["categories"]), len(rules["indicators"])
        numbers = len(contest["rows"]) * (rates * (1 + parts) + len(rules["flags"]) + 2 * parts)
        require(numbers <= 4000, "V6.B", "an outcome that does not fit into an entry")
    require(contest["kind"] != "election" or contest["seats"] > 0, "V6.B", "an election without a seat")
    require(contest["kind"] != "motion" or len(contest["rows"]) == 1, "V6.B", "a motion has one row")


def decide(contest: Any, people: Any, counts: Any, rules: Any, sheet: Any = None, cells: Any = ()) -> Any:
    """The outcome object. `people` are should_attend, present, issued, returned, invalid, and drawn by class."""
    numbers = {**people, "valid": people["returned"] - people["invalid"]}
    require(numbers["should_attend"] > 0 and numbers["present"] <= numbers["should_attend"], "V11.D", "attendance")
    require(numbers["valid"] >= 0, "V11.D", "more invalid than returned")
    lost = sheet["item_invalid"] if sheet else [0] * len(counts)
    for row, unreadable in zip(counts, lost, strict=True):
        require(sum(row) + unreadable == numbers["valid"], "V11.D", "a row does not add up to the valid ballots")
    quorum = rules.get("quorum")
    can_hold = quorum is None or holds(numbers["present"], numbers[quorum["base"]], quorum)
    most = numbers["issued" if rules["returned_must_be"] == "le_issued" else "present"]
    in_order = numbers["returned"] <= most and numbers.get("over_issued", 0) == 0
    result = "no_quorum" if not can_hold else "decided" if in_order else "void_revote"
    kind = "evaluation" if contest["kind"] == "assessment" else contest["kind"]
    head = {"ballots_in_order": in_order, "can_hold": can_hold, "kind": kind, "outcome": result}
    by_mark = [dict(zip(contest["marks"], row, strict=True)) for row in counts]
    family = {"election": _election, "ticket_vote": _ticket, "motion": _motion, "evaluation": evaluation}
    family |= {"questionnaire": _questionnaire}
    further = cells if kind == "evaluation" else sheet["write_ins"] if sheet else []
    return {**head, **family[kind](contest, numbers, by_mark, rules, result == "decided", further)}


def _election(contest: Any, numbers: dict[str, int], rows: Any, rules: Any, decided: bool, written: Any) -> Any:
    votes = {row["id"]: marks["approve"] for row, marks in zip(contest["rows"], rows, strict=True)}
    names = [row["id"] for row in contest["rows"]]
    votes |= {"write_in/" + line["name"]: line["approve"] for line in written}
    others = [("write_in/" + line["name"], line["name"]) for line in written]
    names += [identity for identity, _ in others]
    seats, place = contest["seats"], places(contest, others, rules["name_order"])
    require(len(votes) == len(names), "V11.D", "a person twice")
    if written:
        printed = {row["name"] for row in contest["rows"]}
        allowed = contest["write_ins"]["way"] in ("paper", "slips")
        require(allowed and not printed & {line["name"] for line in written}, "V11.D", "who may be written in")
        together = sum(line["approve"] for line in written)
        who, opposed = rules["write_in"]["requires"], sum(marks["disapprove"] for marks in rows)
        opposed += sum(marks["abstain"] for marks in rows) if who == "disapprove_or_abstain" else 0
        freely = rules["write_in"]["max"] == "seats"
        fits = together <= opposed * (seats if freely else 1) or (freely and who == "nothing")
        require(fits and max(line["approve"] for line in written) <= numbers["valid"], "V11.D", "too many written in")
    require(sum(votes.values()) <= numbers["valid"] * seats, "V11.D", "more approvals than ballots can hold")
    rule = rules["preselect"] if contest["stage"] == "preselection" else rules["elect"]
    plurality = contest["stage"] == "runoff" and rules["runoff_wins_by"] == "plurality"
    least = 1 if plurality else needed(numbers[rule["base"]], rule)
    passed = [i for i in votes if votes[i] >= least and decided]
    passed.sort(key=lambda i: (-votes[i], place[0][i]))
    elected, tied, over = passed, [], []
    if len(passed) > seats:
        cut = votes[passed[seats - 1]]
        elected = [i for i in passed if votes[i] > cut]
        level = [i for i in passed if votes[i] == cut]
        over = [i for i in passed if votes[i] < cut]
        if len(elected) + len(level) == seats:
            elected += level
        else:
            tied = level
    order = rules["order_alternates" if contest["body"] == "alternate_member" else "order_members"]
    rank = {identity: number for number, identity in enumerate(contest["order"])}
    announced = {
        "stroke": sorted(elected, key=lambda i: place[0][i]),
        "votes_then_stroke": elected,
        "superior_approved_order": sorted(elected, key=lambda i: (rank.get(i, len(rank)), place[0][i])),
    }[order]
    empty = 0 if tied else seats - len(elected)
    checks = []
    if any(i.startswith("write_in/") for i in (*elected, *tied, *over)):
        checks += ["eligibility_of_written_in_person", "same_name_identity"]
    checks += ["stroke_order"] if place[1] & {*elected, *tied} else []
    by_presidium = rules["tie_at_last_seat"] == "presidium_decides" or contest["stage"] == "runoff"
    checks += ["tie_decided_by_presidium"] if tied and by_presidium else []
    return {
        "announced": announced,
        "elected_by_votes": elected,
        "manual_checks": checks,
        "next_options": rules["shortfall"]["options"] if empty and decided else [],
        "passed_but_not_elected": over,
        "runoff_candidates": tied,
        "runoff_seats": seats - len(elected) if tied else 0,
        "shortfall": empty,
        "votes_needed": least,
    }


def _ticket(contest: Any, numbers: dict[str, int], rows: Any, rules: Any, decided: bool, _: Any) -> Any:
    least = needed(numbers[rules["pass"]["base"]], rules["pass"])
    passes = {row["id"]: marks["agree"] >= least for row, marks in zip(contest["rows"], rows, strict=True) if decided}
    passed, failed = ([i for i in passes if passes[i] is wanted] for wanted in (True, False))
    return {"failed": failed, "manual_checks": [], "passed": passed, "votes_needed": least}


def _questionnaire(contest: Any, _: Any, rows: Any, rules: Any, decided: bool, __: Any) -> Any:
    pairs = zip(contest["rows"], rows, strict=True)
    out = [{"chosen": marks["chosen"], "row": row["id"]} for row, marks in pairs if decided]
    if rules["option_order"] == "by_choices":
        out.sort(key=lambda item: -item["chosen"])
    return {"manual_checks": [], "options": out}


def _motion(_: Any, numbers: dict[str, int], rows: Any, rules: Any, decided: bool, __: Any) -> Any:
    base, approve = numbers[rules["pass"]["base"]], rows[0]["approve"]
    least, half = needed(base, rules["pass"]), 2 * approve == base
    checks = ["exact_half"] if half and decided else []
    return {"exact_half": half, "manual_checks": checks, "passed": decided and approve >= least, "votes_needed": least}
