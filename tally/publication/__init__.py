"""What an audience may see of an evaluation: scopes with delays, and categories too small to be shown (SPEC §13.1)."""
