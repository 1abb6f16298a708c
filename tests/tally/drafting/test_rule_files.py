"""The county's own rule sets in a draft: the checker judges a text before it is saved."""

import pytest

from tally.drafting.rule_files import check_rules, new_rules, remove_rules, rule_files, rule_text, save_rules
from tally.drafting.survey import survey
from tests.tally.drafting.folders import draft
from tests.tally.rules.county_files import TEXT
from voting_core.errors import InputError

NAME = "qinglan-election.toml"


def test_a_new_set_is_named_in_the_session_and_can_be_used() -> None:
    files = save_rules(draft(), NAME, TEXT.replace("\n", "\r\n"))
    assert rule_files(files) == (NAME,)
    assert rule_text(files, NAME) == TEXT
    found = survey(files)
    assert found.ready
    assert found.plan is not None
    assert "qinglan_election" in found.plan.rule_sets


def test_the_text_of_a_new_set_waits_for_who_adopted_it() -> None:
    name, text = new_rules(draft(), "election_local_2020")
    assert name == "county-election-local-2020.toml"
    found = check_rules(draft(), name, text)
    assert [(one.place, one.problem) for one in found.problems] == [
        (f"{name}, field adopted_by", "is missing or empty")
    ]
    with pytest.raises(InputError, match="adopted_by"):
        save_rules(draft(), name, text)
    done = check_rules(draft(), name, text.replace('adopted_by = ""', 'adopted_by = "县委〔2026〕1号"'))
    assert done.county is not None
    assert done.county.parent is not None
    assert (done.problems, done.consequences) == ((), ())


def test_what_follows_elsewhere_is_told_before_it_is_saved() -> None:
    session = draft()["session.toml"].decode().replace('"election_local_2020"', '"qinglan_election"')
    files = save_rules(draft(session_toml=session), NAME, TEXT)
    assert survey(files).ready
    other = check_rules(files, NAME, TEXT.replace("inherits", 'id = "other"\ninherits', 1))
    assert other.problems == ()
    assert [one.problem for one in other.consequences] == ['"qinglan_election" is not known']
    gone = remove_rules(files, NAME)
    assert NAME not in gone
    assert b"rules" not in gone["session.toml"].replace(b"rule_set", b"")
    assert not survey(gone).ready


@pytest.mark.parametrize("name", ["", "session.toml", "../x.toml", "rules.csv", "a/b.toml"])
def test_a_file_of_another_name_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="no name of a rule file"):
        check_rules(draft(), name, TEXT)


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="not in the draft"):
        rule_text(draft(), NAME)
    with pytest.raises(InputError, match="not in the draft"):
        remove_rules(draft(), "session.toml")
    with pytest.raises(InputError, match="is not known"):
        new_rules(draft(), "nothing")
