"""A contest at a real server while things go wrong, and the judgement at the end.

Senders cast as kiosks do: what gets no answer, or is told to come again, is sent again until it is promised; what is
promised is sent again too, for nobody knows what a network doubles. At the end every promise must be kept: each ballot
is in the log exactly once, the log is the one that its checkpoint is of, and its record verifies.
"""

import io
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx2

from ballots.sealed_ballot import ballot_id, parse_ballot
from tally.entries.contests import ContestPaused
from tally.verify import verify_record
from tests.api.world import CARDS, World, voting
from tests.support.patience import PATIENCE, patiently
from tests.support.seeded_rng import SeededRng
from voting_core.log.checkpoint import verify_checkpoint

SENDERS = 4
"""Kiosks that send at the same time."""

KNOWN = ("pending", "log")
LATER = frozenset({429, 502, 503, 504, 507})
"""Answers after which a station sends again."""

LATER_SECONDS = 0.03
"""Within so long after a promise something is on its way, and something is being written."""

_PAUSE = 0.05


def ballot_of(raw: bytes) -> str:
    """The id of the ballot in an entry."""
    return ballot_id(parse_ballot(json.loads(raw)["body"]["ballot"])).hex()


def client_at(url: str) -> httpx2.Client:
    """A client that waits as long as a test may."""
    return httpx2.Client(base_url=url, trust_env=False, timeout=PATIENCE, verify=False)


def answered(client: httpx2.Client, method: str, path: str, content: bytes | None = None) -> httpx2.Response:
    """Ask as a station does: again while the answer is to come again, for a database may need a moment to be back."""
    answer = client.request(method, path, content=content)
    for _ in patiently(_PAUSE):
        if answer.status_code not in LATER:
            break
        answer = client.request(method, path, content=content)
    return answer.raise_for_status()


@dataclass
class Election:
    """An open contest of the server at `url`, with a ballot of every card."""

    url: str
    seed: str = "world"
    promised: set[str] = field(default_factory=set)
    """The ids of the ballots whose promise came."""

    answers: set[int] = field(default_factory=set)
    """Every status that senders were answered with."""

    broken: list[str] = field(default_factory=list)
    """What a sender was told that it must not be."""

    def __post_init__(self) -> None:
        with client_at(self.url) as client:
            status = client.get("/v1/status").json()
            self.world = World(bytes.fromhex(status["log_key"]), bytes.fromhex(status["service_key"]), seed=self.seed)
            self.contest = self.world.contest()
            voting(self.world, lambda raw: client.post("/v1/entries", content=raw).raise_for_status(), self.contest)
        raws = (self.world.cast(card, self.contest) for card in range(CARDS))
        self.raws = {ballot_of(raw): raw for raw in raws}
        self._left = list(self.raws)
        self._before = 0

    @contextmanager
    def voted(self, cards: int, url: str = "", senders: int = SENDERS) -> Iterator[threading.Event]:
        """Have senders cast the next ballots, at another address if one is given, until the context ends.

        Gives an event that is set when all of them are promised.
        """
        ids, self._left = self._left[:cards], self._left[cards:]
        self._before = len(self.promised)
        done, stop = threading.Event(), threading.Event()
        threads = [
            threading.Thread(target=self._send, args=(url or self.url, ids, ids[number::senders], done, stop))
            for number in range(senders)
        ]
        for thread in threads:
            thread.start()
        try:
            yield done
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def await_moment(self, rng: SeededRng, new: int, done: threading.Event) -> None:
        """Wait for a random moment while `new` ballots are cast: after some of their promises, and a little later."""
        wanted = self._before + draw(rng, new + 1)
        for _ in patiently(0.001):
            if len(self.promised) >= wanted or done.is_set():
                break
        time.sleep(LATER_SECONDS * draw(rng, 1000) / 1000)

    def cast(self, cards: int, url: str = "") -> None:
        """Cast the next ballots, until all of them are promised."""
        with self.voted(cards, url) as done:
            assert done.wait(PATIENCE)

    def _send(
        self, url: str, together: list[str], mine: list[str], done: threading.Event, stop: threading.Event
    ) -> None:
        with client_at(url) as client:
            while mine and not stop.is_set():
                for identifier in mine:
                    if stop.is_set():
                        return
                    self._send_one(client, identifier)
                    if self.promised.issuperset(together):
                        done.set()
                stop.wait(_PAUSE)

    def _send_one(self, client: httpx2.Client, identifier: str) -> None:
        try:
            answer = client.post("/v1/ballots", content=self.raws[identifier])
        except httpx2.TransportError:
            return
        self.answers.add(answer.status_code)
        if answer.status_code == httpx2.codes.OK:
            if answer.json()["ballot"] != identifier:
                self.broken.append(f"another ballot was promised than {identifier}")
            self.promised.add(identifier)
        elif answer.status_code not in LATER:
            self.broken.append(answer.text)

    def check_promises(self, url: str = "") -> None:
        """Everything that was promised is there, now."""
        with client_at(url or self.url) as client:
            for identifier in sorted(self.promised):
                answer = answered(client, "GET", f"/v1/ballots/{identifier}")
                assert answer.json()["status"] in KNOWN, identifier

    def judge(self) -> None:
        """Everybody sends again what was sent; then the log has each of these ballots once, and no other."""
        assert self.broken == []
        sent = [identifier for identifier in self.raws if identifier not in self._left]
        with client_at(self.url) as client:
            for identifier in sent:
                answered(client, "POST", "/v1/ballots", self.raws[identifier])
            # The pause brings in what is too little for a batch.
            self.follow(client)
            pause = self.world.entry(ContestPaused(self.contest.id), "contest.paused", *self.world.officials)
            answered(client, "POST", "/v1/entries", pause)
            self.follow(client)
            note = answered(client, "GET", "/v1/log/checkpoint").content
            record = answered(client, "GET", "/v1/record").content
        log = [raw for raw in self.world.entries if raw in set(self.raws.values())]
        assert sorted(ballot_of(raw) for raw in log) == sorted(sent)
        assert self.promised <= set(sent)
        state = self.world.state
        assert state.contest(self.contest.id).cast == len(sent)
        signed = verify_checkpoint(note, state.session_id, self.world.log_key).checkpoint
        assert (signed.size, signed.root) == (state.size, state.root)
        # No scrutineers are here to cosign.
        found = [item for item in verify_record(io.BytesIO(record)).findings if item.code != "V3.D"]
        assert not found, found

    def follow(self, client: httpx2.Client) -> None:
        """Replay what the log has that the world does not know; an entry that is not valid ends the test."""
        for raw in answered(client, "GET", f"/v1/log/entries?start={self.world.state.size}").content.splitlines():
            self.world.add(raw)


def chance(seed: object) -> SeededRng:
    """The moments of a study."""
    return SeededRng(f"faults {seed}")


def draw(rng: SeededRng, below: int) -> int:
    """A random number."""
    return int.from_bytes(rng.bytes(4)) % below
