"""All tables of this package, whichever file they are in."""

from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import MetaData
from sqlmodel import SQLModel

import api.tables


def metadata() -> MetaData:
    """The tables of every module of `api.tables`; a new module needs no entry anywhere."""
    for module in iter_modules(api.tables.__path__, "api.tables."):
        import_module(module.name)
    return SQLModel.metadata
