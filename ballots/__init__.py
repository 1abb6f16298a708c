"""Contests, ballots, cards and their QR payloads: pure functions on values (SPEC §4, §5, §7)."""
