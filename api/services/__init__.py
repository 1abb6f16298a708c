"""Use cases between the routes and the sequencer. No HTTP in here."""
