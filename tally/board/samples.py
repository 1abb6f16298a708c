"""What the page of a result says of a sample of its papers."""

from __future__ import annotations

from dataclasses import dataclass

from ballots.screen.words import Said
from tally.report.model import Document, Facts, Statement
from tally.report.sample import BUNDLES, CONFIRMED, DRAWN, LIMIT, SEED


@dataclass(frozen=True, slots=True)
class SampleTold:
    """The conclusion of a sample, and what anybody needs to draw the same papers again."""

    conclusion: Said
    figures: Said


def sample_told(document: Document) -> SampleTold:
    """Tell of the report of a sample."""
    (sheet,) = document.sheets
    facts = {label: value for block in sheet.blocks if isinstance(block, Facts) for label, value in block.items}
    said = Statement(CONFIRMED, strong=True) in sheet.blocks
    conclusion = (
        Said("抽查已在风险限度内确认结果", "The sample confirms the outcome at the risk limit")
        if said
        else Said("抽查还不足以确认结果", "The sample does not confirm the outcome yet")
    )
    values = {"drawn": facts[DRAWN], "limit": facts[LIMIT], "seed": facts[SEED], "bundles": facts[BUNDLES]}
    figures = Said(
        "抽查 {drawn} 张，风险限度 {limit}，种子 {seed}，各捆 {bundles} 张",
        "{drawn} papers drawn, risk limit {limit}, seed {seed}, bundles of {bundles}",
    )
    return SampleTold(conclusion, figures.filled(**values))
