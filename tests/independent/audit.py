"""A sample of the paper records, SPEC §7.9: assertions, test, size and draw, from the text of the specification."""

import hashlib
import math
from fractions import Fraction

Assertion = tuple[int, bool, int, Fraction, Fraction, Fraction]
"""Row, whether it passed, the row it is over or -1, null share, reported share, share of papers that speak."""


def draw(seed: str, papers: int, n: int) -> int:
    return 1 + int.from_bytes(hashlib.sha256(f"{seed},{n}".encode()).digest(), "big") % papers


def confirmed(null: Fraction, reported: Fraction, for_it: int, against: int, limit: Fraction) -> bool:
    if null == 0:
        return for_it >= 1
    return (reported / null) ** for_it * ((1 - reported) / (1 - null)) ** against >= 1 / limit


def size(null: Fraction, reported: Fraction, speaking: Fraction, limit: Fraction) -> float:
    if null == 0:
        return 1 / float(reported * speaking)
    z_w = math.log(reported / null)
    lost = float(1 - reported) * math.log((1 - reported) / (1 - null)) if reported < 1 else 0.0
    return (math.log(1 / limit) + z_w / 2) / (float(speaking) * (float(reported) * z_w + lost))


def assertions(approvals: list[int], needed: int, papers: int, elected: list[int]) -> list[Assertion] | None:
    """For an election without a tie for the last seat; None where all papers are counted."""
    passed = [row for row, votes in enumerate(approvals) if votes >= needed]
    found: list[Assertion] = []
    for row, votes in enumerate(approvals):
        if row in passed and needed > 0:
            found.append((row, True, -1, Fraction(needed - 1, papers), Fraction(votes, papers), Fraction(1)))
        elif row not in passed and needed <= papers:
            left = Fraction(papers - votes, papers)
            found.append((row, False, -1, Fraction(papers - needed, papers), left, Fraction(1)))
    for a in elected:
        for b in passed:
            if b not in elected:
                if approvals[a] <= approvals[b]:
                    return None
                both = approvals[a] + approvals[b]
                speaking = min(Fraction(1), Fraction(both, papers))
                found.append((a, True, b, Fraction(1, 2), Fraction(approvals[a], both), speaking))
    return found
