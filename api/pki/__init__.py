"""A small certificate authority for one hall: values in, bytes out. Time and randomness are arguments."""
