"""Writes all vector files."""

from tests.vectors.generate.files import write_all

if __name__ == "__main__":
    for path in write_all():
        print(path)
