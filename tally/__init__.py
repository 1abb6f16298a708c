"""The session's state machine, tally, rules, record and verifier (SPEC §8 to §11)."""
