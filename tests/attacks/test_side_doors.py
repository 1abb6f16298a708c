"""Bytes that become programs, files or fields that nobody meant (SPEC §3.5, §10.1).

The weak readers are the ones at hand in every language: an object format that runs code while it is read, an archive
that is unpacked where its names say, a model that keeps what it was not asked for.
"""

import ast
import copy
import io
import pickle
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from api.schemas import requests
from tally.record.read import RecordReader
from tests.architecture.tree import PACKAGES, ROOT, name_of, sources
from tests.tally.record import archives
from voting_core.errors import VerificationError
from voting_core.group import BASE
from voting_core.secret import Secret


class Payload:
    """What an attacker puts into a column, a cookie or a message queue."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return print, ("whatever the attacker likes",)


def test_an_object_format_runs_what_it_reads(capsys: pytest.CaptureFixture[str]) -> None:
    pickle.loads(pickle.dumps(Payload()))  # noqa: S301 - this is the attack
    assert capsys.readouterr().out == "whatever the attacker likes\n"


FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "marshal", "shelve", "yaml", "jsonpickle", "cloudpickle", "joblib"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}


@dataclass(frozen=True)
class Door:
    """A place where data could become code."""

    place: str
    what: str


def doors(path: Path, place: str) -> Iterator[Door]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            if name.split(".")[0] in FORBIDDEN_MODULES:
                yield Door(place, name)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            yield Door(place, node.func.id)
        if isinstance(node, ast.Call) and any(
            keyword.arg == "shell" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            for keyword in node.keywords
        ):
            yield Door(place, "shell")
        if isinstance(node, ast.Attribute) and node.attr in ("extractall", "PickleType"):
            yield Door(place, node.attr)


WITHIN = [Door("api/verifiers/wire.py", "pickle")]
"""Between the server and the processes that it starts itself, over pipes that nobody else has: one program, which
trusts itself. The server takes nothing else from it than replay's judgement allows."""


def test_nothing_in_the_product_turns_data_into_code() -> None:
    found = [door for path in sources(ROOT, PACKAGES) for door in doors(path, name_of(ROOT, path))]
    assert found == WITHIN


def test_what_is_within_the_program_reads_from_its_own_pipe_alone() -> None:
    users = [path for path in sources(ROOT, PACKAGES) if "read_message" in path.read_text(encoding="utf-8")]
    assert [name_of(ROOT, path) for path in users] == [
        "api/verifiers/looking.py",
        "api/verifiers/pool.py",
        "api/verifiers/wire.py",
    ]


@pytest.mark.parametrize(
    "line", ["import pickle", "from yaml import load", "eval(x)", "run(x, shell=True)", "z.extractall(p)"]
)
def test_a_door_is_found(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.py"
    path.write_text(line, encoding="utf-8")
    assert len(list(doors(path, "a.py"))) == 1


def test_points_and_secrets_do_not_travel_as_objects() -> None:
    """A point that was not decoded was not checked, and a secret that is copied is kept twice."""
    for value in (BASE, Secret(b"secret")):
        with pytest.raises(TypeError):
            pickle.dumps(value)
    with pytest.raises(TypeError):
        copy.copy(Secret(b"secret"))


# A record that is unpacked where its names say.


def archive_with(name: str, content: bytes) -> bytes:
    members = archives.members(archives.record())
    return archives.pack({**members, name: content})


def weak_unpack(data: bytes, directory: Path) -> list[Path]:
    """A verifier that writes members where they want to be, before it looks at them."""
    written = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            path = directory / info.filename
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(info))
            written.append(path.resolve())
    return written


@pytest.mark.parametrize("name", ["../escaped.txt", "log/../../escaped.txt"])
def test_a_member_does_not_leave_the_archive(name: str, tmp_path: Path) -> None:
    inside = tmp_path / "unpacked"
    data = archive_with(name, b"owned")
    written = weak_unpack(data, inside)
    assert [path for path in written if not path.is_relative_to(inside)] == [tmp_path / "escaped.txt"]
    with pytest.raises(VerificationError, match=r"V1\.A.*not a member of a record"):
        RecordReader(io.BytesIO(data))


def test_a_bomb_is_measured_before_it_is_unpacked(tmp_path: Path) -> None:
    """Fifty million zeros in fifty thousand bytes; the weak verifier fills the disk or the memory with them."""
    size = 50_000_000
    members = archives.members(archives.record())
    name = next(name for name in members if name.startswith("log/"))
    data = archives.pack({**members, name: bytes(size)})
    assert len(data) < size / 500
    assert sum(path.stat().st_size for path in weak_unpack(data, tmp_path)) >= size
    with pytest.raises(VerificationError, match=r"V1\.A.*more than 200 times"):
        RecordReader(io.BytesIO(data))


# Fields that were not asked for.


class WeakPerson(BaseModel):
    """A model as the library makes it by default, with the columns of the table behind it."""

    id: str
    name: str
    should_attend: bool = True
    is_official: bool = False


MODELS = [
    model
    for model in vars(requests).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model is not BaseModel
]


def test_a_field_too_many_makes_an_official_where_models_take_what_comes() -> None:
    sent = {"id": "0001", "name": "张三", "is_official": True, "should_attend": "yes"}
    person = WeakPerson.model_validate(sent)
    assert person.is_official
    assert person.should_attend is True
    with pytest.raises(ValidationError) as caught:
        requests.RollPerson.model_validate(sent, strict=True)
    assert {error["type"] for error in caught.value.errors()} == {"extra_forbidden", "bool_type"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_of_a_request_is_strict_and_closed(model: type[BaseModel]) -> None:
    assert model.model_config.get("extra") == "forbid"
    assert model.model_config.get("strict") is True
    assert model.model_config.get("frozen") is True
