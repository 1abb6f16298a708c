"""Reading a record file: structure, manifest, tree and checkpoints (V1 and V3), SPEC §10.

What this verifier checks of a record: V1, V2.A, V2.C, V2.D, V3, V4.A, V5, V6, V8, V9.C, V10, V11.A to V11.C, V13.A.
It does not check the fields of every body (V2.B), who may sign what and when (V4.B, V4.D), the balance of cards (V7.B,
V7.C), kiosk reports (V9.A, V9.B, V9.D), comparisons with paper (V11.D in part), or sealing (V12).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from . import ed25519
from .canon import b64, canonical, parse, unhex
from .errors import Refused, require
from .log import verify_checkpoint
from .sealing import sha256
from .session import Session

LOG = re.compile(r"log/([0-9]{8})\.jsonl")
NOTE = re.compile(r"checkpoints/([0-9]{8})\.note")
MAX_LINE, MAX_NOTE, MAX_ENTRIES = 1_153_434, 4 << 20, 2_000_000


def read_members(data: bytes) -> dict[str, bytes]:
    """V1.A."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
        names = [info.filename for info in infos]
        require(len(set(names)) == len(names), "V1.A", "a name occurs twice")
        out = {}
        for info in infos:
            known = info.filename == "record.json" or LOG.fullmatch(info.filename) or NOTE.fullmatch(info.filename)
            require(bool(known), "V1.A", f"{info.filename} is no member of a record")
            require(info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), "V1.A", "another compression")
            require(not info.flag_bits & 1, "V1.A", "an encrypted member")
            limit = 1000 * MAX_LINE if LOG.fullmatch(info.filename) else MAX_NOTE
            with archive.open(info) as member:
                out[info.filename] = member.read(limit + 1)
            require(len(out[info.filename]) <= limit, "V1.A", "a member is too large")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Refused("V1.A", f"no archive: {error}") from error
    require("record.json" in out, "V1.A", "record.json is missing")
    return out


def check_manifest(members: dict[str, bytes]) -> Any:
    """V1.B without the signature, and V1.C."""
    try:
        manifest = parse(members["record.json"])
    except Refused as error:
        raise Refused("V1.B", str(error)) from error
    keys = {"files", "format", "root", "session", "signature", "size", "spec"}
    require(isinstance(manifest, dict) and set(manifest) == keys, "V1.B", "keys of the manifest")
    require(manifest["format"] == "plenum-record" and manifest["spec"] == "1.0", "V1.B", "another format or version")
    listed = [item["name"] for item in manifest["files"]]
    require(listed == sorted(set(members) - {"record.json"}), "V1.C", "the members are not those of the manifest")
    for item in manifest["files"]:
        member = members[item["name"]]
        require(item["size"] == len(member) and unhex(item["sha256"]) == sha256(member), "V1.C", item["name"])
    return manifest


def entries(members: dict[str, bytes]) -> Iterator[bytes]:
    names = sorted(name for name in members if LOG.fullmatch(name))
    for number, name in enumerate(names):
        require(name == f"log/{1000 * number:08}.jsonl", "V1.A", f"{name} is out of place")
        require(members[name].endswith(b"\n"), "V2.A", f"{name} does not end a line")
        lines = members[name][:-1].split(b"\n")
        require(len(lines) == 1000 or number == len(names) - 1, "V1.A", f"{name} has not 1,000 entries")
        yield from lines


def verify_record(data: bytes, fingerprint: str | None = None) -> Session:
    """All checks named above; raises at the first that does not hold."""
    members = read_members(data)
    manifest = check_manifest(members)
    session = Session()
    ends_destroyed = False
    for raw in entries(members):
        session.take(raw)
        ends_destroyed = raw.endswith(b'"type":"session.destroyed"}')
    size = len(session.tree.roots) - 1
    require(size > 0, "V4.D", "an empty log")
    body = {key: value for key, value in manifest.items() if key != "signature"}
    ed25519.verify(
        session.keys["service_key"], "plenum-v1/record", canonical(body), b64(manifest["signature"], 64, "V1.B"), "V1.B"
    )
    same = (manifest["size"], manifest["root"], manifest["session"])
    require(same == (size, session.tree.roots[-1].hex(), session.id.hex()), "V1.D", "size, root or session")
    last: list[int] | None = None
    before: list[int] = []
    for name in sorted(members):
        found = NOTE.fullmatch(name)
        if found is None:
            continue
        checkpoint, signers = verify_checkpoint(members[name], session.id, session.keys["log_key"], session.witnesses)
        require(checkpoint.size == int(found.group(1)) and checkpoint.size <= size, "V3.B", f"the size of {name}")
        require(checkpoint.root == session.tree.roots[checkpoint.size], "V3.B", f"the root of {name}")
        last = signers if checkpoint.size == size else last
        before = signers if ends_destroyed and checkpoint.size == size - 1 else before
    require(last is not None, "V3.D", "no checkpoint of the full size")
    require(
        session.joint is None or max(len(last or ()), len(before)) >= session.quorum,
        "V3.D",
        "fewer than Q cosignatures",
    )
    if fingerprint is not None:
        require(session.fingerprint() == fingerprint, "V13.A", "another fingerprint")
    return session
