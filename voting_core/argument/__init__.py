"""Reading-side of the ballot argument (SPEC §5.3, §5.4)."""
