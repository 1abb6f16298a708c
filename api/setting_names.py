"""Every setting of a server: its name, what it may be, and what it is for.

The table serves the reader of `plenum.toml`, of the environment and of the command line, `plenum doctor`, and the test
that compares it with `docs/settings.md`. No setting weakens a check: each number has bounds within which any value is
safe, and what is a rule of the protocol is no setting.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from api.settings import MAX_WORKERS, MIN_BATCH, QUEUE_LIMIT


class Kind(StrEnum):
    """What the value of a setting is."""

    FOLDER = "folder"
    FILE = "file"
    TEXT = "text"
    FLAG = "true or false"
    NUMBER = "whole number"
    KEYS = "list of public keys"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `low` and `high` bound numbers."""

    name: str
    kind: Kind
    default: object
    zh: str
    en: str
    low: int = 0
    high: int = 0

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return "PLENUM_" + self.name.upper()

    @property
    def option(self) -> str:
        """Its name on the command line of `plenum serve`."""
        return "--" + ("official" if self.kind is Kind.KEYS else self.name.replace("_", "-"))


SETTINGS: Final = (
    Setting("data", Kind.FOLDER, None, "本场会议数据所在的文件夹", "the folder with everything of this session"),
    Setting(
        "database",
        Kind.TEXT,
        "",
        "PostgreSQL 的连接地址；不填则用文件夹中的内嵌数据库",
        "connection URL of a PostgreSQL; without it the embedded database in the folder",
    ),
    Setting("host", Kind.TEXT, "127.0.0.1", "监听的地址", "address to listen on"),
    Setting(
        "port", Kind.NUMBER, 8300, "监听的端口；0 表示任取一个", "port to listen on; 0 takes a free one", 0, 65_535
    ),
    Setting(
        "simulated",
        Kind.FLAG,
        False,
        "只办演练会议，不办正式会议",
        "take rehearsals (simulated sessions), and only these",
    ),
    Setting(
        "second_factor",
        Kind.FLAG,
        True,
        "登录除口令外还要动态码；只有演练可以关闭",
        "sign in with a code beside the password; only rehearsals may go without",
    ),
    Setting(
        "enrolment",
        Kind.FLAG,
        False,
        "演练时也只接受已登记的工作站；正式会议一律如此",
        "rehearsals, too, take enrolled stations alone; real sessions always do",
    ),
    Setting(
        "tls_cert",
        Kind.FILE,
        None,
        "服务器证书（PEM）；不填则用数据文件夹中的 tls.crt",
        "certificate of the server (PEM); without it tls.crt of the session's folder",
    ),
    Setting(
        "tls_key",
        Kind.FILE,
        None,
        "证书的私钥文件（PEM）；不填则用数据文件夹中的 tls.key",
        "file with the certificate's key (PEM); without it tls.key of the session's folder",
    ),
    Setting(
        "officials",
        Kind.KEYS,
        (),
        "两名工作人员的公钥；其他人创建的会议一律拒绝",
        "public keys of the two officials; sessions of others are refused",
    ),
    Setting(
        "batch_size",
        Kind.NUMBER,
        MIN_BATCH,
        "投票期间每批进入日志的票数",
        "ballots that enter the log together while voting is open",
        MIN_BATCH,
        1_000,
    ),
    Setting(
        "queue_limit",
        Kind.NUMBER,
        QUEUE_LIMIT,
        "最多允许多少件提交同时等待",
        "submissions that may wait at the same time",
        100,
        100_000,
    ),
    Setting(
        "verify_threads",
        Kind.NUMBER,
        2,
        "验证选票用几个线程",
        "threads that verify ballots",
        1,
        64,
    ),
    Setting(
        "verify_processes",
        Kind.NUMBER,
        2,
        "选票多时用几个单独的进程验证；0 表示都在本进程中验证",
        "processes that verify ballots when many come; 0 verifies all in this one",
        0,
        64,
    ),
    Setting(
        "workers",
        Kind.NUMBER,
        1,
        "几个进程同时服务；多于 1 个须用 PostgreSQL，其余进程只答公开查询",
        "processes that serve; more than 1 need PostgreSQL, and all but one answer public reads alone",
        1,
        MAX_WORKERS,
    ),
    Setting(
        "fast_backend",
        Kind.FLAG,
        True,
        "装有编译后端时用它验证选票；false 表示只用 libsodium",
        "verify ballots by compiled code where plenum[fast] is installed; false leaves it to libsodium",
    ),
    Setting(
        "log_json",
        Kind.FLAG,
        False,
        "日志每行写成一个 JSON 对象，供程序读取",
        "write the log as a JSON object on each line, for programs",
    ),
)

BY_NAME: Final = {setting.name: setting for setting in SETTINGS}
