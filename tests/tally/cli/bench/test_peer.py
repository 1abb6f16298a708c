import pytest

from tally.cli.bench import peer


def test_without_the_peer_the_figure_says_so_and_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer.shutil, "which", lambda _name: None)
    (figure,) = peer.peer()
    assert figure.limit == 0
    assert "not installed" in figure.note
    assert "not measured" in figure.note
