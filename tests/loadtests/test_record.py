"""The record of a run: what it holds, and what is wrong with it."""

import zipfile
from pathlib import Path

import pytest

from kiosk.client import Refused
from loadtests.record import download, examine
from tests.loadtests.small_run import SmallRun, quiet, tiny_client, tiny_stage
from voting_core.log.merkle import Frontier, leaf_hash


def test_a_record_is_verified_compared_and_described(ended: SmallRun, tmp_path: Path) -> None:
    path = tmp_path / "record.zip"
    path.write_bytes(ended.record)
    state = ended.stage.hall.state
    facts, problems = examine(path, state.fingerprint, ended.pool, ended.acknowledgements, quiet)
    assert problems == []
    tree = Frontier.empty()
    for raw in ended.entries:
        tree = tree.append(leaf_hash(raw))
    assert (facts.entries, facts.root) == (len(ended.entries), tree.root().hex())
    assert facts.size == len(ended.record)
    assert facts.good
    assert facts.to_json()["ballots"] == facts.ballots > 0


def test_all_problems_of_a_record_are_told(ended: SmallRun, tmp_path: Path) -> None:
    path = tmp_path / "record.zip"
    path.write_bytes(ended.record)
    facts, problems = examine(path, bytes(32), ended.pool[1:], ended.acknowledgements, quiet)
    assert any("the record does not verify" in text for text in problems)
    assert any("a ballot entry that nobody sent" in text for text in problems)
    assert not facts.good


def test_a_record_that_cannot_be_read_says_what_the_verifier_found(ended: SmallRun, tmp_path: Path) -> None:
    path, broken = tmp_path / "record.zip", tmp_path / "broken.zip"
    path.write_bytes(ended.record)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"{", b"[", 1) if name.startswith("log/") else content)
    _, problems = examine(broken, ended.stage.hall.state.fingerprint, ended.pool, ended.acknowledgements, quiet)
    assert any("the record does not verify" in text for text in problems)
    assert any("the record could not be compared" in text for text in problems)


def test_a_record_is_fetched_whole(tmp_path: Path) -> None:
    path = tmp_path / "record.zip"
    with tiny_client(tmp_path / "data") as client:
        with pytest.raises(Refused):
            download(client, path)
        assert not path.exists()
        tiny_stage(client)
        download(client, path)
    assert zipfile.is_zipfile(path)
    assert not path.with_suffix(".part").exists()
