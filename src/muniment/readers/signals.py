"""The few ways in which a reader may end early; anything else it raises is a crash.

    StopReadingError
    ├── LockedError        encrypted, and no key was at hand           → state locked
    ├── UnreadableError    damaged, or not what its type says          → state unreadable, or read
    │                                                                    where parts came out
    └── RefusedError       not tried, or stopped by a limit            → state refused
        └── ChildRefusedError   one child went past a limit; a container reader catches it,
                                records a Problem at that member and goes on

- None of these ever leaves `read_isolated`: they become the state and reason of a `Reading`.
"""


class StopReadingError(Exception):
    """Raised by readers only; `reason` is a sentence for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LockedError(StopReadingError):
    """The object is encrypted and none of the keys at hand opens it."""


class UnreadableError(StopReadingError):
    """The object is damaged or is not what its type says."""


class RefusedError(StopReadingError):
    """Reading was not tried, or a limit stopped it; `reason` names the limit."""


class ChildRefusedError(RefusedError):
    """One child went past a limit; `code` is the code for the `Problem` at its place."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class ElsewhereError(BaseException):
    """Raised where an object falls to a reader that this process has not loaded.

    Not an Exception, so that no reader takes it for its own; it ends the process (`child.py`).
    """
