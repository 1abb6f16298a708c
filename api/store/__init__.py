"""The database of one session: connections, the single writer, and reading. Nothing here judges an entry."""
