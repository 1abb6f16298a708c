"""Two processes behind one address, as they run."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx2
import pytest

from api.accounts.roles import Role
from api.command import listen
from api.public_service import PublicKeys
from api.screens.screen import HallScreen, Scene
from api.settings import Settings
from api.store.hall import switch_screen
from api.workers.handed import Handed
from api.workers.serving import MISFIT
from api.workers.supervisor import COMMAND
from ballots.sealed_ballot import ballot_id, parse_ballot
from tests.api.workers.site import PATIENCE, Site, running_site
from tests.api.world import voting
from tests.support.patience import patiently
from tests.support.postgres import Cluster
from tests.support.processes import has_ended

READS = 5
"""How often each process is asked after each ballot."""

KNOWN = ("pending", "log")


@pytest.fixture(scope="module")
def site(postgres_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A session with an open contest, on two processes."""
    data = tmp_path_factory.mktemp("workers") / "data"
    with running_site(data, postgres_cluster, "workers_site") as made:
        with made.client() as client:
            voting(made.world, lambda raw: client.post("/v1/entries", content=raw).raise_for_status(), made.contest)
        yield made


def ballot_of(raw: bytes) -> str:
    return ballot_id(parse_ballot(json.loads(raw)["body"]["ballot"])).hex()


def cast(client: httpx2.Client, raw: bytes) -> str:
    """Cast a ballot through one process; gives its id as the server acknowledged it."""
    answer = client.post("/v1/ballots", content=raw)
    assert answer.status_code == 200, answer.text
    assert answer.json()["ballot"] == ballot_of(raw)
    return str(answer.json()["ballot"])


def test_what_is_acknowledged_is_read_back_at_once_from_either_process(site: Site) -> None:
    with site.through("reader") as reader, site.through("sequencer") as sequencer:
        for card in range(10):
            ballot = cast((reader, sequencer)[card % 2], site.world.cast(card, site.contest))
            for _ in range(READS):
                for client in (reader, sequencer):
                    assert client.get(f"/v1/ballots/{ballot}").json()["status"] in KNOWN
        assert reader.get("/v1/status").json() == sequencer.get("/v1/status").json()
        for path in ("/v1/log/entries", "/v1/log/checkpoint", "/v1/log/consistency?from=3&to=9", "/v1/proposals"):
            assert reader.get(path).content == sequencer.get(path).content, path
        size = reader.get("/v1/status").json()["size"]
        proof = f"/v1/log/inclusion/{size - 1}?size={size}"
        assert reader.get(proof).json() == sequencer.get(proof).json()
        assert reader.get("/lookup").content == sequencer.get("/lookup").content
        # An entry of the officials is there for everybody once one of them has the answer.
        voided = site.world.void(30, site.contest, "returned")
        assert reader.post("/v1/entries", content=voided).json()["index"] == size
        site.world.add(voided)
        assert reader.get("/v1/status").json()["size"] == sequencer.get("/v1/status").json()["size"] > size


def test_figures_are_those_of_both_processes(site: Site) -> None:
    token = {"Authorization": f"Bearer {(site.server.data / 'operator.token').read_text().strip()}"}

    def told(client: httpx2.Client) -> dict[str, float]:
        lines = client.get("/metrics", headers=token).text.splitlines()
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}

    asked = 'plenum_request_seconds_count{answer="2xx",kind="log"}'
    with site.through("reader") as reader, site.through("sequencer") as sequencer:
        # A reader tells once a second, so at first it may not have told what others asked before.
        for _ in range(3):
            before = told(sequencer).get(asked, 0)
            for client, times in ((reader, 5), (sequencer, 2)):
                for _ in range(times):
                    assert client.get("/v1/log/checkpoint").status_code == 200
            for _ in patiently():
                found = told(sequencer)
                if found[asked] >= before + 7:
                    break
            if found[asked] == before + 7:
                break
    assert found[asked] == before + 7
    assert found["plenum_readers"] == 1
    for number in ("0", "1"):
        assert found[f'process_resident_memory_bytes{{process="{number}"}}'] > 1_000_000


def test_errors_and_methods_are_carried_as_they_are(site: Site) -> None:
    with site.through("reader") as reader, site.through("sequencer") as sequencer:
        for method, path, body in (
            ("POST", "/v1/ballots", b"?"),
            ("POST", "/v1/entries", b""),
            ("PUT", "/v1/roll", b"{}"),
            ("GET", "/v1/attendance", b""),
            ("GET", "/v1/nothing%2Fhere?a=%20b&a", b""),
            ("GET", "/v1/log/entries?start=x", b""),
            ("HEAD", "/lookup", b""),
            ("GET", "/healthz", b""),
        ):
            answers = [client.request(method, path, content=body) for client in (reader, sequencer)]
            assert answers[0].status_code == answers[1].status_code, path
            assert answers[0].content == answers[1].content, path
            left_out = {"date"}
            headers = [{k: v for k, v in answer.headers.items() if k not in left_out} for answer in answers]
            assert headers[0] == headers[1], path


