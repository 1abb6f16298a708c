"""The secret side of a scrutineer: dealing, confirming, decrypting (SPEC §6, §9)."""
