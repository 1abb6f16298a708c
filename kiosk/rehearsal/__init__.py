"""A rehearsal on one machine: server, scrutineers' stations and a kiosk, each a real program in its own process."""
