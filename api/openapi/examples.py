"""One example of each body. They are invented, and of the right form; a test holds them against their schemas."""

from typing import Any, Final

HEX32: Final = "6c1f0d8e2a7b4c5d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b7c6d"
OTHER_HEX32: Final = "0f9e8d7c6b5a49382716051423324150697887a6b5c4d3e2f1a0f9e8d7c6b5a4"
SIGNATURE: Final = "IB3s1k80Imxzv3bZHfeQZny6adT9Or8waBX3drkqbG2m4SWWS4WfnVWf2FLbNcaZ5yhHECMMpy7MZf9_pgF_Dg"
SESSION: Final = "b3c2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2"

ENTRY: Final[dict[str, Any]] = {
    "author": HEX32,
    "body": {"contest": "committee"},
    "protocol": "plenum-v1",
    "seen": {"root": OTHER_HEX32, "size": 41},
    "session": SESSION,
    "signatures": [{"key": HEX32, "signature": SIGNATURE}, {"key": OTHER_HEX32, "signature": SIGNATURE}],
    "time": 1797724800,
    "type": "contest.opened",
}
DRAFT: Final[dict[str, Any]] = {key: value for key, value in ENTRY.items() if key != "signatures"}
BALLOT: Final[dict[str, Any]] = {
    "author": HEX32,
    "body": {"argument": "…", "ciphertexts": "…", "contest": "committee", "credential": HEX32},
    "protocol": "plenum-v1",
    "session": SESSION,
    "signatures": [{"key": HEX32, "signature": SIGNATURE}, {"key": OTHER_HEX32, "signature": SIGNATURE}],
    "type": "ballot.cast",
}
PROMISE: Final[dict[str, Any]] = {
    "ballot": HEX32,
    "root": OTHER_HEX32,
    "session": SESSION,
    "signature": SIGNATURE,
    "size": 48,
}
PLACED: Final = {"index": 41, "root": OTHER_HEX32, "size": 42}
QUEUE: Final[dict[str, Any]] = {
    "contest": "committee",
    "kiosk": HEX32,
    "root": OTHER_HEX32,
    "session": SESSION,
    "signature": SIGNATURE,
    "size": 42,
    "waiting": 0,
}
CHECKPOINT: Final = (
    "plenum/b3c2d1e0\n42\nD56NfGtaSTgnFgUUIzJBUGl4h6a1xNPi8aD56NfGtaQ=\n\n— plenum/b3c2d1e0 c2lnbmF0dXJl…\n"
)
COSIGNATURE: Final = "— plenum/b3c2d1e0/witness/1 Y29zaWduYXR1cmU…\n"
PROOF: Final = {"hashes": [HEX32, OTHER_HEX32], "leaf": HEX32}
STATUS: Final[dict[str, Any]] = {
    "contests": [
        {
            "cast": 32,
            "challenged": 1,
            "id": "committee",
            "issued": 300,
            "kind": "election",
            "slot": 0,
            "status": "open",
            "title": {"en": "County committee", "zh": "选举县委委员"},
        }
    ],
    "fingerprint": "7KQ2-M4XN-0R8T-V5WY-3CDE-9FGH-JK1P-QRS6",
    "log_key": HEX32,
    "root": OTHER_HEX32,
    "sealed": False,
    "service_key": OTHER_HEX32,
    "session": SESSION,
    "simulated": False,
    "size": 42,
    "title": "中国共产党清岚县第十四次代表大会第三次会议",
}
PAPER: Final = {"evaluations": False, "use": "audit"}
BALLOT_STATUS: Final = {"id": HEX32, "ids": [], "index": 37, "status": "log"}
CREDENTIAL_STATUS: Final = {"challenges": 0, "issued": True, "used": False, "voided": False}
PROPOSAL: Final[dict[str, Any]] = {"draft": DRAFT, "signatures": [{"key": HEX32, "signature": SIGNATURE}]}
LISTED_PROPOSAL: Final[dict[str, Any]] = {**PROPOSAL, "enrolled": True, "id": OTHER_HEX32}
PROPOSAL_SIGNATURE: Final = {"key": OTHER_HEX32, "signature": SIGNATURE}
PROPOSAL_STATUS: Final[dict[str, Any]] = {
    "id": OTHER_HEX32,
    "index": None,
    "missing": "V4.B: two officials must sign",
    "signers": [HEX32],
    "status": "waiting",
    "type": "contest.opened",
}
ROLL: Final[dict[str, Any]] = {
    "people": [
        {"delegation": "第一代表团", "id": "0001", "name": "李红香", "on_leave": False, "should_attend": True},
        {"delegation": "第二代表团", "id": "0078", "name": "欧阳建国", "on_leave": True, "should_attend": True},
    ]
}
CHECK_IN: Final = {"action": "draw_card", "delegate": "0001"}
ATTENDANCE: Final = {"cards_drawn": 287, "on_leave": 9, "present": 288, "should_attend": 300}
NEW_STATION: Final = {"name": "1号机", "number": 0, "role": "kiosk"}
ISSUED_CODE: Final = {
    "address": "https://10.0.0.1:8300",
    "authority": ":".join(["6C"] * 32),
    "code": "XPKZ-WG1N-PCBS-GRAE",
    "digits": "003486030061785098760760454252224579830468320415514552087682183557614628453888189186633088360946"
    "458757929245392412603399390641145452296795814420197695943656728",
    "expires": 1797726600,
    "id": HEX32[:32],
}
STATION: Final = {
    "expires": 1797726600,
    "id": HEX32[:32],
    "key": HEX32,
    "name": "1号机",
    "number": 0,
    "role": "kiosk",
    "state": "enrolled",
}
CLAIM: Final = {"code": "XPKZ-WG1N-PCBS-GRAE", "token": HEX32}
ENROLLED: Final = {"name": "1号机", "number": 0, "role": "kiosk", "session": SESSION}
AUTHORITY: Final = "-----BEGIN CERTIFICATE-----\nMIIC…\n-----END CERTIFICATE-----\n"
OK: Final = {"status": "ok"}

METRICS: Final = (
    "# HELP plenum_log_entries Entries in the log\n# TYPE plenum_log_entries gauge\nplenum_log_entries 412\n"
)
