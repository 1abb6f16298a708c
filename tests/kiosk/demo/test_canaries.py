"""Secrets of a session with real processes: in what servers and stations have written, down to their output."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.demo.script import WORK, Done
from tests.canaries.search import Canary, archive, found, secret_bytes, secret_marks, secret_text

pytestmark = pytest.mark.slow


def written(done: Done) -> dict[str, bytes]:
    """Every file of the demonstration, by its path; the record unpacked too."""
    files = {str(path.relative_to(done.folder)): path.read_bytes() for path in done.folder.rglob("*") if path.is_file()}
    return {**files, **archive("record", done.record.read_bytes())}


def turns(done: Done) -> list[tuple[Path, dict[str, object]]]:
    """What delegates typed, which is invented in a file here and comes from people in a hall."""
    paths = sorted((done.folder / WORK).glob("turns-*.jsonl"))
    return [(path, json.loads(line)) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def escaped(canaries: list[Canary], files: dict[str, bytes], own: set[str]) -> list[str]:
    return [f"{canary.name} in {place}" for canary, place in found(canaries, files) if place not in own]


def test_cards_are_in_no_file_but_that_of_the_turns(done: Done) -> None:
    codes = {str(turn["card"]) for _, turn in turns(done)}
    files = written(done)
    assert len(codes) > 8
    own = {str(path.relative_to(done.folder)) for path, _ in turns(done)}
    assert escaped([secret_text("card", code[:4], code) for code in codes], files, own) == []
    assert escaped([secret_text("card", code[:4], code) for code in codes], files, set())


def test_marks_of_cast_ballots_are_in_no_other_file(done: Done) -> None:
    contests = {contest.id: contest for contest, *_ in done.decided}
    cast, opened = {}, set()
    for _, turn in turns(done):
        contest = contests[str(turn["contest"])]
        words = turn["marks"]
        assert isinstance(words, dict)
        numbers = tuple(contest.marks.index(words[row.id]) for row in contest.rows)
        if turn.get("challenge"):
            opened.add(numbers)
        else:
            canary = secret_marks("marks cast", f"{contest.id} {numbers}", numbers, words)
            # Six rows are too few for spellings of a byte a row, which occur by chance.
            long = tuple(spelling for spelling in canary.spellings if len(spelling) > 2 * len(numbers))
            cast[numbers] = replace(canary, spellings=long)
    own = {str(path.relative_to(done.folder)) for path, _ in turns(done)}
    assert escaped([canary for numbers, canary in cast.items() if numbers not in opened], written(done), own) == []


def test_passphrases_and_keys_are_in_their_own_files(done: Done) -> None:
    files = written(done)
    passphrases = {place: data.decode() for place, data in files.items() if place.endswith("/passphrase")}
    assert len(passphrases) == 4
    for place, passphrase in passphrases.items():
        assert escaped([secret_text("passphrase", place, passphrase)], files, {place}) == []
    names = [place for place in files if place.startswith(f"{WORK}/kiosks/") and place.count(".") == 1]
    for place in [name for name in names if name.endswith(".json")]:
        seed = bytes.fromhex(json.loads(files[place])["seed"])
        assert escaped([secret_bytes("kiosk key", place, seed)], files, {place}) == []
    place = f"{WORK}/server/service_keys.json"
    for name, value in json.loads(files[place]).items():
        if name.endswith("_seed"):
            assert escaped([secret_bytes("server key", name, bytes.fromhex(value))], files, {place}) == []
    place = f"{WORK}/server/desk.token"
    assert escaped([secret_text("desk token", "desk", files[place].decode())], files, {place}) == []


def test_outputs_of_all_processes_were_among_the_files(done: Done) -> None:
    logs = {place for place in written(done) if place.endswith(".log")}
    expected = {"server", "kiosk-1", "kiosk-2", *(f"scrutineer-{index}" for index in range(1, 5))}
    assert {Path(place).stem for place in logs} == expected
