"""Bodies of shares and counts (SPEC §9.4 to §9.6)."""

from dataclasses import replace

from tally.entries.counting import TallyShared
from tally.entries.entry_type import EntryType
from tests.support.sample_bodies import ROOT, SAMPLES
from voting_core.codec import canonical
from voting_core.framing import digest
from voting_core.params import Tag


def test_the_commitment_binds_root_and_every_byte_of_the_share() -> None:
    body = SAMPLES[EntryType.TALLY_SHARED]
    assert isinstance(body, TallyShared)
    assert body.commitment(ROOT) == digest(Tag.SHARE_COMMITMENT, ROOT, canonical(body.to_json()))
    others = [
        body.commitment(bytes(32)),
        replace(body, contest="other").commitment(ROOT),
        replace(body, shares=bytes(64)).commitment(ROOT),
        replace(body, proof=bytes(96)).commitment(ROOT),
    ]
    assert len({body.commitment(ROOT), *others}) == 5
