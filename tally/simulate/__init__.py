"""A whole session in one process: every cryptographic step real, no network (`plenum simulate`)."""
