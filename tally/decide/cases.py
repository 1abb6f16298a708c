"""Files of cases, as in examples/cases: the rule engine alone, without ballots, keys or a log.

* Every case is decided by itself; one that cannot be is an error of its own and stops no other.
* What a case expects is never read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tally.decide import case_elections, case_evaluations, case_motions, case_paper, case_roll, case_votes
from tally.decide.case_answer import Answer
from tally.decide.case_file import Case, read_names
from tally.decide.outcome import Results
from tally.decide.steps import Step
from tally.strokes.table import Strokes
from voting_core.codec import JsonObject, JsonValue
from voting_core.errors import EncodingError, InputError, PlenumError

SCHEMA_VERSION: Final = 1

KINDS: Final[Mapping[str, Callable[[Case], Answer]]] = {
    "quorum": case_votes.quorum,
    "election_tally": case_elections.election_tally,
    "election_ballots": case_elections.election_ballots,
    "runoff": case_elections.runoff,
    "ticket_vote": case_votes.ticket_vote,
    "vote_ballots": case_paper.vote_ballots,
    "recusal": case_votes.recusal,
    "renomination": case_votes.renomination,
    "consultation": case_votes.consultation,
    "min_candidates": case_votes.surplus_rows,
    "threshold_vote": case_motions.motion,
    "motion": case_motions.motion,
    "resolution": case_motions.motion,
    "name_order": case_roll.name_order,
    "roll_base": case_roll.roll_base,
    "roll_status": case_roll.roll_status,
    "succession": case_roll.succession,
    "evaluation_single": case_evaluations.evaluation_single,
    "evaluation_threshold": case_evaluations.evaluation_threshold,
    "evaluation_weighted": case_evaluations.evaluation_weighted,
    "evaluation_score": case_evaluations.evaluation_score,
    "evaluation_band": case_evaluations.evaluation_band,
    "quota_selection": case_evaluations.quota_selection,
    "small_group": case_evaluations.small_group,
}
"""The kinds of cases and what decides them."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The result of one case, or why it has none (`error` is then not empty)."""

    id: str
    title: str
    result: Results
    steps: tuple[Step, ...]
    error: str

    def to_json(self) -> Results:
        """``{"id", "result"}``, or ``{"id", "error"}``."""
        return {"id": self.id, "error": self.error} if self.error else {"id": self.id, "result": self.result}


def parse_cases(data: bytes, place: str) -> JsonObject:
    """Read a file of cases as JSON; what the cases hold is read case by case.

    Raises:
        InputError: not UTF-8, not JSON, an object with a key twice, or no list of cases.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_distinct)
    except (ValueError, RecursionError) as error:
        raise InputError(place, f"is not JSON ({error})", "Save it as JSON in UTF-8") from None
    if not isinstance(document, dict) or not isinstance(document.get("cases"), list):
        raise InputError(place, 'has no list "cases"', "Write an object with schema_version and cases")
    if document.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
        raise InputError(place, "has a schema_version that is not known", f"Use {SCHEMA_VERSION}")
    return document


def run_cases(document: JsonObject, place: str = "file") -> tuple[CaseResult, ...]:
    """Decide every case of a file, in its order.

    Raises:
        InputError: the parts that all cases share (``names``, ``rule_sets``) are not what they must be.
    """
    cases, rule_sets = document["cases"], document.get("rule_sets", {})
    for key in ("rule_sets", "names"):
        if not _is_text(document.get(key, {})):
            raise InputError(place, f'"{key}" holds half a character', "Save the file as JSON in UTF-8 again")
    if not isinstance(rule_sets, dict) or not isinstance(cases, list):
        raise InputError(place, '"rule_sets" is not an object', "Write one object with a rule set for each id")
    try:
        names = read_names(document.get("names", {}))
    except EncodingError as error:
        raise InputError(
            f"{place}, {error.where}", error.problem, "Write strokes and stroke_seq of each name"
        ) from None
    return tuple(_run(value, position, rule_sets, names) for position, value in enumerate(cases, start=1))


def _run(
    value: JsonValue, position: int, rule_sets: JsonObject, names: Mapping[str, Mapping[int, Strokes]]
) -> CaseResult:
    if not _is_text(value):
        return CaseResult(f"case {position}", "", {}, (), "holds half a character (a lone surrogate)")
    fields = value if isinstance(value, dict) else {}
    own_id, title, kind = (fields.get(key, "") for key in ("id", "title", "kind"))
    identity = own_id if isinstance(own_id, str) and own_id else f"case {position}"
    heading = title if isinstance(title, str) else ""
    decide = KINDS.get(kind) if isinstance(kind, str) else None
    if decide is None:
        return CaseResult(identity, heading, {}, (), f"the kind {kind!r} is none of {', '.join(KINDS)}")
    case = Case(id=identity, kind=str(kind), fields=fields, rule_sets=rule_sets, names=names)
    try:
        result, steps = decide(case)
    except PlenumError as error:
        return CaseResult(identity, heading, {}, (), str(error))
    return CaseResult(identity, heading, result, steps, "")


def _is_text(value: JsonValue) -> bool:
    """Whether every text in it can be written: JSON can escape half of a character, and UTF-8 has no form for it."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _distinct(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("an object has a key twice")
    return value
