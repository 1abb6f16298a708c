"""`plenum demo`: a whole session on real input through a real server, stations and scrutineers."""
