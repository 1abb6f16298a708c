"""Changes of the tables, in order. `env.py` is run by Alembic; :mod:`api.store.migrate` is what calls it."""
