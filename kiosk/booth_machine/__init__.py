"""One delegate's way through the kiosk as a pure state machine: what happened gives what is shown, and what to do.

No clock, network, disk or browser is in here. :mod:`kiosk.kiosk_page` draws the states and does what they ask for.
"""
