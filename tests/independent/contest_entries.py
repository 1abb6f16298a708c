"""The entries of contests, ballots and the tally, SPEC §4, §5, §7, §9."""

from typing import Any

from . import ristretto as r
from . import tallying
from .ballot import ballot_id, open_ballot, seal, verify
from .canon import b64, unhex
from .contest import check_contest, contest_hash
from .continued import ContinuedVotes
from .errors import Refused, require
from .state import Vote


class ContestEntries(ContinuedVotes):
    """One method for each type of entry: `_` and the type, with `_` for the point."""

    def _kiosk_registered(self, entry: Any, _: bytes) -> None:
        box_key = unhex(entry["body"]["box_key"])
        require(self.box_key in (b"", box_key), "V8.K", "another ballot-box key")
        self.box_key = box_key

    def _contest_defined(self, entry: Any, _: bytes) -> None:
        contest = entry["body"]["contest"]
        check_contest(contest)
        self.check_rules(contest)
        known = {vote.contest["slot"] for vote in self.votes.values()}
        require(contest["id"] not in self.votes and contest["slot"] not in known, "V6.C", "id or slot is not new")
        self.check_follows(contest)
        self.votes[contest["id"]] = Vote(contest)

    def _credentials_issued(self, entry: Any, _: bytes) -> None:
        body, run = entry["body"], b64(entry["body"]["keys"])
        keys = [run[i : i + 32] for i in range(0, len(run), 32)]
        require(len(run) % 32 == 0 and keys == sorted(set(keys)), "V7.A", "a list of credentials is not sorted")
        self.issued.setdefault(body["slot"], {}).update(dict.fromkeys(keys, body["class"]))

    def _credential_voided(self, entry: Any, _: bytes) -> None:
        self.voided.add(unhex(entry["body"]["credential"]))

    def _contest_opened(self, entry: Any, _: bytes) -> None:
        vote = self.vote_of(entry)
        vote.open, vote.opened_at = True, len(self.tree.roots)

    def _contest_paused(self, entry: Any, _: bytes) -> None:
        self.vote_of(entry).open = False

    def _contest_resumed(self, entry: Any, _: bytes) -> None:
        self.vote_of(entry).open = True

    def _contest_closed(self, entry: Any, leaf: bytes) -> None:
        vote = self.vote_of(entry)
        vote.open, vote.closed_size = False, len(self.tree.roots)
        if vote.contest["capture"] == "kiosk":
            vote.root = self.tree.root_with(leaf)
            try:
                vote.cells = tallying.merge(vote.contest, vote.sums)
            except Refused:
                vote.cells = []  # The contest cannot be decrypted; nothing may follow that needs cells.

    def _contest_abandoned(self, entry: Any, _: bytes) -> None:
        vote = self.vote_of(entry)
        reason = entry["body"]["reason"]
        require(reason in ("defect", "emergency", "cards", "key_lost", "postponed"), "V2.B", "the reason")
        require(reason != "postponed" or vote.opened_at < 0, "V4.D", "postponed after it opened")
        require(not vote.counted and len(vote.shares) < self.k, "V4.D", "what can be counted is not abandoned")
        by_hand = vote.contest["capture"] == "hand" and bool(vote.sheets)
        require(not by_hand or len(vote.in_force()) < len(vote.boxes()), "V4.D", "every box is counted")
        vote.open, vote.abandoned = False, True

    def _ballot(self, entry: Any) -> tuple[Vote, str]:
        ballot = entry["body"]["ballot"]
        wanted = unhex(ballot["contest"])
        vote = next((v for v in self.votes.values() if contest_hash(v.contest) == wanted), None)
        require(vote is not None and vote.open and self.joint is not None, "V8.A", "no open contest of this hash")
        assert vote is not None
        assert self.joint is not None
        context, ciphertexts, argument = open_ballot(ballot, r.encode(self.joint), vote.contest)
        require(context.session == self.id and ballot["credential"] == entry["author"], "V8.A", "session or credential")
        name = self.issued.get(vote.contest["slot"], {}).get(context.credential)
        require(
            name in vote.contest["classes"] and context.credential not in self.voided, "V8.A", "not issued, or void"
        )
        require([s["key"] for s in entry["signatures"]] == [entry["author"], self.box_key.hex()], "V8.K", "the box key")
        identifier = ballot_id(ballot)
        history = vote.used.setdefault(context.credential, [])
        history.append(entry["type"])
        cast, challenged = history.count("ballot.cast"), history.count("ballot.challenged")
        require(identifier not in self.ids_seen and cast <= 1 and challenged <= 3, "V8.B", "too many of one credential")
        repeated = verify(context, ciphertexts, argument)
        require(not self.points_seen.intersection(repeated), "V8.D", "a point that the log has already")
        self.points_seen.update(repeated)
        self.ids_seen.add(identifier)
        if entry["type"] == "ballot.challenged":
            again = seal(context, entry["body"]["marks"], unhex(entry["body"]["seed"]))
            require(again == (ciphertexts, argument), "V8.J", "the ballot is not that of its seed and marks")
        return vote, str(name)

    def _ballot_assisted(self, entry: Any, _: bytes) -> None:
        vote, name = self.votes.get(entry["body"]["contest"]), entry["body"]["id"]
        require(vote is not None and vote.open, "V8.A", "no open contest of this id")
        assert vote is not None
        require([s["key"] for s in entry["signatures"]] == [self.box_key.hex()], "V8.K", "the box key alone")
        cards = sum(each["drawn"] + each["test"] for each in vote.attendance["cards"])
        require(len(unhex(name, 16)) == 16 and name not in vote.assisted, "V8.B", "an assistance twice")
        require(len(vote.assisted) < cards, "V8.B", "more assistances than cards")
        vote.assisted.add(name)

    def _ballot_challenged(self, entry: Any, _: bytes) -> None:
        self._ballot(entry)

    def _ballot_cast(self, entry: Any, _: bytes) -> None:
        vote, name = self._ballot(entry)
        number, total = vote.sums.get(name, (0, []))
        points = r.decode_points(b64(entry["body"]["ballot"]["ciphertexts"]))
        vote.sums[name] = (number + 1, tallying.add_ballot(total, points))

    def _record_verified(self, entry: Any, _: bytes) -> None:
        body, me = entry["body"], self.trustee(entry)
        vote = self.vote_of(entry)
        require(me not in vote.verified, "V9.C", "a second root of one trustee")
        used = [type_ for history in vote.used.values() for type_ in history]
        stated = (unhex(body["root"]), body["size"], body["cast"], body["challenged"])
        counted = (used.count("ballot.cast"), used.count("ballot.challenged"))
        require(stated == (vote.root, vote.closed_size, *counted), "V9.C", "another root, or other counts")
        wanted = tallying.aggregates_digest(contest_hash(vote.contest), vote.cells)
        require(unhex(body["aggregates"]) == wanted, "V9.C", "other aggregates")
        vote.verified.add(me)

    def _tally_committed(self, entry: Any, _: bytes) -> None:
        vote, me = self.vote_of(entry), self.trustee(entry)
        require(len(vote.shares) < self.k, "V10.B", "a commitment after k good shares")
        require(me not in vote.commitments, "V10.B", "a second commitment of one trustee")
        vote.commitments[me] = unhex(entry["body"]["commitment"])

    def _tally_shared(self, entry: Any, _: bytes) -> None:
        body, me = entry["body"], self.trustee(entry)
        vote = self.vote_of(entry)
        require(len(vote.commitments) >= self.k, "V10.B", "fewer than k commitments")
        require(me not in vote.shown, "V10.B", "a second share of one trustee")
        require(vote.commitments.get(me) == tallying.share_commitment(vote.root, body), "V10.B", "the commitment")
        bases = b"".join(r.encode(a) for cell in vote.cells for a, _ in cell.aggregate)
        key = r.encode(self.shares_public[me - 1])
        statement = tallying.ShareStatement(self.id, contest_hash(vote.contest), vote.root, me, key, bases)
        vote.shown.add(me)
        try:
            vote.shares[me] = statement.verify(b64(body["shares"], len(bases)), b64(body["proof"], 96))
        except Refused as error:
            if error.code != "V10.C":
                raise

    def _tally_counted(self, entry: Any, _: bytes) -> None:
        vote = self.vote_of(entry)
        require(not vote.counted, "V10.E", "counted twice")
        tallying.check_counts(vote.contest, vote.cells, entry["body"]["cells"], vote.shares, self.k)
        vote.counted, vote.counted_cells = True, entry["body"]["cells"]
