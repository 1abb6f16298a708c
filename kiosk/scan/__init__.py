"""The scanning station: reads paper records from scanned pages, counts them, and compares (`plenum scan`)."""
