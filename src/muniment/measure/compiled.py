"""One typed door to Numba.

So that compiled functions keep their types and the cache may be absent.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function, compiled on its first call; division by zero gives infinity, as in NumPy.

    Machine code is cached beside the source where that is writable.
    """
    try:
        return cast("Callable[P, R]", numba.njit(cache=True, error_model="numpy")(function))
    except RuntimeError:  # Numba found no place it may write its cache to
        return cast("Callable[P, R]", numba.njit(error_model="numpy")(function))
