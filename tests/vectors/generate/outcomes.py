"""Rule sets and outcomes, SPEC §13."""

from functools import partial

from ballots.contest import parse_contest
from tally.decide import Attendance, decide
from tally.decide.engine import check_fit
from tally.entries.counting import CountedCell
from tally.entries.sheets import WriteIn
from tally.rules.common import NameOrder
from tally.rules.loader import load_rule_set, rule_set_from_json
from tally.strokes.order import name_key, unknown_characters
from tests.support.seeded_rng import SeededRng
from tests.vectors.generate.common import Json, VectorFile
from tests.vectors.generate.contests import APPROVAL, contest
from tests.vectors.generate.evaluations import TRUST, categorised, contradictions, evaluations

NAMES = (
    "王芳",
    "田富",
    "田大利",
    "欧阳志远",
    "欧阳华",
    "李红香",
    "马文涛",
    "阿依古丽·买买提",
    "李红香（女）",
    "司马光",
    "丁一",
)
UNKNOWN = ("王芳", "李𰻝", "丁一")
RULES = {
    # The words behind the rules decide nothing.
    name: {**load_rule_set(name).to_json(), "articles": []}
    for name in (
        "election_local_2020",
        "election_local_plenum_2020",
        "election_grassroots_1990",
        "discipline_constitution",
        "ticket_2004",
        "resolution_default",
        "resolution_adopt_method_1994",
        "trust_default",
        "trust_categories",
        "annual_assessment",
        "delegate_assessment_bands",
        "excellence_quota",
        "satisfaction_appraisal",
        "questionnaire_default",
    )
}
NOBODY = {"decision": "", "way": "none"}
PEOPLE = {"should_attend": 312, "present": 300, "issued": 300, "returned": 300, "invalid": 0}


def build() -> Json:
    file = VectorFile("§13", "outcomes from counts by adopted rule sets; contests that a rule set does not fit")
    for rules in RULES:
        if RULES[rules]["decides"] == ["election"]:
            _elections(file, rules)
    _presidium(file)
    _ticket_votes(file)
    _motions(file)
    for id, comment, given in evaluations(RULES):
        _add(file, id, comment, given)
    _questionnaires(file)
    _misfits(file)
    _contradictions(file)
    return file.content()


def _given(contest_value: Json, people: Json, counts: Json, rules: Json, sheet: Json = None) -> Json:
    given = {"attendance": people, "contest": contest_value, "counts": counts, "rules": rules}
    return {**_on_paper(given), "sheet": sheet} if sheet else given


def _on_paper(given: Json) -> Json:
    """The same with ballots of paper, on which names can be written."""
    paper = {"capture": "hand", "write_ins": {"decision": "", "way": "paper"}}
    return {**given, "contest": {**given["contest"], **paper}}


def _decide(given: Json) -> Json:
    sheet = given.get("sheet", {"item_invalid": [], "write_ins": []})
    return decide(
        parse_contest(given["contest"]),
        _attendance(given["attendance"]),
        given["counts"],
        rule_set_from_json(given["rules"]),
        item_invalid=sheet["item_invalid"],
        write_ins=[WriteIn(name=line["name"], approve=line["approve"]) for line in sheet["write_ins"]],
        cells=[CountedCell(cell["cell"], cell["ballots"], cell["counts"]) for cell in given.get("cells", [])],
    ).to_log_json()


def _attendance(given: Json) -> Attendance:
    return Attendance(**{**given, "drawn": tuple(given.get("drawn", {}).items())})


def _add(file: VectorFile, id: str, comment: str, given: Json) -> None:
    file.valid(id, comment, "decide", given, {"outcome": _decide(given)})


