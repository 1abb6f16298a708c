"""Paper records against the count (SPEC §7.6): reading them, counting them, comparing, and auditing by a sample."""
