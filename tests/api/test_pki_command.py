"""`plenum pki` from the first key to a renewed certificate."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.pki_command import register
from ballots.authority_fingerprint import read_authority_fingerprint
from voting_core.errors import InputError


def plenum(*arguments: str) -> str:
    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(app, ["pki", *arguments], catch_exceptions=True)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_from_the_first_key_to_a_renewed_certificate(tmp_path: Path) -> None:
    (tmp_path / "pass").write_text("correct horse battery\n")
    sealed = ("--passphrase-file", str(tmp_path / "pass"))
    ca, data = str(tmp_path / "ca"), tmp_path / "data"
    made = plenum("init", "--out", ca, "--name", "清岚县", "--domain", "qinglan.example", *sealed)
    digest = read_authority_fingerprint(made.strip().splitlines()[-1])
    assert plenum("show", "--dir", ca) == made
    assert "Plenum 清岚县" in made
    assert len([line for line in made.splitlines() if "█" in line]) >= 10
    hosts = ("--host", "10.0.0.1", "--host", "vote.qinglan.example")
    plenum("server", "--dir", ca, *hosts, "--out", str(data), *sealed)
    first = (data / "tls.crt").read_bytes()
    with pytest.raises(InputError, match="plenum pki renew"):
        plenum("server", "--dir", ca, *hosts, "--out", str(data), *sealed)
    renewed = plenum("renew", "--dir", ca, str(data), *sealed)
    assert "10.0.0.1 vote.qinglan.example" in renewed
    assert (data / "tls.crt").read_bytes() != first
    listed = plenum("list", "--dir", ca).splitlines()
    assert len(listed) == 3
    assert all("有效 valid" in line for line in listed)
    assert len(digest) == 32
