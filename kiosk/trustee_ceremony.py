"""A station in the key ceremony: join, commit, reveal, confirm or complain, keep the share (SPEC §6)."""

from ballots.crockford import fingerprint_text
from kiosk.drafts import draft, sign
from kiosk.trustee_desk import TrusteeDesk
from tally.entries.entry_type import EntryType
from tally.trustee import dealing


def join(desk: TrusteeDesk) -> None:
    """Ask two officials to admit this trustee, unless the request waits for them already."""
    body = desk.secrets.joined()
    if any(item.draft.value["body"] == body.to_json() for item in desk.client.proposals()):
        return
    # What waits no more may have entered the log since it was read. To ask again would leave behind a request that
    # nobody can grant; so the log is read once more after the list.
    desk.follower.sync()
    if desk.secrets.index in desk.state.trustees:
        return
    entry = draft(desk.state, body, desk.secrets.signing.public, desk.machine.clock())
    desk.client.propose(entry, {desk.secrets.signing.public: sign(entry, desk.secrets.signing)})
    desk.machine.emit("joining", index=body.index, name=body.name, key=body.signing_key.hex())


def next_step(desk: TrusteeDesk) -> None:
    """Do what the ceremony awaits of this trustee now, if anything.

    Raises:
        StateError: the key file does not hold the deal of the running attempt.
    """
    state, index, clock = desk.state, desk.secrets.index, desk.machine.clock
    everybody, ceremony = state.facts.trustees, state.ceremony
    if state.key is not None:
        _keep_share(desk)
    elif len(state.trustees) < everybody:
        return
    elif index not in ceremony.committed:
        entry, secrets = dealing.commit(desk.secrets, state, desk.machine.rng, clock())
        desk.keep_secrets(secrets)
        desk.send(entry, EntryType.DKG_COMMITTED)
    elif len(ceremony.committed) == everybody and index not in ceremony.revealed:
        desk.send(dealing.reveal(desk.secrets, state, clock()), EntryType.DKG_REVEALED)
    elif len(ceremony.revealed) == everybody and index not in ceremony.confirmed:
        desk.send(dealing.confirm_or_complain(desk.secrets, state, clock()), EntryType.DKG_CONFIRMED)


def _keep_share(desk: TrusteeDesk) -> None:
    state = desk.state
    if desk.secrets.deal is None or state.fingerprint is None:
        return
    desk.keep_secrets(dealing.finish(desk.secrets, state))
    desk.machine.emit("key", fingerprint=fingerprint_text(state.fingerprint))
