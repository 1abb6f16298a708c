import pytest

from ballots.paper_setting import PaperSetting, PaperUse
from tally.plan.paper import paper_of
from tally.plan.problems import InputErrors
from tally.plan.session_plan import read_plan
from tests.tally.plan.files import SESSION, small_files


def session(*lines: str) -> bytes:
    text = SESSION if isinstance(SESSION, str) else SESSION.decode()
    return text.replace("[session]\n", "[session]\n" + "".join(line + "\n" for line in lines)).encode()


@pytest.mark.parametrize(
    ("lines", "setting"),
    [
        ((), PaperSetting()),
        (('paper = "audit"',), PaperSetting(PaperUse.AUDIT)),
        (('paper = "record"', "paper_evaluations = true"), PaperSetting(PaperUse.RECORD, evaluations=True)),
        (('paper = "audit"', "paper_evaluations = false"), PaperSetting(PaperUse.AUDIT)),
    ],
)
def test_a_session_says_what_its_kiosks_print(lines: tuple[str, ...], setting: PaperSetting) -> None:
    files = {**small_files(), "session.toml": session(*lines)}
    assert read_plan(files).info.paper == setting
    assert paper_of(files) == setting


@pytest.mark.parametrize("line", ['paper = "always"', "paper = 1", 'paper_evaluations = "yes"'])
def test_a_setting_that_is_none_is_refused_by_name(line: str) -> None:
    files = {**small_files(), "session.toml": session(line)}
    with pytest.raises(InputErrors, match="paper"):
        read_plan(files)
    assert paper_of(files) is None


@pytest.mark.parametrize("files", [{}, {"session.toml": b"["}, {"session.toml": b"session = 1"}])
def test_of_what_cannot_be_read_nothing_is_known(files: dict[str, bytes]) -> None:
    assert paper_of(files) is None
