"""Columns of a table class, without a database."""

from sqlalchemy import inspect
from sqlmodel import SQLModel


def columns_of(table: type[SQLModel]) -> tuple[str, ...]:
    """The names of the columns, in order."""
    return tuple(column.name for column in inspect(table).columns)
