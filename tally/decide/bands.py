"""Bands of a rate (称职, 基本称职, 不称职): the first band whose threshold holds, boundaries to the higher band."""

from __future__ import annotations

from collections.abc import Sequence

from tally.decide.attendance import contradiction
from tally.rules.evaluation import BandRule


def band_of(favourable: int, denominator: int, bands: Sequence[BandRule]) -> str:
    """The band of a rate; `bands` are from the highest down.

    A rate can be above one: of the answers given, where the indicator has a mark that is no answer, and of the ballots
    issued, where more came back. The outcome must then still be declared, or the session could never be sealed.

    Raises:
        VerificationError: V11.D, bands that leave the rate out.
    """
    for band in bands:
        if band.ratio is None or band.ratio.holds(favourable, denominator):
            return band.name
    contradiction(f"no band takes {favourable} of {denominator}")
