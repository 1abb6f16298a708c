import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest
from typer.testing import CliRunner

from tally.cli import app as app_module
from tally.cli.app import OWN, build_app, main


def test_help_lists_the_commands_of_all_packages() -> None:
    shown = CliRunner().invoke(build_app(), ["--help"]).stdout
    for name in (*OWN, "serve", "kiosk", "scrutineer", "demo"):
        assert name in shown


def test_a_command_whose_package_is_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = EntryPoint("serve", "no_such_package.command:register", app_module.ENTRY_POINT_GROUP)
    monkeypatch.setattr(app_module, "_commands", lambda: {"serve": missing})
    done = CliRunner().invoke(build_app(), ["serve"])
    assert done.exit_code == app_module.EXIT_BAD_INPUT
    assert "no_such_package" in done.output
    assert "install plenum[web,station,load]" in done.output


def test_what_a_person_can_mend_is_one_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["plenum", "decide", "/no/such/file.json"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == app_module.EXIT_BAD_INPUT
    error = capsys.readouterr().err
    assert error.startswith("plenum: /no/such/file.json")
    assert "Traceback" not in error


@pytest.mark.parametrize("name", OWN)
def test_every_command_of_this_package_has_its_help(name: str) -> None:
    shown = CliRunner().invoke(build_app(), [name, "--help"])
    assert shown.exit_code == 0
    assert f"plenum {name}" in shown.stdout.replace("root", "plenum")


def test_a_command_that_does_not_exist_is_refused() -> None:
    assert CliRunner().invoke(build_app(), ["tally"]).exit_code == app_module.EXIT_BAD_INPUT


def test_verifying_loads_no_web_package_and_nothing_that_prints() -> None:
    names = ("fastapi", "sqlmodel", "uvicorn", "httpx2", "api", "kiosk", "typst", "openpyxl")
    code = (
        "import sys\nfrom tally.cli.app import main\nsys.argv = ['plenum', 'verify', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"sys.stderr.write(str([name for name in {names} if name in sys.modules]))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stderr == "[]"
