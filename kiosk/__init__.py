"""The stations of the hall: the delegate's kiosk and the scrutineer's station."""
