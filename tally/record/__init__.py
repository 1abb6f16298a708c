"""The record file (SPEC §10)."""
