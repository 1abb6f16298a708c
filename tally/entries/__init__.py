"""Log entries: envelope, bodies and building (SPEC §8.3, §8.4)."""
