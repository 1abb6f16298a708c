"""The public board: what is published of a session as a folder of static files.

Values in, bytes out: a folder that any web server can carry, and that works from a USB stick without one. Each audience
has a folder of its own, and :mod:`tally.board.audience` is the only place that says what may be in which.
"""
