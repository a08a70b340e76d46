"""How an Office document says that it is encrypted, whether a password opens it, and what it hides.

- The cryptography is msoffcrypto-tool's; here its input is bounded before it is believed.
- A candidate is tried by its verifier alone: one run of the iterated hash, not two.
- Schemes: agile and standard ([MS-OFFCRYPTO] §2.3.4.5, §2.3.4.10). Extensible encryption names
  another maker's program, and rights management a server: no password opens either.
- Imported by its reader when a document needs it: the libraries cost 90 ms of every start.
"""

import io
import struct
from typing import Any
from xml.parsers.expat import ExpatError

import olefile  # type: ignore[import-untyped]
from msoffcrypto.exceptions import (  # type: ignore[import-untyped]
    DecryptionError,
    FileFormatError,
    ParseError,
)
from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]
from msoffcrypto.method.ecma376_agile import ECMA376Agile  # type: ignore[import-untyped]
from msoffcrypto.method.ecma376_standard import ECMA376Standard  # type: ignore[import-untyped]

from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_PACKAGE, _INFORMATION = "EncryptedPackage", "EncryptionInfo"
_LARGEST_INFORMATION = 1 << 20
_LARGEST_PACKAGE = 400 << 20  # it is held in memory twice
_AGILE = (4, 4)
_STANDARD = ((2, 2), (3, 2), (4, 2))
_DECLARATIONS = (b"<!", b"<\0!", b"\0<\0!")  # no scheme needs one; entities could unfold
_HASHES = ("SHA1", "SHA256", "SHA384", "SHA512")
_KEY_BITS = (128, 192, 256)
_MOST_ROUNDS = 2_000_000  # about two seconds a candidate; programs write 100,000
# What msoffcrypto and olefile are known to raise on damaged bytes. OSError is olefile's base.
_SLIPS = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    struct.error,
    ExpatError,
    DecryptionError,
    FileFormatError,
    ParseError,
)


class NotByPasswordError(Exception):
    """Raised where no password can open the document; `code` and `reason` become a Problem."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Scheme:
    """One document's encryption; `stated` names it in a person's words."""

    def __init__(self, file: Any) -> None:
        """`file` is msoffcrypto's view of the document."""
        self._file = file
        self._is_agile = file.type == "agile"
        self.stated = _stated_agile(file.info) if self._is_agile else _stated_standard(file.info)

    def opens(self, password: str) -> bool:
        """Whether the verifier that the document holds accepts this password."""
        if password == "" or any("\ud800" <= letter <= "\udfff" for letter in password):
            return False  # nothing, or half a letter: nobody typed that
        try:
            return self._agile_opens(password) if self._is_agile else self._opens(password)
        except _SLIPS:
            raise UnreadableError("what it says of its encryption is damaged") from None

    def decrypted(self, password: str) -> tuple[bytes, bool]:
        """The document, and whether it has the keyed digest stated of it (agile only)."""
        try:
            self._file.load_key(password=password)
            return self._read(checked=self._is_agile)
        except DecryptionError:
            # Another digest than is stated, or what comes out is no zip: it comes out all the
            # same, and what it is, is found from its bytes.
            return self._unchecked(), False
        except _SLIPS:
            raise UnreadableError("the encrypted document is damaged") from None

    def _read(self, *, checked: bool) -> tuple[bytes, bool]:
        whole = io.BytesIO()
        self._file.decrypt(whole, verify_integrity=checked)
        return whole.getvalue(), True

    def _unchecked(self) -> bytes:
        whole = io.BytesIO()
        try:
            self._file.decrypt(whole)
        except DecryptionError:
            return whole.getvalue()  # it is written before it is found to be no zip
        except _SLIPS:
            raise UnreadableError("the encrypted document is damaged") from None
        return whole.getvalue()

    def _agile_opens(self, password: str) -> bool:
        info = self._file.info
        accepted = ECMA376Agile.verify_password(
            password,
            info["passwordSalt"],
            info["passwordHashAlgorithm"],
            info["encryptedVerifierHashInput"],
            info["encryptedVerifierHashValue"],
            info["spinValue"],
            info["passwordKeyBits"],
        )
        return bool(accepted)

    def _opens(self, password: str) -> bool:
        verifier = self._file.info["verifier"]
        self._file.load_key(password=password)
        hidden = (verifier["encryptedVerifier"], verifier["encryptedVerifierHash"])
        return bool(ECMA376Standard.verifykey(self._file.secret_key, *hidden))


def scheme_of(source: Source) -> Scheme:
    """How the document in `source` is encrypted.

    Raises:
        NotByPasswordError: by rights management, or by a method of another maker.
        UnreadableError: what is said of it is damaged.
        RefusedError: it is larger, or asks for more work, than is given.
    """
    version = _version(source)
    if version != _AGILE and version not in _STANDARD:
        reason = f"encrypted by a method of another maker (version {version[0]}.{version[1]})"
        raise NotByPasswordError("unknown-encryption", reason)
    try:
        file = OOXMLFile(source.stream())
    except _SLIPS:
        raise UnreadableError("what it says of its encryption is damaged") from None
    scheme = Scheme(file)
    rounds = file.info["spinValue"] if version == _AGILE else 0
    if rounds > _MOST_ROUNDS:
        raise RefusedError(f"its password is hashed {rounds} times; {_MOST_ROUNDS} are tried")
    return scheme


def _version(source: Source) -> tuple[int, int]:
    """What EncryptionInfo begins with; its size and the package's are within bounds."""
    try:
        with olefile.OleFileIO(source.stream()) as ole:
            if not ole.exists(_INFORMATION):
                reason = "rights management (IRM): its licence server opens it, no password does"
                raise NotByPasswordError("licence-needed", reason)
            if ole.get_size(_PACKAGE) > _LARGEST_PACKAGE:
                raise RefusedError(f"an encrypted document of more than {_LARGEST_PACKAGE} bytes")
            if ole.get_size(_INFORMATION) > _LARGEST_INFORMATION:
                raise UnreadableError("what it says of its encryption is longer than any scheme's")
            information = ole.openstream(_INFORMATION).read()
            major, minor = struct.unpack_from("<HH", information)
    except _SLIPS:
        raise UnreadableError("its OLE structure is damaged") from None
    if any(mark in information for mark in _DECLARATIONS):
        raise UnreadableError("what it says of its encryption declares entities")
    return (major, minor)


def _stated_agile(info: dict[str, Any]) -> str:
    digest, bits = info["passwordHashAlgorithm"], info["passwordKeyBits"]
    if digest not in _HASHES or bits not in _KEY_BITS:
        raise NotByPasswordError("unknown-encryption", "its cipher or hash is not known here")
    return f"ECMA-376 agile, AES-{bits}, {digest}, {info['spinValue']} rounds"


def _stated_standard(info: dict[str, Any]) -> str:
    bits = info["header"]["keySize"]
    if bits not in _KEY_BITS:
        raise NotByPasswordError("unknown-encryption", "its key length is not known here")
    return f"ECMA-376 standard, AES-{bits}, SHA1, 50000 rounds"
