"""The service that stores the log and takes ballots."""
