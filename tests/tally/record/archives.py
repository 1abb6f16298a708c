"""Records made of a real first entry and lines that nobody replays, for tests of the file alone."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping

from tally.entries.build import build_entry
from tally.entries.session import SessionCreated
from tally.record.manifest import FileInfo
from tally.record.write import sign_manifest, write_record
from tests.support.seeded_rng import SeededRng
from voting_core.codec import canonical
from voting_core.log.checkpoint import Checkpoint, sign_checkpoint
from voting_core.log.merkle import EMPTY_ROOT, leaf_hash, tree_root
from voting_core.signing_key import SigningKey

_RNG = SeededRng("archives")
SERVICE = SigningKey.generate(_RNG)
LOG_KEY = SigningKey.generate(_RNG)
OFFICIALS = sorted((SigningKey.generate(_RNG) for _ in range(2)), key=lambda key: key.public)


def first_entry() -> bytes:
    """A `session.created` that decodes."""
    body = SessionCreated(
        date="2026-12-08",
        kind="congress",
        log_key=LOG_KEY.public,
        nonce=bytes(32),
        officials=(OFFICIALS[0].public, OFFICIALS[1].public),
        place="礼堂",
        service_key=SERVICE.public,
        simulated=True,
        threshold=2,
        title="小会",
        trustees=3,
    )
    return build_entry("session.created", body, body.session_id, OFFICIALS, time=1, seen=(0, EMPTY_ROOT))


def entries(count: int) -> list[bytes]:
    """A first entry and count - 1 lines."""
    return [first_entry(), *(b'{"n":%d}' % number for number in range(1, count))]


def note(lines: list[bytes], session: bytes = bytes(32)) -> bytes:
    """The checkpoint over these lines."""
    root = tree_root([leaf_hash(line) for line in lines])
    return sign_checkpoint(Checkpoint(session, len(lines), root), LOG_KEY)


def record(count: int = 3) -> bytes:
    """A record of this many entries, with the checkpoint of the full size."""
    out = io.BytesIO()
    lines = entries(count)
    write_record(out, lines, [(count, note(lines))], SERVICE)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """The content of all members."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(content: Mapping[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    """An archive of these members; `change` may spoil what the directory says of each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            archive.writestr(info, data)
    return out.getvalue()


def signed_again(content: Mapping[str, bytes], key: SigningKey = SERVICE) -> dict[str, bytes]:
    """The members with a manifest that describes them, as a dishonest service would sign it."""
    files = {name: data for name, data in content.items() if name != "record.json"}
    infos = tuple(FileInfo(name, hashlib.sha256(data).digest(), len(data)) for name, data in files.items())
    lines = b"".join(data for name, data in sorted(files.items()) if name.startswith("log/")).split(b"\n")[:-1]
    root = tree_root([leaf_hash(line) for line in lines])
    manifest = sign_manifest(infos, root=root, session=bytes(32), size=max(1, len(lines)), service_key=key)
    return {**files, "record.json": canonical(manifest.to_json())}