def test_screens_hear_of_new_entries_through_a_reader(site: Site) -> None:
    screen, official = site.sign_in("screen", Role.HALL), site.sign_in("li", Role.OFFICIAL)
    site.write(switch_screen(HallScreen(Scene.TURNOUT, "report")))
    # Carried, because the official can be signed out when idle; and answered by the reader itself.
    with ExitStack() as stack:
        of_screen, of_official, sequencer = (
            stack.enter_context(site.through(name)) for name in ("reader", "reader", "sequencer")
        )
        board = stack.enter_context(of_screen.stream("GET", "/hall/stream", headers=screen))
        pages = stack.enter_context(of_official.stream("GET", "/session/stream", headers=official))
        assert board.headers["content-type"] == pages.headers["content-type"]
        seen, changed = board.iter_lines(), pages.iter_lines()
        assert next(seen) == "event: board"
        before = next(seen)
        for card in range(20, 29):
            cast(sequencer, site.world.cast(card, site.contest))
        assert next(line for line in seen if line.startswith("data:") and line != before)
        assert next(line for line in changed if line.startswith("event")) == "event: changed"
    with site.through("reader") as reader:
        stranger = reader.get("/hall/stream", headers={"Cookie": f"{site.cookie}={'0' * 64}"}, follow_redirects=False)
        assert stranger.headers["location"].startswith("/sign-in")


def test_nobody_outside_says_who_or_how_he_is(site: Site) -> None:
    forged = {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "http", "Forwarded": "for=10.9.9.9;proto=http"}
    with site.through("reader", "127.0.0.2") as first, site.through("reader", "127.0.0.3") as second:
        headers = {**forged, "Plenum-Client": '["http", "10.9.9.9", 1]'}
        (cookie,) = first.get("/sign-in?lang=en", headers=headers).headers.get_list("set-cookie")
        assert "secure" in cookie.lower()
        for number in range(1_000):
            headers = {"X-Forwarded-For": f"10.0.0.{number % 250}", "Plenum-Client": f'["http", "10.1.0.{number}", 1]'}
            answer = first.post("/v1/enrolments/claims", content=b"{}", headers=headers)
            if answer.status_code == 429:
                break
        assert answer.status_code == 429
        # Not the reader's address is counted but the client's.
        assert second.post("/v1/enrolments/claims", content=b"{}").status_code == 422
        # And the full server counts it wherever it comes from.
        with site.through("sequencer", "127.0.0.2") as direct:
            for _ in range(1_000):
                if direct.post("/v1/enrolments/claims", content=b"{}").status_code == 429:
                    break
            assert first.post("/v1/enrolments/claims", content=b"{}").status_code == 429


def test_the_door_is_for_the_servers_own_account(site: Site) -> None:
    door = site.server.data / "readers.sock"
    assert door.stat().st_mode & 0o777 == 0o600
    transport = httpx2.HTTPTransport(uds=str(door))
    with httpx2.Client(transport=transport, base_url="http://plenum") as client:
        assert client.get("/v1/status").status_code == 400


def test_a_reader_that_dies_is_started_again(site: Site) -> None:
    reader = site.reader()
    os.kill(reader, signal.SIGKILL)
    # Whoever is left answers meanwhile.
    with site.client() as client:
        ballot = cast(client, site.world.cast(31, site.contest))
    assert site.reader(but=reader) != reader
    with site.through("reader") as client:
        assert client.get(f"/v1/ballots/{ballot}").json()["status"] in KNOWN
    assert "reader 1 ended with -9" in site.server.log.read_text()


def test_the_end_of_the_sequencer_is_the_end_of_all(site: Site) -> None:
    with site.through("reader") as client:
        ballot = cast(client, site.world.cast(32, site.contest))
        reader = site.reader()
        site.server.kill()
        while not has_ended(reader):
            time.sleep(0.02)
        # Nobody listens any more, or what this connection led to has ended.
        with pytest.raises(httpx2.TransportError):
            client.get("/v1/status")
    site.server.start()
    for name in ("reader", "sequencer"):
        with site.through(name) as client:
            assert client.get(f"/v1/ballots/{ballot}").json()["status"] in KNOWN
    reader, process = site.reader(), site.server._process
    assert process is not None
    with site.through("reader") as client, client.stream("GET", "/hall/stream", headers=site.sign_in("s2", Role.HALL)):
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) in (0, -signal.SIGTERM)
        assert has_ended(reader)


def test_a_reader_whose_log_does_not_fit_answers_nothing_more(site: Site) -> None:
    """A reader alone, whose server has ended: the database is changed behind its back."""
    site.server.kill()
    keys = PublicKeys(site.world.log_key, site.world.service_key)
    with listen("127.0.0.1", 0) as listener:
        settings = Settings(directory=site.server.data, database_url=site.url)
        handed = Handed(settings, keys, listener.fileno(), None)
        reader = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=(listener.fileno(),), text=False
        )
        assert reader.stdin is not None
        reader.stdin.write(handed.line())
        reader.stdin.flush()
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with httpx2.Client(base_url=base, trust_env=False, timeout=PATIENCE) as client:
            size = client.get("/v1/status").json()["size"]
            # What it does not answer itself is for a server that is not there.
            answer = client.post("/v1/ballots", content=b"?")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
            site.write(
                lambda c: c.execute("INSERT INTO entries (idx, raw, leaf) VALUES (?, ?, ?)", (size, b"{}", b"x")),
                lambda c: c.execute("INSERT INTO checkpoints (size, note) VALUES (?, ?)", (size + 1, b"x")),
                lambda c: c.execute("UPDATE commits SET number = number + 1 WHERE id = 1"),
            )
        while reader.poll() is None:
            time.sleep(0.02)
        _, said = reader.communicate()
        assert reader.returncode == MISFIT
        assert f"this reader answers nothing more: entry {size} is not valid".encode() in said
        assert b"Traceback" not in said
