"""Signing what another scrutineer, or the officials, have proposed: read, compare, tick, sign."""

from typing import Final, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ballots.screen.words import Said
from kiosk.client import WaitingProposal
from kiosk.station_page.pages.watching import when_open
from kiosk.station_page.problems import Wrong
from kiosk.station_page.proposals import body_of, tell_proposal
from kiosk.station_page.station import StationPage
from kiosk.station_page.web import attempt, form_of, go, page, station_of
from kiosk.trustee_witness import shown_digest
from tally.entries.credentials import CredentialsIssued
from tally.entries.entry_type import EntryType
from tally.entry_words import act_of, signer_of
from voting_core.codec import Fields, JsonObject


async def sign(request: Request) -> Response:
    """A proposal in words, and the signature under it."""
    station = station_of(request)
    proposal = _proposal(station, request.path_params["proposal"])
    if proposal is None:
        # Somebody else's signature was the last one, or the log went on: nothing waits here any more.
        return go("/")
    message = None
    if request.method == "POST":
        form, _ = await form_of(request)
        answer = await attempt(
            request,
            lambda: _sign(station, proposal.id, form.get("seen", ""), ticked="compared" in form),
            done=Said("已签名", "Signed"),
            then="/",
        )
        if isinstance(answer, Response):
            return answer
        message = answer
    state = station.snapshot.state
    return page(
        request,
        "sign",
        proposal=proposal,
        told=tell_proposal(state, body_of(proposal.type, proposal.draft.value["body"])),
        signers=[signer_of(state, key) for key in proposal.signatures],
        is_mine=station.snapshot.mine in proposal.signatures,
        seen=shown_digest(proposal).hex(),
        act=act_of(proposal.type),
        own_list=_own_list(station, proposal),
        hindrance=station.snapshot.hindrances.get(proposal.id),
        message=message,
        status=422 if message else 200,
    )


def _own_list(station: StationPage, proposal: WaitingProposal) -> str:
    """How a list of credentials compares with those kept here: `same`, `other` or `none`; empty for anything else."""
    if proposal.type is not EntryType.CREDENTIALS_ISSUED:
        return ""
    body = CredentialsIssued.parse(Fields(cast(JsonObject, proposal.draft.value["body"]), "proposal"))
    kept = station.lists.classes.get(body.class_id, ()) if station.lists else ()
    if body.slot >= len(kept):
        return "none"
    return "same" if kept[body.slot] == body.keys else "other"


def _sign(station: StationPage, proposal: str, seen: str, *, ticked: bool) -> None:
    if not ticked:
        raise Wrong("请先核对，再勾选“我已核对”", "Compare first, then tick “I have compared”")
    try:
        digest = bytes.fromhex(seen)
    except ValueError:
        raise Wrong("请重新打开此页", "Open this page again") from None
    if proposal in station.snapshot.hindrances:
        raise Wrong(
            "现在不能写入日志，没有签名；原因见本页",
            "It cannot enter the log now; nothing was signed. This page says why",
        )
    station.do(lambda scrutineer: scrutineer.sign_shown(proposal, digest))


def _proposal(station: StationPage, wanted: str) -> WaitingProposal | None:
    for proposal in (*station.snapshot.to_sign, *station.snapshot.proposed):
        if proposal.id == wanted:
            return proposal
    return None


ROUTES: Final = (Route("/sign/{proposal}", when_open(sign), methods=["GET", "POST"]),)
