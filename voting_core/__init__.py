"""The cryptographic core: pure functions on bytes and values (SPEC §2 to §6)."""
