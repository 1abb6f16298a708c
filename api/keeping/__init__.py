"""Keeping a session: backup and restore while the server runs, and export without it."""