def _election(rules: str, names: tuple[str, ...], seats: int, **changes: Json) -> Json:
    rows = [{"details": [], "id": f"{number:02}", "name": name} for number, name in enumerate(names)]
    blank = RULES[rules]["blank_mark_means"]
    waived = {"decision": "测试〔2026〕1号", "way": "waived"}
    settings: Json = {"order": _order(names), "write_ins": NOBODY if changes.get("stage") == "runoff" else waived}
    return contest(len(rows), APPROVAL, rows=rows, seats=seats, blank=blank, **{**settings, **changes})


def _order(names: tuple[str, ...]) -> Json:
    """The ids of the rows by strokes; a name of unknown strokes stands last."""
    known = [number for number, name in enumerate(names) if not unknown_characters([name])]
    known.sort(key=lambda number: name_key(names[number], NameOrder.SURNAME_STROKES))
    return [f"{number:02}" for number in (*known, *(n for n in range(len(names)) if n not in known))]


def _counts(approvals: list[int], valid: int = 300) -> Json:
    return [[approve, (valid - approve) // 2, valid - approve - (valid - approve) // 2] for approve in approvals]


def _elections(file: VectorFile, rules: str) -> None:
    clear = [290, 280, 270, 260, 250, 40, 30, 30, 20, 10, 10]
    tie = [290, 180, 40, 180, 20, 180, 0, 0, 10, 0, 0]
    over = [160, 200, 0, 190, 0, 180, 0, 170, 0, 0, 0]
    short = [156, 157, 158, 150, 0, 155, 20, 30, 40, 50, 60]
    level = [180] * 11
    shapes = {
        "clear": (clear, 5),
        "tie": (tie, 3),
        "tie-fits": (tie, 4),
        "passed-over": (over, 3),
        "short": (short, 4),
        "level": (level, 11),
        "all-tied": (level, 7),
    }
    for name, (approvals, seats) in shapes.items():
        for stage in ("formal", "preselection", "runoff") if rules == "election_local_2020" else ("formal",):
            value = _election(rules, NAMES, seats, stage=stage)
            given = _given(value, PEOPLE, _counts(approvals), RULES[rules])
            _add(file, f"{rules}-{name}-{stage}", f"{seats} seats", given)
    value = _election(rules, NAMES, 4, body="alternate_member")
    _add(file, f"{rules}-alternates", "the order of alternates", _given(value, PEOPLE, _counts(tie), RULES[rules]))
    value = _election(rules, UNKNOWN, 3)
    _add(
        file,
        f"{rules}-unknown",
        "a character not in the table",
        _given(value, PEOPLE, _counts([200, 210, 220]), RULES[rules]),
    )
    rng = SeededRng(rules)
    for number in range(3):
        approvals = [150 + byte % 20 for byte in rng.bytes(len(NAMES))]
        given = _given(_election(rules, NAMES, 6 + number), PEOPLE, _counts(approvals), RULES[rules])
        _add(file, f"{rules}-near-{number}", "near the threshold", given)
    for name, change in (("no-quorum", {"present": 150}), ("void", {"issued": 299})):
        given = _given(_election(rules, NAMES, 5), {**PEOPLE, **change}, _counts(clear), RULES[rules])
        _add(file, f"{rules}-{name}", "nothing is decided", given)
    if RULES[rules]["write_in"]["allowed"]:
        sheet = {
            "item_invalid": [1] * 11,
            "write_ins": [
                {"approve": 158, "name": "司马懿"},
                {"approve": 157, "name": "丁𰻝"},
                {"approve": 3, "name": "甲"},
            ],
        }
        counts = _counts(short, 299)
        given = _given(_election(rules, NAMES, 5), PEOPLE, counts, RULES[rules], sheet)
        _add(file, f"{rules}-write-in", "a person written in passes", given)


def _presidium(file: VectorFile) -> None:
    rules = {**RULES["election_local_2020"], "tie_at_last_seat": "presidium_decides"}
    for stage in ("formal", "runoff"):
        value = _election("election_local_2020", NAMES[:4], 2, stage=stage)
        given = _given(value, PEOPLE, _counts([200, 160, 160, 20]), rules)
        _add(file, f"presidium-{stage}", "the presidium decides between the tied", given)


def _ticket_votes(file: VectorFile) -> None:
    rules = RULES["ticket_2004"]
    marks = tuple(rules["options"])
    value = contest(
        3, marks, kind="ticket_vote", stage="", seats=0, purpose="appointment", blank=rules["blank_mark_means"]
    )
    for name, agreed in (("half", (23, 22, 24)), ("all", (45, 44, 43)), ("none", (0, 1, 2))):
        people = {"should_attend": 45, "present": 45, "issued": 45, "returned": 45, "invalid": 0}
        counts = [
            [{"agree": agree, marks[1 if marks[0] == "agree" else 0]: 45 - agree}.get(mark, 0) for mark in marks]
            for agree in agreed
        ]
        _add(file, f"ticket-{name}", "each nominee by itself", _given(value, people, counts, rules))
        _add(
            file, f"ticket-{name}-no-quorum", "too few present", _given(value, {**people, "present": 20}, counts, rules)
        )


def _motions(file: VectorFile) -> None:
    for rules in ("resolution_default", "resolution_adopt_method_1994"):
        blank = RULES[rules]["blank_mark_means"]
        value = contest(1, APPROVAL, kind="motion", stage="", seats=0, body="", blank=blank)
        for approve in (0, 149, 150, 151, 155, 156, 157, 300):
            given = _given(value, PEOPLE, [[approve, 300 - approve, 0]], RULES[rules])
            _add(file, f"{rules}-{approve}", "of 312 who should attend", given)
        given = _given(value, {**PEOPLE, "present": 156}, [[157, 143, 0]], RULES[rules])
        _add(file, f"{rules}-half-present", "exactly half present", given)


def _questionnaires(file: VectorFile) -> None:
    rules = RULES["questionnaire_default"]
    marks = ("chosen", "not_chosen")
    value = contest(3, marks, kind="questionnaire", stage="", seats=0, body="", blank="not_chosen")
    for order in ("by_choices", "as_listed"):
        given = _given(value, PEOPLE, [[9, 291], [20, 280], [9, 291]], {**rules, "option_order": order})
        _add(file, f"questionnaire-{order}", "it decides nothing", given)
    present = {**PEOPLE, "returned": 301, "issued": 301, "invalid": 1}
    counts = [[9, 291], [20, 280], [9, 291]]
    for name, rule in (("issued", "le_issued"), ("present", "le_present")):
        given = _given(value, present, counts, {**rules, "returned_must_be": rule})
        _add(file, f"questionnaire-{name}", "more returned than present", given)


def _misfits(file: VectorFile) -> None:
    election, motion = "election_local_2020", "resolution_default"
    cases = {
        "kind": (RULES[motion], _election(election, NAMES[:2], 1)),
        "marks": (
            RULES["trust_default"],
            contest(1, TRUST[:3], kind="evaluation", stage="", seats=0, blank="", minimum=8),
        ),
        "blank": (RULES[election], {**_election(election, NAMES[:2], 1), "blank": "approve"}),
        "seats": (RULES[election], _election(election, NAMES[:2], 0)),
        "write-ins": (RULES[election], {**_election(election, NAMES[:2], 1), "write_ins": NOBODY}),
        "categories": (
            RULES["trust_categories"],
            contest(1, TRUST, kind="evaluation", stage="", seats=0, body="", blank="弃权", minimum=8),
        ),
        "categories-by-hand": (
            RULES["trust_categories"],
            categorised(1, RULES["trust_categories"], capture="hand"),
        ),
        "rows": (
            RULES[motion],
            contest(2, APPROVAL, kind="motion", stage="", seats=0, blank=RULES[motion]["blank_mark_means"]),
        ),
    }
    for name, (rules, value) in cases.items():
        attempt = partial(check_fit, parse_contest(value), rule_set_from_json(rules))
        file.invalid(f"fit-{name}", "not for this rule set", "fit", {"contest": value, "rules": rules}, "V6.B", attempt)


def _contradictions(file: VectorFile) -> None:
    rules = "election_local_2020"
    value = _election(rules, NAMES[:2], 1)
    good = _given(value, PEOPLE, _counts([200, 90]), RULES[rules])
    _decide(good)
    waived = {**good, "sheet": {"item_invalid": [0, 0], "write_ins": [{"approve": 5, "name": "赵六"}]}}
    file.invalid("numbers-waived", "written in where it is waived", "decide", waived, "V11.D", partial(_decide, waived))
    good = _on_paper(good)
    sheet = {"item_invalid": [0, 0], "write_ins": []}
    line = {"approve": 5, "name": "赵六"}
    for name, comment, changes in (
        ("present", "more present than should attend", {"attendance": {**PEOPLE, "present": 313}}),
        ("nobody", "nobody should attend", {"attendance": {**PEOPLE, "should_attend": 0, "present": 0}}),
        ("invalid", "more invalid than returned", {"attendance": {**PEOPLE, "invalid": 301}}),
        ("sum", "a row that does not add up", {"counts": [[200, 50, 49], good["counts"][1]]}),
        ("approvals", "more approvals than ballots with one seat can hold", {"counts": _counts([200, 101])}),
        ("item-invalid", "unreadable lines that are not missing", {"sheet": {**sheet, "item_invalid": [1, 0]}}),
        ("printed", "a printed candidate written in", {"sheet": {**sheet, "write_ins": [{**line, "name": NAMES[0]}]}}),
        ("written-twice", "one person written in on two lines", {"sheet": {**sheet, "write_ins": [line, line]}}),
        ("written-many", "more written in than valid", {"sheet": {**sheet, "write_ins": [{**line, "approve": 301}]}}),
    ):
        given = {**good, **changes}
        file.invalid(f"numbers-{name}", comment, "decide", given, "V11.D", partial(_decide, given))
    for name, comment, given in contradictions(RULES["trust_categories"]):
        file.invalid(f"numbers-{name}", comment, "decide", given, "V11.D", partial(_decide, given))
    value = {**value, "stage": "runoff", "write_ins": NOBODY}
    given = {**good, "contest": value, "sheet": {**sheet, "write_ins": [line]}}
    file.invalid("numbers-runoff", "written in at a run-off", "decide", given, "V11.D", partial(_decide, given))
    _written_in(file, good)
    few = {**good, "counts": [[150, 1, 149], [100, 1, 199]], "sheet": {**sheet, "write_ins": [line]}}
    file.invalid(
        "numbers-disapprovals", "more written in than disapprove", "decide", few, "V11.D", partial(_decide, few)
    )


def _written_in(file: VectorFile, good: Json) -> None:
    """As many votes written in as the lines that allow one are enough for, and one more."""
    rules = RULES["election_local_2020"]
    value = {**good["contest"], "seats": 2}
    counts = [[250, 4, 46], [290, 3, 7]]
    for requires, most, votes in (
        ("disapprove", "per_disapproved_candidate", 7),
        ("disapprove_or_abstain", "per_disapproved_candidate", 60),
        ("nothing", "per_disapproved_candidate", 7),
        ("disapprove", "seats", 14),
        ("disapprove_or_abstain", "seats", 60),
        ("nothing", "seats", 60),
    ):
        write_in = {**rules["write_in"], "max": most, "requires": requires}
        given = {**good, "contest": value, "counts": counts, "rules": {**rules, "write_in": write_in}}
        for more in (0, 1):
            line = {"approve": votes + more, "name": "赵六"}
            attempt = {**given, "sheet": {"item_invalid": [0, 0], "write_ins": [line]}}
            name, comment = f"written-{requires}-{most}-{votes + more}", "lines that allow a name to be written"
            if more:
                file.invalid(name, comment, "decide", attempt, "V11.D", partial(_decide, attempt))
            else:
                _add(file, name, comment, attempt)
