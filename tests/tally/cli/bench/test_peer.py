import pytest

from tally.cli.bench import peer
from tally.cli.bench.electionguard_peer import PYTHON


def test_without_the_peer_the_figure_says_so_and_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer.shutil, "which", lambda _name: None)
    monkeypatch.setattr(peer, "_our_ms_per_ballot", lambda _group: 2.0)
    monkeypatch.delenv(PYTHON, raising=False)
    *figures, other = peer.peer()
    assert other.note.startswith("skipped: ")
    assert [figure.name for figure in figures] == ["belenios_tool_multiple_sodium", "belenios_tool_multiple"]
    for figure in figures:
        assert figure.limit == 0
        assert figure.note.startswith("skipped: ")
        assert "not installed" in figure.note
