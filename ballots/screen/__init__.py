"""Drawing screens: the words, templates, colours and letters that the service's pages and the stations' pages share.

As :mod:`ballots.paper` draws paper: values in, text out. Who serves the pages, and to whom, is the shells' business.
"""
