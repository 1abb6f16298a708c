"""Every type of entry has words in both languages, and they hold nothing that is only for programs."""

import re

import pytest

from kiosk.station_page.entry_words import _PLAIN, _TELLERS, body_of, signer_of, tell, title_of
from tally.entries.entry_type import EntryType
from tests.api.world import World, voting_world
from tests.support.sample_bodies import SAMPLES

LONG = re.compile(r"[0-9a-f]{20,}")


@pytest.fixture(scope="module")
def world() -> World:
    return voting_world()[0]


def test_every_type_has_words_once() -> None:
    assert set(_PLAIN) | set(_TELLERS) == set(EntryType)
    assert not set(_PLAIN) & set(_TELLERS)


@pytest.mark.parametrize("type_", list(EntryType))
def test_an_entry_is_a_sentence(world: World, type_: EntryType) -> None:
    told = tell(world.state, type_, SAMPLES[type_])
    for text in (told.said.zh, told.said.en, *(part for label, value in told.facts for part in (*label, value))):
        assert text
        assert "{" not in text
        assert not LONG.search(text)


def test_titles_with_braces_stay_as_they_are(world: World) -> None:
    assert title_of(world.state, "report") == "工作报告"
    assert title_of(world.state, "{x}") == "{x}"
    told = tell(world.state, EntryType.CONTEST_OPENED, body_of(EntryType.CONTEST_OPENED, {"contest": "no-such"}))
    assert told.said.zh == "“no-such”开始投票"


def test_signers_are_named(world: World) -> None:
    assert signer_of(world.state, world.trustees[0].signing.public).zh == "监票人 监票人1"
    assert signer_of(world.state, world.officials[1].public).en == "official 2"
    assert signer_of(world.state, world.kiosk.public).zh == "终端 1"
    assert signer_of(world.state, world.box.public).zh == "票箱密钥"
    assert signer_of(world.state, world.credential(0, world.contest()).public).zh == "一张表决卡"
    assert signer_of(world.state, bytes(32)).en == "somebody new"
