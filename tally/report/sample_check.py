"""A report of a sample that was made elsewhere, checked against the record before it is published.

Everything that follows from the record, the seed and the bundles is worked out anew and must be the same to the byte:
session, contest, root and code of the record, size of the sample, papers drawn, conclusion. What remains the word of
those who sign is how many of the drawn papers spoke for and against each assertion.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, Final

from tally.audit.draw import read_seed
from tally.audit.papers import Totals
from tally.audit.plan import Plan, Sample, plan_of
from tally.replay.expected import outcome_of
from tally.report.facts import provenance
from tally.report.model import Document
from tally.report.render_json import document_json
from tally.report.sample import BUNDLES, DRAWN, LIMIT, PERCENT, SEED, Drawn, sample_document
from tally.state import ContestState, State
from voting_core.errors import InputError

MAX_REPORT_BYTES: Final = 4_000_000
"""A report names every paper that was drawn, in a dozen bytes each; samples are of hundreds."""

MAX_DRAWN: Final = 100_000
"""Larger samples take longer than counting every paper."""

_AGAIN: Final = "Make it again with this record (plenum scan report) and have it signed again"


def check_sample_report(state: State, content: bytes, place: str) -> Document:
    """The report of a sample as it follows from the record, with the counts that the given one (JSON) says.

    Raises:
        InputError: it is none, it is of another session or record, or something in it does not follow.
    """
    if len(content) > MAX_REPORT_BYTES:
        raise InputError(place, f"it is larger than {MAX_REPORT_BYTES} bytes", _remedy(place))
    try:
        given = json.loads(content)
        origin = given["provenance"]
        contest_id, session, root, code = (str(origin[key]) for key in ("contest", "session", "root", "code"))
        limit, sample, drawn = _read(given["sheets"][0]["blocks"])
    except (ValueError, KeyError, IndexError, TypeError, ZeroDivisionError, RecursionError):
        raise InputError(place, "it is no report of a sample", _remedy(place)) from None
    if session != state.session_id.hex():
        raise InputError(place, "it is of another session", "Give the record that it was made with")
    held = state.contests.get(contest_id)
    if held is None:
        raise InputError(place, "the record has no such contest", _AGAIN)
    true = provenance(state, contest_id)
    if (root, code) != (true.root, true.code):
        raise InputError(place, f"its root and code are not those of {contest_id} in this record", _AGAIN)
    made = _plan(state, held, limit, place)
    fits = len(sample.tallies) == len(made.assertions) and sum(drawn.bundles) == made.papers
    if not fits or any(min(pair) < 0 or sum(pair) > sample.drawn for pair in sample.tallies):
        raise InputError(place, "its numbers do not fit the count", _AGAIN)
    told = sample_document(state, contest_id, made, sample, drawn)
    if document_json(told) != content:
        raise InputError(place, "something in it does not follow from the record, the seed and the bundles", _AGAIN)
    return told


def _read(blocks: list[Any]) -> tuple[Fraction, Sample, Drawn]:
    facts = {str(one["label"]): one["value"] for one in blocks[1]["facts"]}
    drawn = facts[DRAWN]
    if not isinstance(drawn, int) or not 0 < drawn <= MAX_DRAWN:
        raise ValueError("so many papers are not drawn")
    bundles = tuple(int(size) for size in str(facts[BUNDLES]).split("、"))
    if min(bundles) < 1:
        raise ValueError("a bundle is empty")
    limit = Fraction(str(facts[LIMIT]).removesuffix("%")) / PERCENT
    if not 0 < limit < 1:
        raise ValueError("this is no risk limit")
    tallies = tuple((_count(row[2]), _count(row[3])) for row in blocks[2]["rows"])
    return limit, Sample(drawn, tallies), Drawn(read_seed(str(facts[SEED])), bundles)


def _count(cell: object) -> int:
    if not isinstance(cell, int):
        raise TypeError("a count is a number")
    return cell


def _plan(state: State, held: ContestState, limit: Fraction, place: str) -> Plan:
    if held.is_by_hand or not held.has_counts or not held.is_decidable:
        raise InputError(place, f"{held.id} has no decrypted count", "Give a record made after the count")
    made = plan_of(held.contest, Totals(held.cast, held.totals), outcome_of(state, held.id), limit)
    if made.counts_all:
        raise InputError(place, f"all papers of {held.id} are counted, and no sample of them is drawn", _AGAIN)
    return made


def _remedy(place: str) -> str:
    return f"Give the JSON file that plenum scan report wrote, or its folder, in place of {place}"
