"""A county's own rule sets: inheritance, what they say for themselves, and what is refused."""

import pytest

from tally.rules.county import read_county_rules
from tally.rules.election import ElectionRules
from tally.rules.loader import load_rule_set
from tally.rules.ruleset import Certainty
from tally.rules.threshold import Base
from tests.tally.rules.county_files import NAME, TEXT, changed, county_files
from voting_core.errors import InputError

LOCAL = load_rule_set("election_local_2020")


def read(text: str = TEXT, **others: str):
    return read_county_rules(county_files(text, **others), NAME).rules


def refused(text: str = TEXT, **others: str) -> InputError:
    with pytest.raises(InputError) as caught:
        read(text, **others)
    return caught.value


def test_what_a_county_says_and_what_it_inherits():
    rules = read()
    assert rules.id == "qinglan_election"
    assert rules.name_zh == "青岚县选举办法"
    assert rules.adopted_by.startswith("青岚县")
    assert (rules.version, rules.effective_from, rules.effective_until) == ("1", "", "")
    assert isinstance(rules.family, ElectionRules)
    assert isinstance(LOCAL.family, ElectionRules)
    assert rules.family.elect.base is Base.PRESENT
    assert rules.family.preselect == LOCAL.family.preselect
    assert rules.quorum == LOCAL.quorum
    assert read_county_rules(county_files(), NAME).parent == LOCAL


def test_a_changed_parameter_does_not_keep_the_article_that_explained_the_other_value():
    rules = read()
    elect = rules.article("elect")
    assert elect is not None
    assert elect.zh == f"本县规定：{rules.adopted_by}"
    assert elect.certainty is Certainty.PRACTICE
    assert rules.article("quorum") == LOCAL.article("quorum")
    unmarked = read(
        TEXT + 'write_in = { allowed = true, requires = "disapprove", max = "seats", '
        'unmarked = "abstain_item", without_disapprove = "ignore_item" }\n'
    )
    changed_points = {one.point for one in unmarked.articles if one.zh.startswith("本县规定")}
    assert changed_points == {"elect", "write_in_max"}


def test_its_own_article_stands():
    article = 'articles = [{ point = "elect", zh = "《办法》第9条：…", en = "Art. 9", certainty = "quoted" }]\n'
    elect = read(TEXT + article).article("elect")
    assert elect is not None
    assert elect.en == "Art. 9"


def test_a_superseded_parent_does_not_end_what_inherits_from_it():
    text = changed(("election_local_2020", "election_grassroots_1990")) + 'effective_from = "2026"\n'
    assert (read(text).effective_from, read(text).effective_until) == ("2026", "")


def test_it_may_inherit_from_another_file():
    base = TEXT.replace('"present"', '"issued"')
    text = changed(("election_local_2020", "base")).replace(
        'elect = { base = "present", op = "gt", frac = [1, 2] }\n', ""
    )
    rules = read(text, base=base)
    assert isinstance(rules.family, ElectionRules)
    assert rules.family.elect.base is Base.ISSUED
    article = rules.article("elect")
    assert article is not None
    assert article.zh.startswith("本县规定")


def test_a_file_may_stand_alone():
    alone = 'adopted_by = "决议"\nname = { zh = "问卷", en = "Questionnaire" }\ninstrument = "《办法》"\n' + (
        'certainty = "quoted"\nuse_for = []\narticles = []\ndecides = ["questionnaire"]\nblank_mark_means = ""\n'
        'option_order = "as_listed"\nreturned_must_be = "le_issued"\n'
        "retention = { days = 30, destroy_needs_two_roles = true }\n"
    )
    county = read_county_rules(county_files(alone), NAME)
    assert county.parent is None
    assert county.rules.retention.days == 30


@pytest.mark.parametrize("field", ["adopted_by", "name", "instrument"])
def test_what_a_county_must_say_itself(field):
    lines = [line for line in TEXT.splitlines() if not line.startswith(field)]
    assert refused("\n".join(lines)).place == f"{NAME}, field {field}"
    assert refused("\n".join([*lines, f'{field} = " "'])).problem == "is missing or empty"


@pytest.mark.parametrize(
    ("text", "field", "problem", "remedy"),
    [
        (TEXT + 'id = "ticket_2004"', "id", "packaged", "another id"),
        (TEXT + "quorums = 1", "", "has a field quorums", 'Did you mean "quorum"'),
        (TEXT + "zzz = 1", "", "has a field zzz", "Remove"),
        (TEXT + "blank_ballot = 1", "blank_ballot", "is none of", "valid (有效，全部弃权), invalid (无效)"),
        (TEXT + "returned_must_be = 'all'", "returned_must_be", "is none of", "le_issued (发出票数)"),
        (TEXT + "retention = { days = 'x', destroy_needs_two_roles = true }", "retention.days", "integer", "copy"),
        (changed(("[1, 2]", "[3, 2]")), "elect.frac", "is not in 1..2", "frac = [1, 2]"),
        (changed(("[1, 2]", "50")), "elect.frac", "is not a list", "frac = [1, 2]"),
        (changed(("[1, 2]", "[1, 1]")), "elect.frac", "more than everybody", "frac = [1, 2]"),
        (changed(('"gt"', '"more"')), "elect.op", "is none of", "gt is 超过"),
        (changed(('{ base = "present", op = "gt", frac = [1, 2] }', '"过半数"')), "elect", "table", "frac = [1, 2]"),
        (changed(('"present"', '"everybody"')), "elect.base", "is none of", "frac = [1, 2]"),
        (changed(("en =", "english =")), "name.en", "is missing", "copy"),
        (TEXT + 'effective_from = "soon"', "effective_from", "form", "copy"),
        (TEXT + 'effective_from = "2026"\neffective_until = "2025"', "effective_until", "before", "copy"),
        (changed(("election_local_2020", "election_local_2021")), "inherits", "no rule set", "election_local_2020"),
        (changed(("election_local_2020", "zzz")), "inherits", "no rule set", "plenum rules list"),
    ],
)
def test_refusals_name_field_problem_and_remedy(text, field, problem, remedy):
    error = refused(text)
    assert error.place == (f"{NAME}, field {field}" if field else NAME)
    assert problem in error.problem
    assert remedy in error.remedy


def test_circles_are_refused():
    assert (
        "qinglan_election → qinglan_election" in refused(changed(("election_local_2020", "qinglan_election"))).problem
    )
    other = TEXT.replace("election_local_2020", "qinglan_election")
    error = refused(changed(("election_local_2020", "other")), other=other)
    assert error.problem == '"qinglan_election" inherits from itself (qinglan_election → other → qinglan_election)'
    assert error.place == "other.toml, field inherits"


def test_a_parent_that_two_files_claim_to_be():
    error = refused(changed(("election_local_2020", "base")), base=TEXT, b=TEXT + 'id = "base"')
    assert error.problem == '"base" is the id of b.toml and base.toml'


def test_a_parent_that_cannot_be_read_is_named():
    error = refused(changed(("election_local_2020", "base")), base="id = ")
    assert "base.toml cannot be read" in error.problem


def test_a_parent_that_is_wrong_is_named_with_its_field():
    error = refused(changed(("election_local_2020", "base")), base=TEXT.replace("[1, 2]", "[3, 2]"))
    assert error.place == "base.toml, field elect.frac"


def test_long_resolutions_stay_within_the_length_of_an_article():
    rules = read(changed(("青岚县第十四届代表大会第三次会议 2026-12-01", "决" * 400)))
    article = rules.article("elect")
    assert article is not None
    assert len(article.zh) == 400
