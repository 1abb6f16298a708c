"""A tampered copy of a record, to show that it is refused: one vote is moved in the published counts.

This is what someone can do who holds the file and no key: the manifest is made to fit the changed bytes, but cannot be
signed again.
"""

import hashlib
import json
import zipfile
from pathlib import Path

MANIFEST = "record.json"


def _moved(line: bytes) -> bytes:
    """The entry `tally.counted` with one vote of its first row moved from one mark to the next."""
    entry = json.loads(line)
    row = entry["body"]["cells"][0]["counts"][0]
    giver = row.index(max(row))
    taker = (giver + 1) % len(row)
    row[giver] -= 1
    row[taker] += 1
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def tamper(source: Path, target: Path) -> str:
    """Write a copy of the record with one vote moved in the first published count; gives the id of the contest.

    Raises:
        ValueError: the record has no counted contest.
    """
    contest = ""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        manifest = json.loads(old.read(MANIFEST))
        for file in manifest["files"]:
            data = old.read(file["name"])
            if not contest and b'"type":"tally.counted"' in data:
                lines = data.split(b"\n")
                position = next(i for i, line in enumerate(lines) if line.endswith(b'"type":"tally.counted"}'))
                contest = json.loads(lines[position])["body"]["contest"]
                lines[position] = _moved(lines[position])
                data = b"\n".join(lines)
                file["sha256"], file["size"] = hashlib.sha256(data).hexdigest(), len(data)
            new.writestr(file["name"], data)
        new.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
    if not contest:
        raise ValueError("the record has no counted contest")
    return contest
