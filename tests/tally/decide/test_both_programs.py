"""Product and independent program decide alike: random contests under random legal rule sets (SPEC §13)."""

from hypothesis import event, given, settings
from hypothesis import strategies as st

from ballots.contest import parse_contest
from tally.decide import Attendance
from tally.decide import decide as product_decide
from tally.decide.engine import check_fit as product_check_fit
from tally.entries.counting import CountedCell
from tally.entries.sheets import WriteIn
from tally.rules.parse import rule_set_from_json
from tests.independent.canon import canonical as written
from tests.independent.contest import check_contest
from tests.independent.errors import Refused
from tests.independent.outcome import check_fit, decide
from tests.support.rule_strategies import contests_with_rules, counted
from voting_core.codec import canonical
from voting_core.errors import VerificationError


@st.composite
def votes(draw):
    contest, rules = draw(contests_with_rules())
    return contest, rules, draw(counted(contest))


def by_product(contest, rules, numbers):
    """The canonical outcome of the product, or the number of the check that refuses."""
    people, sheet, cells, totals = numbers
    drawn = tuple(people["drawn"].items())
    try:
        outcome = product_decide(
            parse_contest(contest),
            Attendance(**{**people, "drawn": drawn}),
            totals,
            rule_set_from_json(rules),
            item_invalid=sheet["item_invalid"],
            write_ins=[WriteIn(line["name"], line["approve"]) for line in sheet["write_ins"]],
            cells=[CountedCell(cell["cell"], cell["ballots"], cell["counts"]) for cell in cells],
        )
    except VerificationError as error:
        return error.code
    return canonical(outcome.to_log_json())


def by_specification(contest, rules, numbers):
    people, sheet, cells, totals = numbers
    try:
        return written(decide(contest, people, totals, rules, sheet, cells))
    except Refused as error:
        return error.code


@settings(max_examples=150, deadline=None)
@given(votes())
def test_outcomes(vote):
    contest, rules, numbers = vote
    expected = by_specification(contest, rules, numbers)

    event(f"{contest['kind']}: {'refused' if isinstance(expected, str) else 'decided'}")
    assert by_product(contest, rules, numbers) == expected


def fits(check, contest, rules):
    try:
        check(contest, rules)
    except (VerificationError, Refused) as error:
        return error.code
    return ""


@settings(max_examples=60, deadline=None)
@given(contests_with_rules(), contests_with_rules())
def test_which_rules_fit(one, other):
    contest, rules = one[0], other[1]
    check_contest(contest)

    for adopted in (one[1], rules):
        expected = fits(check_fit, contest, adopted)
        assert fits(product_check_fit, parse_contest(contest), rule_set_from_json(adopted)) == expected
    assert not fits(check_fit, *one)
