"""Printing paper records at a kiosk: when, what, and on which printer (SPEC §7.6)."""
