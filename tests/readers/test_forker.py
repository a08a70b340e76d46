"""What a small process forks is as confined, and reads as, what the worker forks itself."""

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from muniment.core import Chars, Part, Secret, State, TextSpan, digest_of
from muniment.readers import (
    READERS,
    Context,
    Desk,
    Forker,
    Limits,
    Reader,
    Request,
    Source,
    forker_process,
    isolated,
    isolation_report,
    read_isolated,
    read_parts,
)
from muniment.readers import forker as module
from muniment.readers.forker_process import serve
from muniment.readers.isolation.confine import leave_for_all
from muniment.readers.one_piece import OnePiece
from muniment.readers.reader_families import (
    LIGHT,
    OTHERS,
    PAGES,
    PICTURES,
    family_of,
    outlines,
    stood_in,
)
from tests.readers.contract import codes
from tests.readers.pdf_samples import without_its_font

_ACTIVE = {mechanism.name for mechanism in isolation_report() if mechanism.active}
_LIMITS = Limits(time_s=5.0, memory_bytes=256 << 20)
_TEXT = b"some text\n"
_LINK = 200


def read(data: bytes, folder: Path, forker: Forker | None, **more: object) -> tuple[object, bytes]:
    """The reading and the part file of these bytes."""
    place = folder / os.urandom(8).hex()
    (place / "scratch").mkdir(parents=True)
    (place / "object").write_bytes(data)
    readers = READERS if forker is None else forker._readers
    request = Request(str(place / "object"), digest_of(data), **more)
    desk = Desk(readers, _LIMITS, str(place / "scratch"), forker=forker)
    reading = read_isolated(request, desk, str(place / "parts"))
    return reading, (place / "parts").read_bytes()


@pytest.fixture(scope="module")
def forker() -> Iterator[Forker]:
    with Forker(READERS, after=0) as forker:
        yield forker


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
SAME = {
    "a text": _TEXT,
    "a text in another encoding": "Список составлен\n".encode("cp1251"),
    "a page": b"<!doctype html><html><body><p>One</p></body></html>",
    "a picture": PNG,
    "a picture that is none": PNG[:20],
    "a pdf that is none": b"%PDF-1.4\nnothing",
    "a pdf whose font is not in it": without_its_font(),
    "a table": b"a,b\n1,2\n3,4\n",
    "a key, whose reader is elsewhere": b"openssh-key-v1\0" + bytes(40),
    "what begins as a film and is text": b"    ftyp and nothing more, in many words\n",
    "bytes that are nothing": bytes(range(256)),
    "no bytes": b"",
}


@pytest.mark.parametrize("data", SAME.values(), ids=SAME.keys())
def test_equal_bytes_give_equal_part_files(data: bytes, tmp_path: Path, forker: Forker) -> None:
    assert read(data, tmp_path, forker) == read(data, tmp_path, None)


def test_every_reader_that_recognises_is_stood_in_for() -> None:
    for family in (LIGHT, PICTURES, PAGES):
        known = __import__(f"muniment.readers.{family}_readers", fromlist=["READERS"]).READERS
        readers, elsewhere = stood_in(outlines(READERS), known)
        assert [each.name for each in readers] == [each.name for each in READERS]
        assert elsewhere == {each.name for each in READERS} - {each.name for each in known}


FAMILIAR = ("a text", "a text in another encoding", "a page", "a picture", "a table")


