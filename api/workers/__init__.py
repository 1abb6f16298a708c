"""Several processes at one address (PostgreSQL): one full server, and readers that answer what anybody may read.

ADR 23 says why it is so. `supervisor` starts the readers and watches them, `door` is where the full server takes what
they carry to it; `serving` is a reader, `follower` its copy of the log, `gate` decides what it answers itself,
`forwarding` carries the rest.
"""
