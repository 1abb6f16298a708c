from ballots.contest import Title
from ballots.screen.words import Language, Said, in_language, read_language, times


def test_a_sentence_is_said_in_the_language_of_the_screen() -> None:
    said = Said("签到", "Check in")
    assert [in_language(said, language) for language in Language] == ["签到", "Check in"]


def test_a_title_without_english_keeps_its_own_words() -> None:
    assert in_language(Title(zh="县委委员", en=""), Language.EN) == "县委委员"


def test_places_are_filled_in_both_languages() -> None:
    assert Said("还剩 {n} 张", "{n} left").filled(n=3) == ("还剩 3 张", "3 left")


def test_languages_are_read_and_switched() -> None:
    assert read_language("en") is Language.EN
    assert read_language("fr") is None
    assert read_language(None) is None
    assert (Language.ZH.other, Language.EN.other) == (Language.EN, Language.ZH)
    assert Language.ZH.tag == "zh-Hans"


def test_a_limit_of_one_is_once() -> None:
    assert [times(number) for number in (1, 2)] == ["once", "2 times"]
