"""The hall screen: what officials switch it to, what may be shown, and the one drawing that all screens share."""
