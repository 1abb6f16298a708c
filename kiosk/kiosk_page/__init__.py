"""The kiosk's screen: a page that only this machine's browser reaches, in front of :mod:`kiosk.station`."""
