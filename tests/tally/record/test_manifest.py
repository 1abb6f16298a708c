import json
from dataclasses import replace

import pytest

from tally.record.manifest import FileInfo, Manifest, parse_manifest, verify_manifest
from tally.record.write import sign_manifest
from tests.tally.record.archives import LOG_KEY, SERVICE
from voting_core.codec import canonical
from voting_core.errors import VerificationError

FILES = (FileInfo("log/00000000.jsonl", bytes(32), 10), FileInfo("checkpoints/00000003.note", bytes(32), 20))


def manifest() -> Manifest:
    return sign_manifest(FILES, root=bytes(32), session=b"\1" * 32, size=3, service_key=SERVICE)


def refused(data: bytes) -> VerificationError:
    with pytest.raises(VerificationError) as caught:
        parse_manifest(data)
    return caught.value


def test_what_is_written_is_read_and_verifies() -> None:
    written = manifest()
    assert [file.name for file in written.files] == ["checkpoints/00000003.note", "log/00000000.jsonl"]
    assert parse_manifest(canonical(written.to_json())) == written
    verify_manifest(written, SERVICE.public)


@pytest.mark.parametrize(
    "changed",
    [
        replace(manifest(), size=4),
        replace(manifest(), root=b"\2" * 32),
        replace(manifest(), session=bytes(32)),
        replace(manifest(), files=()),
        replace(manifest(), files=(replace(manifest().files[0], size=21), manifest().files[1])),
        replace(manifest(), signature=bytes(64)),
    ],
)
def test_the_signature_covers_every_field(changed: Manifest) -> None:
    with pytest.raises(VerificationError, match=r"V1\.B"):
        verify_manifest(changed, SERVICE.public)


def test_another_key_is_refused() -> None:
    with pytest.raises(VerificationError, match=r"V1\.B"):
        verify_manifest(manifest(), LOG_KEY.public)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "plenum"),
        ("spec", "1.1"),
        ("spec", "2.0"),
        ("size", 0),
        ("size", 2_000_001),
        ("size", "3"),
        ("root", "00"),
        ("session", "AB" * 32),
        ("signature", ""),
        ("files", {}),
        ("more", 1),
    ],
)
def test_fields_that_are_refused(key: str, value: object) -> None:
    changed = {**json.loads(canonical(manifest().to_json())), key: value}
    assert refused(json.dumps(changed, sort_keys=True, separators=(",", ":")).encode()).code == "V1.B"


@pytest.mark.parametrize("key", ["files", "format", "root", "session", "signature", "size", "spec"])
def test_missing_fields(key: str) -> None:
    value = json.loads(canonical(manifest().to_json()))
    del value[key]
    assert f"record.json.{key}" in str(refused(canonical(value)))


@pytest.mark.parametrize(
    "names",
    [
        ["log/00000000.jsonl", "checkpoints/00000003.note"],
        ["log/00000000.jsonl", "log/00000000.jsonl"],
        ["record.json"],
        ["../etc/passwd"],
        ["x" * 500],
    ],
)
def test_names_out_of_order_repeated_or_not_allowed(names: list[str]) -> None:
    value = json.loads(canonical(manifest().to_json()))
    value["files"] = [{"name": name, "sha256": "00" * 32, "size": 1} for name in names]
    assert refused(canonical(value)).code == "V1.B"


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b'{"a": 1}', b"\xff", b"{" * 100_000])
def test_what_is_no_manifest(data: bytes) -> None:
    assert refused(data).code == "V1.B"
