"""Shown values are printed as they must be: fractions near a threshold, two decimals elsewhere."""

from fractions import Fraction

from tally.decide.rates import Rate
from tally.publication.shown import Publication, Reason, ShownRate, ShownRow, Withheld
from tally.rules.evaluation import Scope
from tally.rules.threshold import Base


def test_rates():
    rate = Rate("r", ("不信任",), Base.VALID, 90, 270)

    assert ShownRate(rate, near=True).text == "90/270"
    assert ShownRate(rate, near=False).text == "33.33%"
    assert ShownRate(Rate("r", ("不信任",), Base.ANSWERED, 0, 0), near=True).text is None


def test_the_index():
    def row(score):
        return ShownRow("r1", (), score, (), "", (), ())

    assert (row(Fraction(1, 3)).index, row(None).index) == ("0.33", None)


def test_what_is_kept_back_has_a_reason():
    one = Withheld("index", Reason.SCOPE)
    publication = Publication(Scope.PUBLIC, (), None, (one,))

    assert publication.hides("index") is one
    assert publication.hides("flags") is None
