"""Load tests: the peak of a session, ending in a verified record."""
