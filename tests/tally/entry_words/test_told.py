from ballots.screen.words import Said
from tally.entry_words.told import about


def test_a_title_with_braces_stays_as_it_is() -> None:
    assert about(Said("{x}", "{y}"), "“{contest}”", "{contest}").said == ("“{x}”", "{y}")
