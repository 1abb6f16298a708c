"""Processes that verify ballot arguments for the sequencer. They are sent public data alone and answer what is bad."""
