"""A bag packed for named recipients: `<name>.tar.age`, which stock `age` opens as well.

- The tar is encrypted while it is made: nothing in clear is written, and memory stays flat.
- Opening hands the clear bytes to a reader piece by piece; age authenticates each 64 KiB before it
  lets them out, and the end before it says that there is no more.
- With a passphrase, a new key is made for this one bag, and that key's file is what the passphrase
  locks (scrypt): `age -d -i NAME.identity.age NAME.tar.age` asks for it.
- pyrage swallows a writer's error in the last buffered piece (measured with 1.4.0), so our own
  writer keeps what went wrong and it is asked afterwards.
"""

import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyrage  # type: ignore[import-untyped] # it ships no annotations

from muniment.core import Error, UsageError
from muniment.publish.passphrase import lock, unlock
from muniment.publish.streams import ChunkReader, Readable
from muniment.publish.tar import tar_chunks

_AGE_START = b"age-encryption.org/v1"
_PIPE_CHUNK = 1 << 18


class _Sink:
    """Writes all it is given to a descriptor, and keeps the first error."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.trouble: OSError | None = None

    def write(self, data: bytes) -> int:
        view = memoryview(data)
        try:
            while len(view) > 0:
                view = view[os.write(self._handle, view) :]
        except OSError as why:
            self.trouble = self.trouble or why
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""


def encrypt_bag(bag: Path, target: Path, recipients: Sequence[str]) -> None:
    """Write the bag in the folder `bag`, packed, to the new file `target`.

    `recipients` are age public keys (`age1…`); whoever holds one of their identities can open it.

    Raises:
        UsageError: `target` exists, there is no recipient, or one is not written as an age key.
        Error: the disk refused; nothing is left at `target`.
    """
    keys = [_recipient(written) for written in recipients]
    if len(keys) == 0:
        raise UsageError("nobody could open this", next_step="name at least one recipient (age1…)")
    with _new_file(target) as handle:
        _encrypt(tar_chunks(bag, bag.name), handle, keys)


def encrypt_bag_with_passphrase(bag: Path, target: Path, passphrase: str) -> Path:
    """The same for whoever knows `passphrase`; returns the file of the locked key beside `target`.

    Both files are needed to open the bag.

    Raises:
        UsageError: the passphrase is empty, or one of the two files exists.
        Error: the disk refused; nothing is left behind.
    """
    if passphrase == "":
        raise UsageError("the passphrase is empty", next_step="choose one of several random words")
    identity = pyrage.x25519.Identity.generate()
    locked = target.with_name(target.name.removesuffix(".age").removesuffix(".tar"))
    locked = locked.with_name(locked.name + ".identity.age")
    with _new_file(locked) as handle:
        _Sink(handle).write(lock(f"{identity}\n".encode(), passphrase))
        # Inside: the key's file appears only if the bag could be written.
        encrypt_bag(bag, target, [str(identity.to_public())])
    return locked


def parse_identities(untrusted: bytes, passphrase: str | None = None) -> tuple[str, ...]:
    """The identities in an age key file (`AGE-SECRET-KEY-1…` lines, `#` comments), maybe locked.

    Raises:
        UsageError: it is no such file, or is locked and the passphrase is missing or wrong.
    """
    if untrusted.startswith(_AGE_START):
        if passphrase is None:
            raise UsageError("the key file is locked", next_step="give its passphrase")
        untrusted = unlock(untrusted, passphrase)
    lines = untrusted.decode("utf-8", "replace").splitlines()
    found = tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    for line in found:
        _identity(line)
    if len(found) == 0:
        raise UsageError("no identity in the key file", next_step="name a file made by age-keygen")
    return found


@contextmanager
def decrypted(packed: Path, identities: Sequence[str]) -> Iterator[Readable]:
    """The clear bytes of an encrypted file as a stream, within the `with`.

    A stream that ends has been authenticated to its end.

    Raises:
        UsageError: none of the identities opens it, or it is not an age file.
        Error: the file is damaged or cut off, or could not be read.
    """
    keys = [_identity(written) for written in identities]
    reading, writing = os.pipe()
    outcome = _Outcome()
    worker = threading.Thread(target=_decrypt_into, args=(packed, writing, keys, outcome))
    worker.start()
    stream = _PipeReader(reading, worker, outcome)
    try:
        yield stream
    finally:
        # Closing our end first makes a worker that still writes stop.
        os.close(reading)
        worker.join()


class _Outcome:
    """How decryption ended; read only after its thread has."""

    def __init__(self) -> None:
        self.error: Error | None = None


class _PipeReader:
    """The clear end of the pipe; at its end it asks how decryption went."""

    def __init__(self, handle: int, worker: threading.Thread, outcome: _Outcome) -> None:
        self._handle, self._worker, self._outcome = handle, worker, outcome

    def read(self, size: int, /) -> bytes:
        data = os.read(self._handle, min(size, _PIPE_CHUNK))
        if data == b"":
            self._worker.join()
            if self._outcome.error is not None:
                raise self._outcome.error
        return data


def _decrypt_into(
    packed: Path, writing: int, keys: list[pyrage.x25519.Identity], outcome: _Outcome
) -> None:
    sink = _Sink(writing)
    try:
        with packed.open("rb") as source:
            pyrage.decrypt_io(source, sink, keys)
    except pyrage.DecryptError as why:
        outcome.error = _not_opened(packed, str(why))
    except OSError as why:
        outcome.error = _damaged(packed, why)
    finally:
        os.close(writing)
    if outcome.error is None and sink.trouble is not None:
        outcome.error = _damaged(packed, sink.trouble)


def _not_opened(packed: Path, why: str) -> Error:
    if "No matching keys" in why:
        return UsageError(
            f"none of the identities opens {packed.name}",
            next_step="ask the sender for which age1… key it was encrypted; use that identity",
        )
    return UsageError(
        f"{packed.name} is not an age file or its header is damaged: {why}",
        next_step="compare its SHA-256 with the sender's, and ask for it again",
    )


def _damaged(packed: Path, why: OSError) -> Error:
    return Error(
        f"{packed.name} could not be read to its end: {why}",
        next_step="it is damaged or cut off: compare its SHA-256 with the sender's",
    )


def _encrypt(chunks: Iterator[bytes], handle: int, keys: list[pyrage.x25519.Recipient]) -> None:
    source, sink = ChunkReader(chunks), _Sink(handle)
    try:
        pyrage.encrypt_io(source, sink, keys)
    except (pyrage.EncryptError, OSError) as why:
        if isinstance(source.trouble, Error):
            raise source.trouble from why
        raise _not_written(source.trouble or sink.trouble or why) from why
    if sink.trouble is not None:
        raise _not_written(sink.trouble)


def _not_written(why: Exception) -> Error:
    return Error(f"the packed bag could not be written: {why}", next_step="make room, then repeat")


@contextmanager
def _new_file(target: Path) -> Iterator[int]:
    """A descriptor whose file appears at `target` only when the `with` ends well."""
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} exists already", next_step="name a file that is not there")
    growing = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    handle = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        try:
            yield handle
            os.fsync(handle)
        finally:
            os.close(handle)
        # Not link(2), which would never replace: memory sticks (exFAT) have no links.
        os.rename(growing, target)
    except BaseException:
        growing.unlink(missing_ok=True)
        raise


def _recipient(written: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(written)
    except pyrage.RecipientError as why:
        raise UsageError(
            f"{written!r} is no age recipient: {why}",
            next_step="ask the partner for the line that begins with age1",
        ) from why


def _identity(written: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(written)
    except pyrage.IdentityError as why:
        # The line itself is a secret and is not repeated here.
        raise UsageError(
            "a line of the key file is no age identity",
            next_step="name a file made by age-keygen (lines AGE-SECRET-KEY-1…)",
        ) from why
