import io
from collections import Counter
from pathlib import Path

import pytest

from kiosk.client import Refused
from loadtests.pool import CAST, CHALLENGED
from loadtests.stage import accepted
from tally.verify import verify_record
from tests.loadtests.small_run import TINY, SmallRun, quiet, send_all, tiny_client, tiny_stage
from voting_core.errors import PlenumError
from voting_core.log.checkpoint import parse_signed_checkpoint


def test_a_session_comes_to_its_end(ended: SmallRun) -> None:
    state = ended.stage.hall.state
    assert state.sealed
    assert len(state.kiosks) == TINY.kiosks
    for contest in ended.stage.contests:
        assert state.contest(contest.id).cast == TINY.delegates
        assert state.contest(contest.id).challenged == TINY.delegates // TINY.challenge_every


def test_its_record_verifies_with_every_scrutineer_as_witness(ended: SmallRun) -> None:
    report = verify_record(io.BytesIO(ended.record))
    report.require_clean()
    assert report.sealed
    assert report.simulated
    assert report.entries == len(ended.entries)


def test_promises_name_a_cosigned_checkpoint(ended: SmallRun) -> None:
    sizes = {item.promise["checkpoint"]["size"] for item in ended.acknowledgements}
    assert sizes != {0}
    assert all(0 < size < len(ended.entries) for size in sizes)


def test_kiosks_count_a_ballot_once_however_often_it_was_sent(ended: SmallRun) -> None:
    assert len(ended.acknowledgements) > len(ended.pool)
    sent = accepted(ended.pool, ended.acknowledgements)
    assert sum(sent.values()) == len(ended.pool)
    per_type = Counter(ballot.type for ballot in ended.pool)
    assert sum(sent[kiosk, "motion", CAST] for kiosk in (1, 2)) == TINY.delegates
    assert per_type[CHALLENGED] == sum(number for (_, _, type_), number in sent.items() if type_ == CHALLENGED)


def test_what_was_not_promised_is_not_counted(ended: SmallRun) -> None:
    assert accepted(ended.pool, ()) == Counter()


def test_a_session_whose_kiosks_and_log_disagree_is_not_decrypted(tmp_path: Path) -> None:
    with tiny_client(tmp_path) as client:
        stage = tiny_stage(client)
        pool, promises = send_all(stage)
        sent = accepted(pool, promises)
        sent[1, "election", CAST] += 1
        with pytest.raises(PlenumError, match=r"V9\.B: election: the kiosks report 11 cast"):
            stage.finish(sent, quiet)
        assert not stage.hall.state.contest("election").has_counts


def test_every_scrutineer_cosigns(tmp_path: Path) -> None:
    with tiny_client(tmp_path) as client:
        tiny_stage(client)
        signed = parse_signed_checkpoint(client.checkpoint())
        assert [item.index for item in signed.cosignatures] == list(range(1, TINY.scrutineers + 1))


def test_a_server_that_has_a_session_takes_no_second_one(tmp_path: Path) -> None:
    with tiny_client(tmp_path) as client:
        tiny_stage(client)
        with pytest.raises(Refused, match=r"V4\.D"):
            tiny_stage(client)
