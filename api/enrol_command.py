"""`plenum enrol`: codes for stations, made on the server's own machine while the server runs."""

import ssl
from pathlib import Path
from typing import Annotated, Any, Final

import httpx2
import typer
from rich.console import Console
from rich.text import Text

from api.pki.server import authority_in, pem
from api.pki_files import SERVER_CERTIFICATE, read_certificates
from api.private_file import read_private
from api.settings import Settings
from ballots.paper.qr import qr_matrix
from ballots.paper.qr_blocks import qr_blocks
from voting_core.errors import InputError
from voting_core.params import MAX_TRUSTEES

HELP: Final = "Codes with which kiosks and scrutineers' stations enrol at a running server."
TIMEOUT_SECONDS: Final = 10.0

_Data = Annotated[Path, typer.Option(help="The server's data directory, with its operator.token.")]
_Server = Annotated[str, typer.Option(help="The server's address, such as https://10.0.0.1:8300.")]
_Name = Annotated[str, typer.Argument(help="The name that the station will have in the log.")]

_STATES: Final = {"waiting": "待登记", "enrolled": "已登记", "revoked": "已作废", "expired": "已过期"}


def register(app: typer.Typer) -> None:
    """Add `plenum enrol` and its commands."""
    enrol = typer.Typer(add_completion=False, no_args_is_help=True, help=HELP)
    app.add_typer(enrol, name="enrol", help=HELP)

    @enrol.command()
    def kiosk(name: _Name, data: _Data, server: _Server) -> None:
        """A code for a kiosk."""
        _show(_ask(data, server, "POST", "", {"role": "kiosk", "name": name}))

    @enrol.command()
    def scrutineer(
        name: _Name,
        number: Annotated[int, typer.Argument(min=1, max=MAX_TRUSTEES, help="The scrutineer's number, from 1.")],
        data: _Data,
        server: _Server,
    ) -> None:
        """A code for a scrutineer's station."""
        _show(_ask(data, server, "POST", "", {"role": "scrutineer", "name": name, "number": number}))

    @enrol.command("list")
    def list_stations(data: _Data, server: _Server) -> None:
        """The stations for which codes were made."""
        for item in _ask(data, server, "GET", ""):
            _line(f"{item['id']}  {_STATES[item['state']]} {item['state']}  {item['role']} {item['name']}")

    @enrol.command()
    def revoke(
        station: Annotated[str, typer.Argument(metavar="ID", help="The station's id, as list shows it.")],
        data: _Data,
        server: _Server,
    ) -> None:
        """Let a station ask for nothing more; what it has put into the log stays there."""
        _ask(data, server, "DELETE", f"/{station}")
        _line("✓ 已作废 revoked")


def _ask(data: Path, server: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Ask the running server, as its operator.

    Raises:
        InputError: it does not answer, or refuses.
    """
    token = read_private(Settings(directory=data).operator_token_file).decode("ascii").strip()
    try:
        with httpx2.Client(
            base_url=server, trust_env=False, timeout=TIMEOUT_SECONDS, verify=_trusted(data), follow_redirects=False
        ) as client:
            headers = {"Authorization": f"Bearer {token}"}
            answer = client.request(method, f"/v1/enrolments{path}", headers=headers, json=body)
    except (httpx2.TransportError, httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
        raise InputError(
            server, f"the server does not answer ({type(error).__name__})", "Check --server, and start the server first"
        ) from error
    if answer.status_code != httpx2.codes.OK:
        raise InputError(server, f"the server refuses this: {_detail(answer)}", "Mend that, and try again")
    return answer.json()


def _trusted(data: Path) -> ssl.SSLContext | bool:
    """The authority behind the server's own certificate; the token is sent to nobody else."""
    path = data / SERVER_CERTIFICATE
    if not path.exists():
        return True
    root = authority_in(read_certificates(path))
    return True if root is None else ssl.create_default_context(cadata=pem(root).decode("ascii"))


def _detail(answer: httpx2.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"


def _show(issued: dict[str, Any]) -> None:
    console = Console()
    for line in qr_blocks(qr_matrix(issued["digits"])):
        console.print(Text(line, style="black on bright_white"), soft_wrap=True)
    _line(f"登记码 code  {issued['code']}    （30 分钟内有效，只能用一次 valid for 30 minutes, once）")
    _line(f"服务器 server  {issued['address']}")
    if issued["authority"]:
        _line(f"证书机构 authority  {issued['authority']}")
    _line(f"二维码数字 digits  {issued['digits']}")


def _line(text: str) -> None:
    # Bytes, because names are Chinese whatever the locale of the terminal says.
    typer.echo(text.encode("utf-8"))
