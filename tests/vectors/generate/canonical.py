"""Canonical JSON and base64url, SPEC §3.3 and §3.5."""

from functools import partial

from tests.vectors.generate.common import Json, VectorFile
from voting_core.codec import b64decode, b64encode, canonical, parse_canonical

VALID = {
    "object": '{"a":1,"b":[true,false,"x"]}',
    "empty": "{}",
    "largest": '{"n":9007199254740991}',
    "smallest": '{"n":-9007199254740991}',
    "zero": '{"n":0}',
    "quotes": '{"t":"a\\"b\\\\c/d"}',
    "chinese": '{"t":"阿依古丽·买买提"}',
    "extension-b": '{"t":"𠮷田"}',
    "capital-before-small": '{"A":1,"a":2}',
    "depth-16": "[" * 16 + "]" * 16,
}
INVALID = {
    "space": '{"a": 1}',
    "leading-space": ' {"a":1}',
    "trailing-newline": '{"a":1}\n',
    "order": '{"b":1,"a":2}',
    "duplicate": '{"a":1,"a":1}',
    "nested-duplicate": '{"a":{"b":1,"b":1}}',
    "fraction": '{"n":1.5}',
    "integral-fraction": '{"n":1.0}',
    "exponent": '{"n":1e3}',
    "minus-zero": '{"n":-0}',
    "leading-zero": '{"n":01}',
    "plus": '{"n":+1}',
    "too-large": '{"n":9007199254740992}',
    "too-small": '{"n":-9007199254740992}',
    "huge": '{"n":1' + "0" * 400 + "}",
    "null": '{"n":null}',
    "nan": '{"n":NaN}',
    "infinity": '{"n":Infinity}',
    "escaped-letter": '{"t":"\\u0061"}',
    "escaped-slash": '{"t":"a\\/b"}',
    "escaped-chinese": '{"t":"\\u4e00"}',
    "control": '{"t":"\\n"}',
    "control-escaped": '{"t":"\\u0001"}',
    "delete": '{"t":"\x7f"}',
    "c1": '{"t":"\x85"}',
    "lone-surrogate": '{"t":"\\ud800"}',
    "not-nfc": '{"t":"e\u0301"}',
    "key-not-ascii": '{"é":1}',
    "key-control": '{"\\u0009":1}',
    "depth-17": "[" * 17 + "]" * 17,
    "two-values": "{}{}",
    "comma": "[1,]",
    "single-quotes": "{'a':1}",
    "bom": "\ufeff{}",
    "nothing": "",
    "cut": '{"a":1',
}
NOT_UTF8 = {"overlong": b'{"t":"\xc0\xaf"}', "latin-1": b'{"t":"\xe9"}', "utf-16": '{"a":1}'.encode("utf-16")}


def build() -> Json:
    file = VectorFile("§3.5", "canonical JSON, as bytes in hexadecimal; base64url without padding")
    for name, text in VALID.items():
        data = text.encode()
        if canonical(parse_canonical(data, name, 10_000)) != data:
            raise RuntimeError(name)
        file.valid(f"json-{name}", text[:60], "json", {"bytes": data.hex()}, {})
    for name, data in {**{key: text.encode() for key, text in INVALID.items()}, **NOT_UTF8}.items():
        attempt = partial(parse_canonical, data, "value", 10_000)
        file.invalid(f"json-{name}", "not canonical", "json", {"bytes": data.hex()}, "V2.A", attempt)
    for data in (b"", b"\0", b"\xff\xfe", b"\xfb\xff\xbf", b"plenum"):
        given = {"text": b64encode(data), "length": len(data)}
        file.valid(f"base64-{data.hex() or 'empty'}", "bytes", "base64", given, {"bytes": data.hex()})
    for name, text, length in (
        ("padding", "AA==", 1),
        ("trailing-bits", "AB", 1),
        ("standard-alphabet", "+/+/", 3),
        ("space", "AA AA", 3),
        ("newline", "AAAA\n", 3),
        ("one-character", "A", 0),
        ("short", "AAA", 3),
        ("long", "AAAAAA", 3),
        ("not-ascii", "AAAÄ", 3),
    ):
        attempt = partial(b64decode, text, length, "text")
        file.invalid(f"base64-{name}", "refused", "base64", {"text": text, "length": length}, "V2.D", attempt)
    return file.content()
