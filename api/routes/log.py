"""The log for everybody: entries, checkpoints, proofs, and the trustees' cosignatures (SPEC §8.1, §8.6)."""

import asyncio
from collections.abc import Iterator
from itertools import chain
from typing import Annotated

from fastapi import Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.bodies import read_body
from api.errors import MissingError
from api.policies import Public, SelfAuthenticating, policed_router
from api.public_service import PublicService, public_of
from api.schemas.answers import Health, Proof
from api.service import service_of
from api.services.cosignatures import check_cosignature, full_note
from api.settings import LOG_PAGE
from api.store.operations import add_cosignatures
from api.store.reader import StoredCheckpoint
from voting_core.codec import MAX_INTEGER
from voting_core.log.checkpoint import parse_signed_checkpoint

router = policed_router()

Index = Annotated[int, Query(ge=0, le=MAX_INTEGER)]
Size = Annotated[int, Path(ge=0, le=MAX_INTEGER)]
"""An index or size; larger ones than any entry can name would not fit into the database's integers."""

_MAX_LINE_BYTES = 1_000


@router.get("/v1/log/entries", dependencies=[Public])
async def entries(
    request: Request, start: Index = 0, limit: Annotated[int, Query(ge=1, le=LOG_PAGE)] = LOG_PAGE
) -> StreamingResponse:
    """The canonical bytes of entries from index `start` on, at most `limit`, one a line."""
    service = public_of(request)
    stop = min(start + limit, service.sequencer.view.log.size)
    lines = await asyncio.to_thread(_begun, _lines(service.reader.entries(start, stop)))
    return StreamingResponse(lines, media_type="application/jsonl")


@router.get("/v1/log/checkpoint", dependencies=[Public])
async def latest_checkpoint(request: Request) -> Response:
    """The latest checkpoint, a C2SP note with the cosignatures it has so far."""
    return await _note(public_of(request), None)


@router.get("/v1/log/checkpoint/{size}", dependencies=[Public])
async def checkpoint(request: Request, size: Size) -> Response:
    """The checkpoint of a size, if there is one."""
    return await _note(public_of(request), size)


@router.post("/v1/log/cosignatures", dependencies=[SelfAuthenticating])
async def cosign(request: Request, size: Index) -> Health:
    """Store a trustee's cosignature line under the checkpoint of `size`. The first line of a trustee stays."""
    service = service_of(request)
    line = await read_body(request, _MAX_LINE_BYTES)
    stored = await _stored(service, size)
    trustee, checked = check_cosignature(service.sequencer.view.log, stored, line)
    await asyncio.wrap_future(service.writer.submit(add_cosignatures(size, [(trustee, checked)])))
    service.cosigned.advance(size, parse_signed_checkpoint(stored.note).checkpoint.root)
    return Health()


@router.get("/v1/log/inclusion/{index}", dependencies=[Public])
async def inclusion(request: Request, index: Size, size: Index) -> Proof:
    """The proof that the entry with this index is in the log of `size`."""
    service = public_of(request)
    if not 0 <= index < size <= service.sequencer.view.log.size:
        raise MissingError(
            f"there is no entry {index} in a log of {size}; the log has {service.sequencer.view.log.size}"
        )
    hashes = await asyncio.to_thread(service.index.inclusion, index, size)
    return Proof(leaf=service.index.leaf(index).hex(), hashes=[item.hex() for item in hashes])


@router.get("/v1/log/consistency", dependencies=[Public])
async def consistency(
    request: Request,
    first: Annotated[int, Query(ge=1, le=MAX_INTEGER, alias="from")],
    second: Annotated[int, Query(ge=1, le=MAX_INTEGER, alias="to")],
) -> Proof:
    """The proof that the log of size `to` extends the log of size `from`."""
    service = public_of(request)
    if not first <= second <= service.sequencer.view.log.size:
        raise MissingError(f"there are no logs of {first} and {second}; the log has {service.sequencer.view.log.size}")
    hashes = await asyncio.to_thread(service.index.consistency, first, second)
    return Proof(leaf="", hashes=[item.hex() for item in hashes])


def _begun(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Read the first page before the answer begins: that the database is away can be told by a status alone."""
    return chain([next(lines, b"")], lines)


def _lines(raws: Iterator[bytes]) -> Iterator[bytes]:
    for raw in raws:
        yield raw + b"\n"


async def _stored(service: PublicService, size: int | None) -> StoredCheckpoint:
    stored = await asyncio.to_thread(service.reader.checkpoint, size)
    if stored is None:
        raise MissingError("there is no checkpoint of this size; checkpoints exist where a group of entries ends")
    return stored


async def _note(service: PublicService, size: int | None) -> Response:
    return Response(full_note(await _stored(service, size)), media_type="text/plain; charset=utf-8")
