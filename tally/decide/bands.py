"""Bands of a rate (称职, 基本称职, 不称职): the first band whose threshold holds, boundaries to the higher band."""

from __future__ import annotations

from collections.abc import Sequence

from tally.decide.attendance import contradiction
from tally.rules.evaluation import BandRule


def band_of(favourable: int, denominator: int, bands: Sequence[BandRule]) -> str:
    """The band of a rate; `bands` are from the highest down.

    Raises:
        VerificationError: V11.D, a rate above one or of nothing, or bands that leave it out.
    """
    if not 0 <= favourable <= denominator or denominator == 0:
        contradiction(f"{favourable} of {denominator} is no rate")
    for band in bands:
        if band.ratio is None or band.ratio.holds(favourable, denominator):
            return band.name
    contradiction(f"no band takes {favourable} of {denominator}")
