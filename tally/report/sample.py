"""纸票抽查报告单: what was drawn, from which pile, by which seed, and whether papers confirm the outcome (SPEC §7.9).

Who has the record draws the same papers from the same seed; what the papers say is the word of those who sign. The log
has no entry for it, because no rule of replay could look at a pile of papers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ballots.contest import Contest
from tally.audit.bravo import is_confirmed
from tally.audit.draw import draw, places
from tally.audit.plan import Plan, Sample
from tally.report.facts import provenance, session_facts
from tally.report.model import (
    NONE,
    Cell,
    Column,
    ColumnKind,
    Document,
    DocumentKind,
    Facts,
    Notes,
    Sheet,
    SignatureLine,
    Statement,
    Table,
)
from tally.state import State

CONFIRMED: Final = "抽查已在风险限度内确认结果。"
NOT_CONFIRMED: Final = "抽查还不足以确认结果：继续抽取，或全部清点。"
SIGNATURES: Final = (SignatureLine("总监票人"), SignatureLine("监票人", 2))
PERCENT: Final = 100

BUNDLES: Final = "各捆张数"
SEED: Final = "种子（当众掷骰子）"
LIMIT: Final = "风险限度"
DRAWN: Final = "实际抽查"
"""Labels by which a report that was written is read again (:mod:`tally.report.sample_check`)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The draw: the seed thrown in public, and the papers of each bundle of the pile in its order."""

    seed: str
    bundles: tuple[int, ...]


def sample_document(state: State, contest_id: str, plan: Plan, sample: Sample, drawn: Drawn) -> Document:
    """The report of a sample, to be signed by hand and published beside the record."""
    session, held = session_facts(state), state.contest(contest_id)
    return Document(
        kind=DocumentKind.SAMPLE,
        heading=session.title,
        day=session.day,
        occasion=session.occasion,
        sheets=(_sheet(held.contest, plan, sample, drawn),),
        provenance=provenance(state, contest_id),
        simulated=session.simulated,
    )


def _sheet(contest: Contest, plan: Plan, sample: Sample, drawn: Drawn) -> Sheet:
    open_ones = sample.open_assertions(plan)
    facts: tuple[tuple[str, Cell], ...] = (
        ("纸票张数", plan.papers),
        (BUNDLES, "、".join(map(str, drawn.bundles))),
        (SEED, drawn.seed),
        (LIMIT, f"{plan.limit * PERCENT}%"),
        ("计划抽查", plan.size),
        (DRAWN, sample.drawn),
    )
    columns = (
        Column("序号", ColumnKind.ORDINAL),
        Column("需要确认的判断", ColumnKind.PROSE),
        Column("支持", ColumnKind.NUMBER),
        Column("反对", ColumnKind.NUMBER),
        Column("是否确认", ColumnKind.REMARK),
    )
    return Sheet(
        DocumentKind.SAMPLE.zh,
        (
            Statement(contest.title.zh, strong=True),
            Facts(facts),
            Table(columns, tuple(_rows(contest, plan, sample))),
            Statement(NOT_CONFIRMED if open_ones else CONFIRMED, strong=True),
            Notes((f"抽中的纸票（捆-张）：{_places(plan, sample, drawn)}。", *_NOTES)),
        ),
        SIGNATURES,
    )


_NOTES: Final = (
    "任何人用会议记录、种子和各捆张数都能重算抽中哪几张（plenum scan draw）；支持和反对的张数由签名的监票人负责。",
    "抽查确认谁当选、是否通过，不确认确切票数。结果错了而抽查仍予确认的可能不超过风险限度。",
)


def _rows(contest: Contest, plan: Plan, sample: Sample) -> Sequence[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    pairs = zip(plan.assertions, sample.tallies, strict=True)
    for number, (assertion, (for_it, against)) in enumerate(pairs, 1):
        name = contest.rows[assertion.row].name
        if assertion.over >= 0:
            said = f"{name} 得票多于 {contest.rows[assertion.over].name}"
        else:
            said = f"{name} {'达到' if assertion.reached else '未达到'}所需票数"
        confirmed = is_confirmed(assertion.poll, for_it, against, plan.limit)
        rows.append((number, said, for_it, against, "确认" if confirmed else "未确认"))
    return rows


def _places(plan: Plan, sample: Sample, drawn: Drawn) -> str:
    found = places(draw(drawn.seed, plan.papers, sample.drawn), drawn.bundles)
    texts = [f"{one.bundle}-{one.number}{f'×{one.times}' if one.times > 1 else ''}" for one in found]
    return "、".join(texts) or NONE
