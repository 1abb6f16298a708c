"""Each setting is explained with its origin, what is wrong is told, nothing is changed and no secret printed."""

from pathlib import Path

import pytest

from api import doctor
from api.doctor import findings
from api.pki.authority import make_authority
from api.pki.server import make_server_certificate
from api.pki_files import store_server
from api.setting_names import SETTINGS
from tally.cli.system import unix_time
from tests.api.hall import running_hall
from tests.support.seeded_rng import SeededRng


def told(folder: Path, text: str = "") -> dict[str, tuple[bool, str, str]]:
    path = folder / "plenum.toml"
    path.write_text(text, encoding="utf-8")
    return {finding.name: (finding.ok, finding.seen, finding.remedy) for finding in findings(path, folder)}


def test_every_setting_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLENUM_HOST", "10.0.0.1")
    found = told(tmp_path, "port = 8400\n")
    assert set(found) >= {setting.name for setting in SETTINGS}
    assert found["port"][1].startswith(f"8400 [{tmp_path / 'plenum.toml'}] 监听的端口")
    assert found["host"][1].startswith("10.0.0.1 [PLENUM_HOST]")
    assert found["batch_size"][1].startswith("8 [默认 default]")
    assert all(ok for ok, _, _ in found.values())


def test_what_is_wrong_is_told_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLENUM_POTR", "1")
    found = told(tmp_path, f'prot = 1\nqueue_limit = 1\ndata = "{tmp_path}"\n')
    assert found["queue_limit"][0] is False
    assert found["PLENUM_POTR"][2] == "Did you mean PLENUM_PORT?"
    assert any("prot is no setting" in seen for _, seen, _ in found.values())


def test_several_processes_on_the_embedded_database_are_a_finding(tmp_path: Path) -> None:
    ok, seen, remedy = told(tmp_path, f'data = "{tmp_path}"\nworkers = 2\n')["settings"]
    assert not ok
    assert "one writer and one process" in seen
    assert "--database" in remedy


def test_a_session_s_database_and_files_are_looked_at_and_left_alone(tmp_path: Path) -> None:
    text = f'data = "{tmp_path / "data"}"\n'
    assert "made at the start" in told(tmp_path, text)["database"][1]
    assert not (tmp_path / "data").exists()
    with running_hall(tmp_path / "data") as hall:
        hall.vote()
        hall.settings.desk_token_file.chmod(0o644)
    found = told(tmp_path, text)
    assert "日志 15 条 entries" in found["database"][1]
    assert found["service_keys.json"][0] is True
    assert found["desk.token"][0] is False
    assert found["desk.token"][2].startswith("chmod 600")


def test_a_foreign_database_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "session.sqlite3").write_bytes(b"this is no database" * 100)
    ok, seen, _ = told(tmp_path, f'data = "{tmp_path}"\n')["database"]
    assert not ok
    assert "not a database" in seen


@pytest.mark.parametrize("url", ["postgresql://u:secret-word@h/d", "mysql://u:secret-word@h/d"])
def test_a_password_in_a_url_is_refused_and_not_printed(tmp_path: Path, url: str) -> None:
    found = told(tmp_path, f'data = "{tmp_path}"\ndatabase = "{url}"\n')
    assert "secret-word" not in str(found)
    assert found["database server"][0] is False


def test_a_database_server_is_asked(tmp_path: Path, postgres_url: object) -> None:
    assert callable(postgres_url)
    ok, seen, _ = told(tmp_path, f'data = "{tmp_path}"\ndatabase = "{postgres_url("")}"\n')["database server"]
    assert ok
    assert seen.startswith("postgresql /")
    assert seen.endswith("/plenum")


def test_settings_that_do_not_go_together_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert {finding.name for finding in findings()} == {setting.name for setting in SETTINGS}


def test_a_certificate_that_ends_soon_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f'data = "{tmp_path}"\n'
    assert told(tmp_path, text)["certificate"][:2] == (True, "没有，只供本机使用 none: this machine alone is served")
    assert told(tmp_path, text + 'host = "10.0.0.1"\n')["certificate"][0] is False
    now = unix_time()
    authority = make_authority("清岚县", (), now=now, rng=SeededRng(1))
    store_server(tmp_path, make_server_certificate(authority, ("10.0.0.1",), now=now, rng=SeededRng(2)), replace=False)
    ok, seen, _ = told(tmp_path, text + 'host = "10.0.0.1"\n')["certificate"]
    assert (ok, "10.0.0.1，还有 39" in seen) == (True, True)
    monkeypatch.setattr(doctor, "unix_time", lambda: now + 370 * 86_400)
    assert told(tmp_path, text)["certificate"][0] is False
    monkeypatch.setattr(doctor, "unix_time", lambda: now + 400 * 86_400)
    ok, seen, remedy = told(tmp_path, text)["certificate"]
    assert (ok, "not now" in seen, "plenum pki renew" in remedy) == (False, True, True)
