"""Which mechanisms confine readers on this machine, each found out by trying to break it.

- Every mechanism is switched on alone in a throw-away process, which then does what it must not;
  the private /tmp needs the namespaces first, the filters no_new_privs.
- "active" means that the forbidden deed failed there and then; nothing is inferred from versions.
"""

import os
import socket
import tempfile
from collections.abc import Callable

import msgspec

from muniment.readers.isolation.confine import (
    MECHANISMS,
    NAMESPACES,
    NO_NEW_PRIVILEGES,
    PRIVATE_TMP,
    TMP,
    Confinement,
    make_rules,
    switch_on,
)
from muniment.readers.isolation.kernel import (
    PR_SET_NO_NEW_PRIVS,
    get_no_new_privileges,
    make,
    prctl,
)

_MEMORY = 64 << 20
_PROBE_TIME_S = 5.0
_ACTIVE = b"active"
_ALWAYS = (
    ("own-process", "each object is read in a process of its own"),
    ("wall-time", "the parent ends a reader that does not end"),
    ("checked-border", "only decoded, checked records cross from the reader"),
)


class Mechanism(msgspec.Struct, frozen=True):
    """One mechanism, whether it holds on this machine, and why not where it does not."""

    name: str
    active: bool
    detail: str


def isolation_report() -> tuple[Mechanism, ...]:
    """What stands between a hostile file and this machine, tried out now (some 50 ms)."""
    always = tuple(Mechanism(name, active=True, detail=why) for name, why in _ALWAYS)
    with tempfile.TemporaryDirectory(prefix="muniment-probe-") as folder:
        tried = tuple(_try(name, _DEEDS[name], folder) for name in MECHANISMS)
    return always + tried


def _try(name: str, deed: Callable[[], str], folder: str) -> Mechanism:
    receiving, sending = os.pipe()
    pid = os.fork()
    if pid == 0:
        _probe(sending, name, deed, folder)
    os.close(sending)
    with open(receiving, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(pid, 0)
    detail = answer.decode("utf-8", "replace") if len(answer) > 0 else "the probe died"
    return Mechanism(name, active=answer == _ACTIVE, detail="" if answer == _ACTIVE else detail)


def _probe(sending: int, name: str, deed: Callable[[], str], folder: str) -> None:
    """Runs in the throw-away process and never returns."""
    try:
        confinement = Confinement(folder, _MEMORY, _PROBE_TIME_S, _MEMORY, make_rules(folder))
        if name == PRIVATE_TMP:
            switch_on(MECHANISMS[NAMESPACES](confinement))
        elif name != NO_NEW_PRIVILEGES:
            # The kernel takes a filter from an ordinary user only behind this.
            make(prctl(PR_SET_NO_NEW_PRIVS, 1))
        switch_on(MECHANISMS[name](confinement))
        succeeded = deed()
        answer = _ACTIVE if succeeded == "" else f"does not hold: {succeeded}".encode()
    except OSError as why:
        answer = f"not available: {why.strerror}".encode()
    # The process is a copy of its caller: whatever happens, it must end here.
    except BaseException as why:  # noqa: BLE001
        answer = f"not available: {type(why).__name__}".encode()
    os.write(sending, answer)
    os._exit(0)


def _gain_privileges() -> str:
    return "" if get_no_new_privileges() else "a program could gain privileges"


def _leave_by_network() -> str:
    """Connect to an address of this machine: unreachable from an empty network."""
    with socket.socket() as client:
        client.settimeout(1)
        try:
            client.connect(("127.0.0.1", 9))
        except ConnectionRefusedError:
            return "this machine's network is within reach"
        except OSError:
            return ""
    return "this machine's network is within reach"


def _find_tmp_shared() -> str:
    """Look for what other programs keep in /tmp: if it is shared, the probe's folder is there."""
    held = os.listdir(TMP)
    return "" if len(held) == 0 else "files of other programs are in sight"


def _take_memory() -> str:
    try:
        bytearray(2 * _MEMORY)
    except MemoryError:
        return ""
    return "twice the allowed memory was granted"


def _multiply() -> str:
    try:
        pid = os.fork()
    except OSError:
        return ""
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return "another process was started (the limit does not bind root)"


def _open_elsewhere() -> str:
    writing = os.O_WRONLY | os.O_TMPFILE  # a file without a name: nothing is left if it succeeds
    tries = (("read", "/etc/passwd", os.O_RDONLY), ("written", tempfile.gettempdir(), writing))
    for deed, path, flags in tries:
        try:
            os.close(os.open(path, flags, 0o600))
        except PermissionError:
            continue
        return f"a file elsewhere was {deed}"
    return ""


def _call_forbidden() -> str:
    try:
        socket.socket().close()
    except PermissionError:
        return "" if _multiply() == "" else "another process was started"
    return "a socket was opened"


_DEEDS: dict[str, Callable[[], str]] = {
    "no-new-privileges": _gain_privileges,
    "namespaces": _leave_by_network,
    PRIVATE_TMP: _find_tmp_shared,
    "process-limits": _take_memory,
    "process-count": _multiply,
    "landlock": _open_elsewhere,
    "seccomp": _call_forbidden,
}
