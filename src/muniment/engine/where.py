"""Where the work is done: on this machine, or on a Ray cluster when told so.

    local                    processes of this machine
    ray://HOST:PORT          a cluster: the address that `ray start --head` prints, or that of its
                             client server (port 10001)

- Wherever it is done, the same comes out.
"""

import re

from muniment.core import UsageError
from muniment.engine.local import Local
from muniment.engine.outcome import Workers

LOCAL = "local"
_RAY = re.compile(r"ray://(\[[0-9a-fA-F:]+\]|[^\s:/\[\]]+):([0-9]{1,5})")
_LAST_PORT = 65_535


def where(written: str) -> str:
    """The engine that a person named.

    Raises:
        UsageError: it names none.
    """
    match = _RAY.fullmatch(written)
    if written == LOCAL or (match is not None and 0 < int(match[2]) <= _LAST_PORT):
        return written
    raise UsageError(
        f"{written!r} is no engine", next_step="give local, or ray://HOST:PORT of a Ray cluster"
    )


def start_workers(
    engine: str, workers: int, timeout_s: float, preload: tuple[str, ...] = ()
) -> Workers:
    """Workers where `engine` says; `timeout_s` is one task's, `preload` what each starts with.

    Raises:
        UsageError: the cluster cannot be reached, or Ray is not installed.
    """
    if engine == LOCAL:
        return Local(workers, timeout_s, preload)
    # Ray is an optional extra and takes a second to import.
    from muniment.engine.cluster import Cluster  # noqa: PLC0415

    return Cluster(engine.removeprefix("ray://"), workers, timeout_s, preload)
