"""Every setting is described, bounded and documented."""

import re
from dataclasses import fields
from pathlib import Path

from api.configuration import configure
from api.setting_names import BY_NAME, SETTINGS, Kind
from api.settings import Settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")


def test_the_page_lists_every_setting_with_variable_default_and_bounds() -> None:
    rows = {row[0]: row for row in re.findall(r"^\| `(\w+)` \| `(\w+)` \| (\S+) \| (.*) \|$", PAGE, re.MULTILINE)}
    assert list(rows) == [setting.name for setting in SETTINGS]
    for setting in SETTINGS:
        _, variable, default, text = rows[setting.name]
        assert variable == setting.variable
        expected = "—" if setting.default in (None, "", ()) else str(setting.default)
        expected = expected.lower() if setting.kind is Kind.FLAG else expected
        assert default == expected, setting.name
        assert setting.zh.split("；")[0] in text, setting.name
        assert setting.en.split("; ")[0].split(" (")[0].split(" a ")[0] in text, setting.name
        if setting.kind is Kind.NUMBER:
            assert f"{setting.low}–{setting.high}" in text, setting.name


def test_every_field_of_a_server_can_be_set() -> None:
    names = {"directory": "data", "database_url": "database"}
    found_at_start = {"address", "authority"}
    assert {names.get(field.name, field.name) for field in fields(Settings)} - found_at_start <= set(BY_NAME)


def test_defaults_are_those_of_the_settings_object() -> None:
    found = configure({"data": Path("/d")}, {}, folder=Path("/nowhere")).settings()
    # Loading compiled code and starting processes is for servers that stay, not for commands that open a folder.
    assert found == Settings(directory=Path("/d"), fast_backend=True, verify_processes=2)


def test_defaults_are_within_bounds_and_options_are_named() -> None:
    for setting in SETTINGS:
        if setting.kind is Kind.NUMBER:
            assert isinstance(setting.default, int)
            assert setting.low <= setting.default <= setting.high
    assert BY_NAME["batch_size"].option == "--batch-size"
    assert BY_NAME["officials"].option == "--official"
