"""`plenum pki`: certificates for the hall's network."""

from pathlib import Path
from typing import Annotated, Final

import typer
from cryptography import x509
from rich.console import Console
from rich.text import Text

from api.pki.authority import fingerprint, make_authority
from api.pki.hosts import read_domain
from api.pki.server import SOON_DAYS, days_left, hosts_of, make_server_certificate
from api.pki_files import SERVER_CERTIFICATE, AuthorityFolder, read_certificates, store_server
from ballots.authority_fingerprint import authority_fingerprint_text
from ballots.paper.qr import qr_text_matrix
from ballots.paper.qr_blocks import qr_blocks
from tally.cli.passphrase import choose_passphrase, read_passphrase
from tally.cli.system import SystemRng, unix_time
from voting_core.errors import InputError

HELP: Final = "Certificates for the hall's network, from an authority of your own."
PREFIX: Final = "SHA256:"
"""What the QR code of a fingerprint begins with."""

_PassphraseFile = Annotated[
    Path | None, typer.Option(help="File with the authority's passphrase; without it, it is asked.")
]
_Dir = Annotated[Path, typer.Option("--dir", help="Folder of the authority, as plenum pki init made it.")]


def register(app: typer.Typer) -> None:
    """Add `plenum pki` and its commands."""
    pki = typer.Typer(add_completion=False, no_args_is_help=True, help=HELP)
    app.add_typer(pki, name="pki", help=HELP)

    @pki.command()
    def init(
        out: Annotated[Path, typer.Option(help="Folder to make for the authority, on a stick of its own.")],
        name: Annotated[str, typer.Option(help="Name of the county or the hall, for people who look at certificates.")],
        domain: Annotated[
            list[str] | None, typer.Option(help="Further end of names it may sign for, such as the county's domain.")
        ] = None,
        passphrase_file: _PassphraseFile = None,
    ) -> None:
        """Make an authority: a key under a passphrase, and its certificate."""
        domains = tuple(map(read_domain, domain or ()))
        made = make_authority(name, domains, now=unix_time(), rng=SystemRng())
        AuthorityFolder(out).create(made, choose_passphrase(passphrase_file), SystemRng())
        _show(made.certificate, out)

    @pki.command()
    def server(
        folder: _Dir,
        host: Annotated[list[str], typer.Option(help="Address or name by which the server is reached; repeatable.")],
        out: Annotated[Path, typer.Option(help="Where tls.crt and tls.key go: the server's data directory.")],
        passphrase_file: _PassphraseFile = None,
    ) -> None:
        """Make a server's certificate and key."""
        _issue(folder, tuple(host), out, passphrase_file, replace=False)

    @pki.command()
    def renew(
        folder: _Dir,
        out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder with the tls.crt that is to be replaced.")],
        passphrase_file: _PassphraseFile = None,
    ) -> None:
        """Replace a server's certificate and key by new ones for the same addresses and names."""
        old = read_certificates(out / SERVER_CERTIFICATE)[0]
        _issue(folder, hosts_of(old), out, passphrase_file, replace=True)

    @pki.command("list")
    def list_issued(folder: _Dir) -> None:
        """What the authority has signed: number, end, addresses and names."""
        now = unix_time()
        _line(_summary(AuthorityFolder(folder).certificate(), now))
        for certificate in AuthorityFolder(folder).issued():
            _line(f"  {_summary(certificate, now)}  {' '.join(hosts_of(certificate))}")

    @pki.command()
    def show(folder: _Dir) -> None:
        """The authority's fingerprint, as text to compare and as a QR code."""
        _show(AuthorityFolder(folder).certificate(), folder)


def _issue(folder: Path, hosts: tuple[str, ...], out: Path, passphrase_file: Path | None, *, replace: bool) -> None:
    authority = AuthorityFolder(folder)
    if not replace and (out / SERVER_CERTIFICATE).exists():
        raise InputError(str(out / SERVER_CERTIFICATE), "is there already", "Run plenum pki renew")
    opened = authority.open(read_passphrase(passphrase_file))
    made = make_server_certificate(opened, hosts, now=unix_time(), rng=SystemRng())
    authority.note(made.certificate)
    store_server(out, made, replace=replace)
    _line(f"✓ {out / SERVER_CERTIFICATE}  {' '.join(hosts_of(made.certificate))}")
    _line(f"  有效期至 valid until {made.certificate.not_valid_after_utc:%Y-%m-%d}")


def _show(certificate: x509.Certificate, folder: Path) -> None:
    digest = fingerprint(certificate)
    console = Console()
    for line in qr_blocks(qr_text_matrix(PREFIX + digest.hex().upper())):
        console.print(Text(line, style="black on bright_white"), soft_wrap=True)
    _line(f"{_subject(certificate)}")
    _line(f"有效期至 valid until {certificate.not_valid_after_utc:%Y-%m-%d}   {folder / 'ca.crt'}")
    _line("指纹 SHA-256")
    _line(authority_fingerprint_text(digest))


def _summary(certificate: x509.Certificate, now: int) -> str:
    left = days_left(certificate, now=now)
    state = "已过期 expired" if left < 0 else "即将到期 ends soon" if left < SOON_DAYS else "有效 valid"
    number = f"{certificate.serial_number:032x}"[:8]
    return f"{number}  {certificate.not_valid_after_utc:%Y-%m-%d}  {state}  {_subject(certificate)}"


def _subject(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)


def _line(text: str) -> None:
    # Bytes, because names are Chinese whatever the locale of the terminal says.
    typer.echo(text.encode("utf-8"))
