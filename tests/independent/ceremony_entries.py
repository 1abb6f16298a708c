"""The entries of the key ceremony, SPEC §6."""

from typing import Any

from . import ceremony, ed25519
from . import ristretto as r
from .canon import b64, unhex
from .errors import require
from .sealing import check_key, open_box, public_of
from .state import Attempt, State


class CeremonyEntries(State):
    """One method for each type of entry: `_` and the type, with `_` for the point."""

    def _session_created(self, entry: Any, _: bytes) -> None:
        body = entry["body"]
        self.n, self.k = body["trustees"], body["threshold"]
        require(2 <= self.k <= self.n <= 15, "V5.A", "threshold and trustees")
        self.keys = {name: unhex(body[name]) for name in ("log_key", "service_key")}

    def _trustee_joined(self, entry: Any, _: bytes) -> None:
        body = entry["body"]
        require(1 <= body["index"] <= self.n and body["index"] not in self.roster, "V5.A", "the index of a trustee")
        ed25519.check_key(unhex(body["signing_key"]))
        ed25519.check_key(unhex(body["witness_key"]))
        self.roster[body["index"]] = body
        self.witnesses[body["index"]] = unhex(body["witness_key"])

    def _dkg_committed(self, entry: Any, leaf: bytes) -> None:
        check_key(unhex(entry["body"]["sealing_key"]))
        attempt = self.attempts.setdefault(entry["body"]["attempt"], Attempt())
        attempt.committed[self.trustee(entry)] = (leaf, entry["body"])

    def _dkg_revealed(self, entry: Any, leaf: bytes) -> None:
        body, dealer = entry["body"], self.trustee(entry)
        attempt = self.attempts[body["attempt"]]
        deal = self._deal(body, dealer)
        require(deal.commitment() == unhex(attempt.committed[dealer][1]["commitment"]), "V5.B", f"dealer {dealer}")
        points = deal.check(self.k)
        taken = {r.encode(p) for held in attempt.points.values() for p in held}
        require(not taken & {r.encode(p) for p in points}, "V5.C", f"dealer {dealer} copied a commitment")
        to = [item["to"] for item in body["shares"]]
        require(to == [i for i in range(1, self.n + 1) if i != dealer], "V5.E", "one box for each other trustee")
        for item in body["shares"]:
            b64(item["box"], 80, "V5.E")
        attempt.revealed[dealer], attempt.points[dealer] = (leaf, body), points

    def _deal(self, body: Any, dealer: int) -> ceremony.Deal:
        return ceremony.Deal(
            self.id, body["attempt"], self.roster_hash(), dealer, b64(body["commitments"]), b64(body["proof"], 64)
        )

    def _dkg_complained(self, entry: Any, _: bytes) -> None:
        body, me = entry["body"], self.trustee(entry)
        attempt, secret = self.attempts[body["attempt"]], unhex(body["sealing_secret"])
        require(me not in attempt.confirmed, "V5.F", "a complaint after the confirmation")
        require(public_of(secret) == unhex(attempt.committed[me][1]["sealing_key"]), "V5.F", "another sealing key")
        dealt = attempt.revealed[body["dealer"]][1]
        box = next(b64(item["box"]) for item in dealt["shares"] if item["to"] == me)
        share = open_box(secret, self._deal(dealt, body["dealer"]).box_info(me), box)
        good = share is not None and ceremony.share_is_good(share, attempt.points[body["dealer"]], me)
        self.at_fault = me if good else body["dealer"]

    def _dkg_confirmed(self, entry: Any, _: bytes) -> None:
        body, me = entry["body"], self.trustee(entry)
        attempt = self.attempts[body["attempt"]]
        order = range(1, self.n + 1)
        committed, revealed = [attempt.committed[i][0] for i in order], [attempt.revealed[i][0] for i in order]
        wanted = ceremony.transcript(self.id, self.roster_hash(), body["attempt"], committed, revealed)
        require(unhex(body["transcript"]) == wanted, "V5.G", "another transcript")
        attempt.confirmed.add(me)
        if len(attempt.confirmed) == self.n:
            self.joint, self.shares_public = ceremony.keys([attempt.points[i] for i in order])
            self.confirmed_at = len(self.tree.roots)
