"""QR payloads as versioned, checksummed digits (SPEC §7.4)."""
