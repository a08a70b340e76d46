r"""The key ring: the passwords that opened something in a case, sealed, each in a file of its own.

    vault/keyring/<id>.key, mode 0600; <id> is 32 hex digits at random

    magic line    "muniment-key 1\n"
    nonce         12 random bytes
    sealed        ChaCha20-Poly1305 (RFC 8439) of the text below, padded with spaces to a multiple
                  of 128 bytes; the additional data are the magic line and the id

        {"password":"…","salt":"<64 hex>"}                       canonical JSON

- The sealing key is derived from the case's signing key: where that is under a passphrase, so are
  these. Without one, whoever can read the whole case folder can read them too.
- A password stands nowhere else: not in the journal, which names it by its id and by a commitment
  SHA-256(salt ‖ password), not in a projection, an export, a log or an argument.
- Only ever added to; a password that is there already is not kept twice. Where a key is lost, what
  it opened is locked again at the next reading, and `verify` says so.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from muniment.core import Digest, IntegrityError, Secret, canonical_json
from muniment.vault.durable import create_file, sync_folder
from muniment.vault.event import Event
from muniment.vault.keys import SigningKey
from muniment.vault.object_check import Unsound

_MAGIC = b"muniment-key 1\n"
_NONCE = 12  # bytes, RFC 8439 §2.8
_SALT = 32  # bytes
_ID = 16  # bytes
_STEP = 128  # bytes: the length of a password is not to be read off a file's
_NAME = re.compile(r"[0-9a-f]{32}\.key", re.ASCII)
_RESTORE = "restore it from a copy of the case, or give its password again to `muniment process`"

Random = Callable[[int], bytes]


class Key(msgspec.Struct, frozen=True):
    """One password of the ring, under its id; the commitment is what the journal says of it."""

    id: str
    secret: Secret
    commitment: Digest


class _Sealed(msgspec.Struct, forbid_unknown_fields=True):
    """What a key file holds."""

    password: str
    salt: str

    def __repr__(self) -> str:
        """Nothing of the password."""
        return "_Sealed(…)"


class KeyRing:
    """The passwords in one folder, made when the first is kept."""

    def __init__(self, folder: Path, owner: SigningKey, random: Random = os.urandom) -> None:
        """`owner` is the case's signing key; `random` gives ids, salts and nonces."""
        self._folder = folder
        self._cipher = ChaCha20Poly1305(owner.derived(b"key ring"))
        self._random = random

    def keep(self, secret: Secret) -> Key:
        """The key for this password, durable on return; the one that is there where it is."""
        known = next((key for key in self.contents() if key.secret == secret), None)
        if known is not None:
            return known
        self._folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(self._folder.parent)
        name, salt = self._random(_ID).hex(), self._random(_SALT)
        sealed = canonical_json({"password": secret.text, "salt": salt.hex()})
        padded = sealed + b" " * (-len(sealed) % _STEP)
        nonce = self._random(_NONCE)
        body = self._cipher.encrypt(nonce, padded, _MAGIC + name.encode())
        create_file(self._folder / f"{name}.key", _MAGIC + nonce + body, mode=0o600)
        return Key(name, secret, _commitment(salt, secret.text))

    def key(self, name: str) -> Key:
        """The key of that id.

        Raises:
            IntegrityError: it is not in the ring, or its file is not what was written.
        """
        path = self._folder / f"{name}.key"
        try:
            data = path.read_bytes()
        except FileNotFoundError as why:
            raise IntegrityError(f"key {name} is not in the key ring", next_step=_RESTORE) from why
        start = len(_MAGIC) + _NONCE
        try:
            nonce, body = data[len(_MAGIC) : start], data[start:]
            text = self._cipher.decrypt(nonce, body, data[: len(_MAGIC)] + name.encode())
            found = msgspec.json.decode(text, type=_Sealed)
            salt = bytes.fromhex(found.salt)
        except (InvalidTag, msgspec.MsgspecError, ValueError):
            # From None: a decoder's message may quote what it read.
            raise IntegrityError(
                f"the file of key {name} in the key ring is damaged, or of another case",
                next_step=_RESTORE,
            ) from None
        return Key(name, Secret(found.password), _commitment(salt, found.password))

    def has(self, name: str) -> bool:
        """Whether the key of that id is there."""
        return (self._folder / f"{name}.key").is_file()

    def secrets(self, names: Iterable[str]) -> tuple[Secret, ...]:
        """The passwords of these ids.

        Raises:
            IntegrityError: as `key`.
        """
        return tuple(self.key(name).secret for name in names)

    def contents(self) -> Iterator[Key]:
        """Every key of the ring, by id."""
        if self._folder.is_dir():
            for path in sorted(self._folder.iterdir()):
                if _NAME.fullmatch(path.name) is not None:
                    yield self.key(path.stem)


def missing_keys(folder: Path, events: Iterable[Event]) -> Iterator[Unsound]:
    """The keys that decryption events name and that are not in the ring; none is opened.

    A lost key does no harm once its object was opened with another, later on.
    """
    lost: dict[Digest, list[str]] = {}
    for event in events:
        if event.event == "decryption":
            name, opened = str(event.detail["key"]), event.objects[0]
            if (folder / f"{name}.key").is_file():
                lost.pop(opened, None)
            else:
                lost.setdefault(opened, []).append(name)
    for name in sorted({name for names in lost.values() for name in names}):
        yield Unsound("key missing", name, f"it opened something, and is gone: {_RESTORE}")


def _commitment(salt: bytes, password: str) -> Digest:
    """SHA-256(salt ‖ password in UTF-8): says nothing to whoever lacks the salt."""
    return Digest(hashlib.sha256(salt + password.encode()).digest())
