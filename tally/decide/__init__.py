"""From counts and a rule set to an outcome (SPEC §9.7)."""
