import json
from dataclasses import replace

import pytest

from tally.entries.contests import ContestAbandoned
from tally.trustee.memory import TrusteeMemory, check_memory, forget_abandoned, new_memory, recover
from tests.tally.trustee.hall import hall, other_log
from voting_core.codec import canonical
from voting_core.errors import EncodingError, FatalError, StateError

ROOT, OTHER = b"\1" * 32, b"\2" * 32


def memory() -> TrusteeMemory:
    return new_memory(hall("joined").secrets[1])


def test_a_root_is_remembered_and_a_second_one_refused() -> None:
    remembered = memory().with_signed_root("motion", ROOT)
    assert remembered.with_signed_root("motion", ROOT) == remembered
    assert remembered.with_signed_root("trust", OTHER).signed_roots["motion"] == ROOT
    with pytest.raises(StateError, match="never is"):
        remembered.with_signed_root("motion", OTHER)


def test_the_memory_is_written_and_read() -> None:
    full = hall("shared").memories[1]
    assert full.signed_roots
    assert full.shares
    assert TrusteeMemory.from_bytes(full.to_bytes()) == full
    assert TrusteeMemory.from_bytes(memory().to_bytes()) == memory()


@pytest.mark.parametrize("key", ["format", "index", "session", "shares", "signed_roots", "witnessed"])
def test_a_damaged_memory_is_refused(key: str) -> None:
    content = json.loads(hall("shared").memories[1].to_bytes())
    for changed in ({**content, key: 99}, {name: value for name, value in content.items() if name != key}):
        with pytest.raises(EncodingError):
            TrusteeMemory.from_bytes(canonical(changed))


def test_a_damaged_share_in_the_memory_is_refused() -> None:
    content = json.loads(hall("shared").memories[1].to_bytes())
    content["shares"][0]["proof"] = "A"
    with pytest.raises(EncodingError, match="proof"):
        TrusteeMemory.from_bytes(canonical(content))


def test_memory_key_file_and_log_belong_together() -> None:
    here = hall("verified")
    check_memory(here.memories[1], here.secrets[1], here.state)
    with pytest.raises(StateError, match="not of the same trustee"):
        check_memory(here.memories[2], here.secrets[1], here.state)
    with pytest.raises(StateError, match="not of the same trustee"):
        check_memory(replace(here.memories[1], session=bytes(32)), here.secrets[1], here.state)


def test_the_log_must_continue_the_one_that_was_witnessed() -> None:
    here = hall("voted")
    witnessed = replace(here.memories[1], witnessed_size=here.state.size, witnessed_root=here.state.root)
    check_memory(witnessed, here.secrets[1], hall("closed").state)
    with pytest.raises(StateError, match="fetch the rest"):
        check_memory(witnessed, here.secrets[1], hall("open").state)
    with pytest.raises(FatalError, match="does not continue"):
        check_memory(witnessed, here.secrets[1], other_log("reported").state)


def test_a_log_that_holds_another_signature_of_mine_is_an_alarm() -> None:
    here = hall("verified")
    forged = replace(here.memories[1], signed_roots=here.memories[1].signed_roots.set("motion", OTHER))
    with pytest.raises(FatalError, match="another root"):
        check_memory(forged, here.secrets[1], here.state)


def test_after_a_restore_from_a_backup_the_log_knows_more() -> None:
    here = hall("verified")
    restored = recover(new_memory(here.secrets[1]), here.state)
    assert restored.signed_roots == here.memories[1].signed_roots
    contest = here.contest()
    body = replace(contest.verified[1], root=OTHER)
    changed = replace(contest, verified=contest.verified.set(1, body))
    state = replace(here.state, contests=here.state.contests.set("motion", changed))
    with pytest.raises(StateError, match="never is"):
        recover(here.memories[1], state)


def test_shares_are_forgotten_of_abandoned_contests_alone() -> None:
    here = hall("share_committed").fork()
    before = here.memories[1]
    assert forget_abandoned(before, here.state) is before
    signers = (*here.officials, *(here.trustees[index].signing for index in (1, 2, 3)))
    here.append(here.entry(ContestAbandoned("motion", "defect"), *signers))
    after = forget_abandoned(before, here.state)
    assert after == replace(before, shares=before.shares.delete("motion"))
    assert forget_abandoned(after, here.state) is after
