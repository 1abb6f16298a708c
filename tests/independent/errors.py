"""The one way in which this program says no."""


class Refused(Exception):
    """A check of SPEC §11 does not hold. `code` is its number, or empty where there is none."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}" if code else message)
        self.code = code


def require(condition: bool, code: str, message: str) -> None:
    if not condition:
        raise Refused(code, message)
