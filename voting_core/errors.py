"""The errors of the whole product.

    PlenumError                  base; never raised itself
    ├─ EncodingError             bytes are not a value of the format
    ├─ VerificationError         a check of SPEC §11 does not hold
    ├─ InputError                a file or command of a person is wrong
    ├─ StateError                the right request at the wrong moment
    ├─ SealedError               a box or key file does not open
    └─ FatalError                we no longer know the truth; stop

``TypeError`` and ``ValueError`` mean that a programmer called a function wrongly. They are never raised for data
that came from outside.
"""


class PlenumError(Exception):
    """Base of every error that the product raises on purpose."""


class EncodingError(PlenumError):
    """Bytes or text from outside are not a value of the format.

    ``where`` names the field, ``problem`` says what is wrong with it. Neither ever holds a secret.
    """

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(where, problem)
        self.where = where
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


class VerificationError(PlenumError):
    """A check of SPEC §11 does not hold.

    ``code`` is the number of the check (``"V8.E"``), ``culprits`` names who or what fails it: ballots, trustees or
    entries.
    """

    def __init__(self, code: str, message: str, culprits: tuple[str, ...] = ()) -> None:
        super().__init__(code, message, culprits)
        self.code = code
        self.message = message
        self.culprits = culprits

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class InputError(PlenumError):
    """What a person wrote or typed cannot be used.

    ``place`` is where (a file and line, a field), ``problem`` what is wrong, ``remedy`` what to do about it; all
    three without a full stop at the end.
    """

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        super().__init__(place, problem, remedy)
        self.place = place
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}. {self.remedy}"


class StateError(PlenumError):
    """The request is well-formed, but this is not the moment for it."""


class SealedError(PlenumError):
    """A box or a key file does not open: the passphrase or key is wrong, or the bytes were changed."""


class FatalError(PlenumError):
    """Something happened that cannot happen. The program no longer knows the truth and must stop."""
