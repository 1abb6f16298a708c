"""A county's own rule sets that cannot be used, as `plenum rules` and `plenum simulate` meet them."""

import json
from pathlib import Path

import pytest

from tests.bad_input.plenum import Plenum
from tests.tally.rules.county_files import NAME, TEXT

ELECT = '{ base = "present", op = "gt", frac = [1, 2] }'
WRITTEN = {
    "rules: unknown field": TEXT + "quorums = 1\n",
    "rules: wrong type": TEXT + "blank_ballot = true\n",
    "rules: a fraction over one": TEXT.replace("[1, 2]", "[3, 2]"),
    "rules: a decimal number": TEXT.replace(ELECT, "0.5"),
    "rules: a percentage": TEXT.replace(ELECT, '"50%"'),
    "rules: a threshold in words": TEXT.replace(ELECT, '"过半数"'),
    "rules: nobody adopted them": TEXT.replace("adopted_by", "# adopted_by"),
    "rules: the id of a packaged set": TEXT + 'id = "ticket_2004"\n',
    "rules: no such parent": TEXT.replace("election_local_2020", "election_local_2021"),
    "rules: a circle": TEXT.replace("election_local_2020", "qinglan_election"),
    "rules: not TOML": TEXT + "elect\n",
}


@pytest.fixture
def county(plenum: Plenum) -> Plenum:
    """A session that is decided by the county's own rules."""
    plenum.replace("session.toml", 'roll = "roll.csv"', f'roll = "roll.csv"\nrules = ["{NAME}"]')
    plenum.replace("session.toml", '"election_local_2020"', '"qinglan_election"')
    plenum.write(NAME, TEXT)
    return plenum


def test_the_session_itself_is_good_and_its_record_explains_it(county: Plenum) -> None:
    assert county("rules", "check", county.session / NAME).code == 0
    assert county.simulate().code == 0
    record = county.out / "record.zip"
    assert county("verify", record).code == 0
    (county.session / NAME).unlink()
    adopted = county("rules", "show", "qinglan_election", "--record", record, "--json")
    assert json.loads(adopted.out)["rules"]["adopted_by"].startswith("青岚县")
    # Half of the 12 who are present is 6: seven elect, as it is more than half of those present.
    assert json.loads((county.out / "results.json").read_text(encoding="utf-8"))[0]["outcome"]["votes_needed"] == 7


@pytest.mark.parametrize("case", WRITTEN)
def test_what_is_written_wrongly(county: Plenum, case: str) -> None:
    county.write(NAME, WRITTEN[case])
    county.simulate().refused(case)
    county("rules", "check", county.session / NAME).refused(case)


def test_another_encoding(county: Plenum) -> None:
    county.write(NAME, TEXT.encode("gb18030"))
    county.simulate().refused("rules: another encoding")


def test_two_with_the_same_id(county: Plenum) -> None:
    county.write("b.toml", TEXT + 'id = "qinglan_election"\n')
    county.replace("session.toml", f'["{NAME}"]', f'["{NAME}", "b.toml"]')
    county.simulate().refused("rules: the same id twice")


def test_a_file_that_is_not_there(county: Plenum) -> None:
    county.replace("session.toml", f'["{NAME}"]', '["qinglan.toml"]')
    (county.session / NAME).rename(county.session / "qinglan.tml")
    county.replace("session.toml", '"qinglan_election"', '"election_local_2020"')
    county.simulate().refused("rules: a file that is not there")


def test_not_in_force(county: Plenum) -> None:
    county.write(NAME, TEXT + "effective_from = 2027-01-01\n")
    county.simulate().refused("rules: not in force")


def test_commands_on_what_is_not_there(county: Plenum, tmp_path: Path) -> None:
    county("rules", "show", "ticket_2005").refused("rules: no such set")
    county("rules", "copy", "ticket_2004", county.session / NAME).refused("rules: a copy over a file")
    assert county.simulate().code == 0
    record = county.out / "record.zip"
    county("rules", "show", "ticket_2004", "--record", record).refused("rules: not adopted in a record")