@pytest.mark.parametrize("kind", FAMILIAR)
def test_what_is_of_a_family_takes_one_process(
    kind: str, tmp_path: Path, forker: Forker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forked_by_the_worker(*_: object) -> None:
        raise AssertionError("a reader that recognises its own is in no list of a small process")

    monkeypatch.setattr(isolated._Session, "_forked", forked_by_the_worker)
    read(SAME[kind], tmp_path, forker)


FAMILIES = {
    b"%PDF-1.7": PAGES,
    PNG: PICTURES,
    b"    ftypheic": PICTURES,
    b"Rar!": OTHERS,
    b"": LIGHT,
}


@pytest.mark.parametrize("head", FAMILIES)
def test_first_bytes_name_a_family(head: bytes) -> None:
    assert family_of(head) == FAMILIES[head]


def test_a_process_starts_only_where_it_is_worth_while(tmp_path: Path) -> None:
    with Forker(READERS, after=2) as forker:
        counts = []
        for _ in range(3):
            read(_TEXT, tmp_path, forker)
            counts.append(len(forker.pids))
    assert counts == [0, 0, 1]


def test_what_has_keys_is_forked_by_the_worker(tmp_path: Path) -> None:
    with Forker(READERS, after=0) as forker:
        read(_TEXT, tmp_path, forker, keys=(Secret("a password"),))
        assert forker.pids == ()


def test_objects_are_read_where_the_process_has_gone(tmp_path: Path) -> None:
    with Forker(READERS, after=0) as forker:
        expected = read(_TEXT, tmp_path, forker)
        os.kill(forker.pids[0], signal.SIGKILL)
        assert read(_TEXT, tmp_path, forker) == expected
        assert forker.pids == ()
        assert read(_TEXT, tmp_path, forker) == expected


def test_the_process_has_nothing_open_of_what_the_worker_has(tmp_path: Path) -> None:
    with open(tmp_path / "lock", "w") as lock, Forker(READERS, after=0) as forker:
        os.set_inheritable(lock.fileno(), True)
        read(_TEXT, tmp_path, forker)
        (pid,) = forker.pids
        open_there = [os.readlink(each) for each in Path(f"/proc/{pid}/fd").iterdir()]
    assert sorted(each.split(":")[0] for each in open_there) == [*["/dev/null"] * 3, "socket"]


def test_the_process_ends_with_the_worker(tmp_path: Path) -> None:
    forker = Forker(READERS, after=0)
    read(_TEXT, tmp_path, forker)
    process = forker._started[LIGHT]
    process.link.close()
    assert os.waitpid(process.pid, 0) == (process.pid, 0)


def attempt(tmp_path: Path, patch: pytest.MonkeyPatch, deed: Callable[[], object]) -> list[Part]:
    """The parts of a text whose reader, forked by a process that forks, does `deed` twice over."""

    def hostile(_source: Source, _context: Context) -> Iterator[Part]:
        try:
            yield TextSpan(Chars(0, 4), f"done: {deed()}")
        except OSError as why:
            yield TextSpan(Chars(0, 6), f"denied: {type(why).__name__}")

    readers = (Reader("hostile", 1, ("text/plain",), hostile),)
    known = ModuleType("known")
    known.READERS, known.samples = readers, lambda: ()  # type: ignore[attr-defined]

    def forked(link: int, family: str) -> int:
        pid = os.fork()
        if pid == 0:
            sys.modules[f"muniment.readers.{family}_readers"] = known
            try:
                os.dup2(link, _LINK)  # nothing else is open in a program that was started anew
                os.closerange(3, _LINK)
                os.closerange(_LINK + 1, 1024)
                serve(_LINK, family, OnePiece(0))
            finally:
                os._exit(0)
        return pid

    patch.setattr(module, "_spawned", forked)
    with Forker(readers, after=0) as forker:
        place = tmp_path / os.urandom(8).hex()
        (place / "scratch").mkdir(parents=True)
        (place / "object").write_bytes(_TEXT)
        request = Request(str(place / "object"), digest_of(_TEXT))
        parts: list[Part] = []
        for _ in range(2):
            desk = Desk(readers, _LIMITS, str(place / "scratch"), forker=forker)
            reading = read_isolated(request, desk, str(place / "parts"))
            parts = list(read_parts(str(place / "parts")))
            assert len(forker.pids) == 1
            if reading.state is not State.READ:
                break
        return parts


def _abstract_socket() -> object:
    held = socket.socket(socket.AF_UNIX)
    held.bind("\0left for the next")
    return held


def _shared_memory() -> object:
    import ctypes  # noqa: PLC0415 - part of the attack

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.shmget(1234, 4096, 0o1666) == -1:
        raise OSError(ctypes.get_errno(), "denied")
    return "left"


PARENT = os.getpid()
DENIED: dict[str, Callable[[], object]] = {
    "a socket": socket.socket,
    "a socket for the next file": _abstract_socket,
    "shared memory for the next file": _shared_memory,
    "another process": os.fork,
    "another program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606 - the attack
    "the process that forks": lambda: os.kill(os.getppid(), signal.SIGKILL),
    "the worker": lambda: os.kill(PARENT, signal.SIGKILL),
    "a file elsewhere": Path("/etc/passwd").read_text,
    "a file written elsewhere": lambda: Path(__file__).write_text(""),
}


@pytest.mark.skipif({"seccomp", "landlock"} - _ACTIVE != set(), reason="not every wall here")
@pytest.mark.parametrize("deed", DENIED.values(), ids=DENIED.keys())
def test_what_is_denied_is_denied_here_too(
    deed: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (part,) = attempt(tmp_path, monkeypatch, deed)
    assert isinstance(part, TextSpan)
    assert part.text.startswith("denied")


@pytest.mark.skipif("private-tmp" not in _ACTIVE, reason="/tmp is shared here")
def test_nothing_else_is_open_and_tmp_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deed() -> object:
        if len(os.listdir("/tmp")) > 0:
            return "files of others"
        return [each for each in range(64) if _is_open(each)]

    (part,) = attempt(tmp_path, monkeypatch, deed)
    assert isinstance(part, TextSpan)
    assert part.text == "done: [0, 1, 2, 3, 4]"


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


@pytest.mark.parametrize("deed", [lambda: bytearray(1 << 30), os.abort], ids=["memory", "abort"])
def test_a_bomb_and_a_crash_cost_the_file(
    deed: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = attempt(tmp_path, monkeypatch, deed)
    assert codes(parts) in (["memory-limit"], ["reader-crashed"])


@pytest.mark.skipif("namespaces" not in _ACTIVE, reason="no namespaces here")
def test_each_leaves_by_itself_what_is_not_left_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forker_process, "leave_for_all", lambda: False)
    (part,) = attempt(tmp_path, monkeypatch, lambda: os.readlink("/proc/self/ns/net"))
    assert isinstance(part, TextSpan)
    assert part.text.startswith("done: net:")
    assert part.text != f"done: {os.readlink('/proc/self/ns/net')}"


@pytest.mark.skipif({"seccomp", "namespaces"} - _ACTIVE != set(), reason="not every wall here")
def test_namespaces_are_left_for_all_only_in_the_process_that_forks() -> None:
    before = os.readlink("/proc/self/ns/net")
    pid = os.fork()
    if pid == 0:
        left = leave_for_all() and os.readlink("/proc/self/ns/net") != before
        os._exit(0 if left else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert os.readlink("/proc/self/ns/net") == before
