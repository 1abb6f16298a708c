"""Setting a session up by hand: a draft is a folder of files, and every edit gives a new folder.

The folder is that of `plenum demo` and `plenum simulate`, and :mod:`tally.plan` is the only judge of what is valid.
Whether a step is taken is decided by reading the folder that it would leave.
"""
