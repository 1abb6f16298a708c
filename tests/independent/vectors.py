"""Checking the vector files: one function for each operation (`op`), SPEC §12.

A function gets the `given` of a case. It gives what must equal `gives`, or raises `Refused` with the number in
`expect`.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import canon, ed25519, framing
from . import ristretto as r
from .errors import Refused
from .vectors_contests import CONTEST_OPERATIONS
from .vectors_session import SESSION_OPERATIONS

FOLDER = Path(__file__).resolve().parent.parent / "vectors"


def _bytes(given: Any, key: str = "bytes") -> bytes:
    return bytes.fromhex(given[key])


def _point(point: r.Point) -> Any:
    return {"point": r.encode(point).hex()}


def _multiply(given: Any) -> Any:
    return _point(r.multiply(r.decode_scalar(_bytes(given, "scalar")), r.decode_point(_bytes(given, "point"))))


def _combine(given: Any) -> Any:
    return _point(r.add(r.decode_point(_bytes(given, "left")), r.decode_point(_bytes(given, "right"))))


def _decode_point(given: Any) -> Any:
    r.decode_point(_bytes(given))
    return {}


def _decode_scalar(given: Any) -> Any:
    r.decode_scalar(_bytes(given))
    return {}


def _frames(given: Any) -> Any:
    return {"bytes": framing.frames(*map(bytes.fromhex, given["parts"])).hex()}


def _digest(given: Any) -> Any:
    return {"bytes": framing.digest(given["tag"], *map(bytes.fromhex, given["parts"])).hex()}


def _u64(given: Any) -> Any:
    return {"bytes": framing.u64(int(given["number"])).hex()}


def _hash_to_scalar(given: Any) -> Any:
    return {"scalar": r.encode_scalar(framing.hash_to_scalar(_bytes(given, "message"), given["tag"])).hex()}


def _hash_to_group(given: Any) -> Any:
    return _point(framing.hash_to_group(_bytes(given, "message"), given["tag"]))


def _h(_: Any) -> Any:
    return _point(framing.h_generator())


def _generator(given: Any) -> Any:
    return _point(framing.generator(given["number"]))


def _transcript(given: Any) -> Any:
    transcript, outputs = framing.Transcript(given["tag"]), []
    for kind, label, data in given["steps"]:
        if kind == "absorb":
            transcript.absorb(label, bytes.fromhex(data))
        elif kind == "challenge":
            outputs.append(r.encode_scalar(transcript.challenge(label)).hex())
        else:
            outputs.append(transcript.seed(label).hex())
    return {"outputs": outputs}


def _json(given: Any) -> Any:
    canon.parse(_bytes(given))
    return {}


def _base64(given: Any) -> Any:
    return {"bytes": canon.b64(given["text"], given["length"]).hex()}


def _signature(given: Any) -> Any:
    tag = framing.TAGS[given["tag"]]
    ed25519.verify(_bytes(given, "key"), tag, _bytes(given, "message"), _bytes(given, "signature"))
    return {}


def _key(given: Any) -> Any:
    ed25519.check_key(_bytes(given, "key"))
    return {}


OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "multiply": _multiply,
    "combine": _combine,
    "point": _decode_point,
    "scalar": _decode_scalar,
    "frames": _frames,
    "digest": _digest,
    "u64": _u64,
    "hash_to_scalar": _hash_to_scalar,
    "hash_to_group": _hash_to_group,
    "h": _h,
    "generator": _generator,
    "transcript": _transcript,
    "json": _json,
    "base64": _base64,
    "signature": _signature,
    "key": _key,
    **CONTEST_OPERATIONS,
    **SESSION_OPERATIONS,
}


def check_case(case: Any) -> str | None:
    """What is wrong with a case, or None."""
    try:
        gives = OPERATIONS[case["op"]](case["given"])
    except Refused as error:
        if case["result"] == "invalid" and error.code == case["expect"]:
            return None
        return f"{case['id']}: refused with {error}, expected {case.get('expect', 'to be valid')}"
    if case["result"] == "invalid":
        return f"{case['id']}: accepted, expected {case['expect'] or 'to be refused'}"
    return None if gives == case["gives"] else f"{case['id']}: gives another value"


def check_file(path: Path) -> tuple[int, list[str]]:
    """The number of cases of a file, and what is wrong with them."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["schema"] != 1 or content["spec"] != "1.0":
        return 0, [f"{path.name}: another schema or specification"]
    problems = [problem for problem in map(check_case, content["cases"]) if problem is not None]
    return len(content["cases"]), [f"{path.name}: {problem}" for problem in problems]
