"""Canonical JSON, hexadecimal and base64url: SPEC §3.3, §3.5."""

import base64
import binascii
import json
import unicodedata
from typing import Any

from .errors import Refused, require


def canonical(value: Any) -> bytes:
    """RFC 8785 for the values of SPEC §3.5. With ASCII keys, the order of UTF-16 units is the order of characters."""
    return _write(value).encode("utf-8")


def _write(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ",".join(_write(item) for item in value) + "]"
    return "{" + ",".join(f"{_write(key)}:{_write(value[key])}" for key in sorted(value)) + "}"


def _no_fraction(text: str) -> Any:
    raise Refused("V2.A", f"{text} is not an integer")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    require(len(set(keys)) == len(keys), "V2.A", "a key occurs twice")
    return dict(pairs)


def _check(value: Any, depth: int) -> None:
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        require(abs(value) < 2**53, "V2.A", "an integer is too large")
    elif isinstance(value, str):
        for character in value:
            require(
                unicodedata.category(character) not in ("Cc", "Cs"), "V2.A", "a control character or lone surrogate"
            )
        require(unicodedata.is_normalized("NFC", value), "V2.A", "text is not NFC")
    else:
        require(value is not None, "V2.A", "null")
        require(depth <= 16, "V2.A", "nested too deep")
        if isinstance(value, dict):
            require(all(key.isascii() for key in value), "V2.A", "a key is not ASCII")
            for key in value:
                _check(key, depth)
        for item in value.values() if isinstance(value, dict) else value:
            _check(item, depth + 1)


def parse(data: bytes) -> Any:
    """The value of canonical bytes."""
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_pairs, parse_float=_no_fraction, parse_constant=_no_fraction
        )
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Refused("V2.A", f"not JSON: {error}") from error
    _check(value, 1)
    require(canonical(value) == data, "V2.A", "not canonical")
    return value


def b64(text: Any, length: int | None = None, code: str = "V2.D") -> bytes:
    try:
        require(isinstance(text, str) and "=" not in text, code, "base64url without padding is wanted")
        data = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Refused(code, "not base64url") from error
    require(to_b64(data) == text, code, "not canonical base64url")
    require(length is None or len(data) == length, code, f"{len(data)} bytes where {length} are wanted")
    return data


def to_b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unhex(text: Any, length: int = 32, code: str = "V2.B") -> bytes:
    require(
        isinstance(text, str) and len(text) == 2 * length and set(text) <= set("0123456789abcdef"),
        code,
        f"{length} bytes in hexadecimal are wanted",
    )
    return bytes.fromhex(text)
