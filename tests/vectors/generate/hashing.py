"""Framing, digests, hashing to scalars and points, generators and the transcript: SPEC §2.2, §2.3, §3.1, §3.2, §3.4."""

from tests.vectors.generate.common import Json, VectorFile, some_bytes
from voting_core.framing import digest, frames, u64
from voting_core.generators import H, generator
from voting_core.group import encode_scalar
from voting_core.hash_to_group import hash_to_point, hash_to_scalar
from voting_core.params import Tag
from voting_core.transcript import Transcript


def build() -> Json:
    file = VectorFile("§3", "framing, digests, hashing to scalars and points, generators, transcript")
    lists = {
        "none": [],
        "empty": [b""],
        "a-and-empty": [b"a", b""],
        "ab": [b"ab"],
        "a-b": [b"a", b"b"],
        "chinese": ["选举".encode()],
        "long": [some_bytes("long", 300)],
    }
    for name, parts in lists.items():
        given = [part.hex() for part in parts]
        file.valid(
            f"frames-{name}", "framing is injective", "frames", {"parts": given}, {"bytes": frames(*parts).hex()}
        )
        for tag in (Tag.ENTRY, Tag.BALLOT):
            gives = {"bytes": digest(tag, *parts).hex()}
            file.valid(f"digest-{tag.name}-{name}", "a digest", "digest", {"tag": tag.name, "parts": given}, gives)
    for number in (0, 1, 255, 256, 2**53, 2**64 - 1):
        file.valid(f"u64-{number}", "little-endian", "u64", {"number": str(number)}, {"bytes": u64(number).hex()})
    for name, message in (
        ("empty", b""),
        ("abc", b"abc"),
        ("128", some_bytes("m", 128)),
        ("129", some_bytes("m", 129)),
    ):
        for tag in (Tag.SEED_SCALAR, Tag.SHARE_WEIGHT):
            given = {"message": message.hex(), "tag": tag.name}
            scalar = hash_to_scalar(message, tag.raw)
            file.valid(
                f"scalar-{tag.name}-{name}",
                "a scalar",
                "hash_to_scalar",
                given,
                {"scalar": encode_scalar(scalar).hex()},
            )
        given = {"message": message.hex(), "tag": Tag.GENERATOR.name}
        point = hash_to_point(message, Tag.GENERATOR.raw)
        file.valid(f"group-{name}", "a point", "hash_to_group", given, {"point": point.encode().hex()})
    file.valid("h", "the generator h", "h", {}, {"point": H.encode().hex()})
    for number in (1, 2, 3, 100, 255, 256, 257, 1664):
        gives = {"point": generator(number).encode().hex()}
        file.valid(f"G-{number}", "the generator G_i", "generator", {"number": number}, gives)
    _transcripts(file)
    return file.content()


def _transcripts(file: VectorFile) -> None:
    scripts: dict[str, list[tuple[str, str, bytes]]] = {
        "one-challenge": [("challenge", "c", b"")],
        "absorb-then-challenge": [("absorb", "a", b"one"), ("challenge", "c", b"")],
        "other-cut": [("absorb", "ao", b"ne"), ("challenge", "c", b"")],
        "two-challenges": [
            ("absorb", "a", b"one"),
            ("challenge", "w", b""),
            ("absorb", "b", b""),
            ("challenge", "x", b""),
        ],
        "same-challenge-twice": [("challenge", "c", b""), ("challenge", "c", b"")],
        "seed": [("absorb", "a", b"one"), ("seed", "weights", b""), ("challenge", "c", b"")],
        "long": [("absorb", "a", some_bytes("t", 1000)), ("challenge", "c", b""), ("seed", "s", b"")],
    }
    for name, steps in scripts.items():
        for tag in (Tag.ARGUMENT, Tag.SHARE_PROOF):
            transcript, outputs = Transcript(tag), []
            for kind, label, data in steps:
                if kind == "absorb":
                    transcript.absorb(label, data)
                elif kind == "challenge":
                    outputs.append(encode_scalar(transcript.challenge(label)).hex())
                else:
                    outputs.append(transcript.seed(label).hex())
            given = {"tag": tag.name, "steps": [[kind, label, data.hex()] for kind, label, data in steps]}
            file.valid(f"transcript-{tag.name}-{name}", "outputs in order", "transcript", given, {"outputs": outputs})
