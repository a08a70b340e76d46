r"""Office documents that are encrypted as a whole: opened where a password is known, else locked.

    OLE file ([MS-OFFCRYPTO] §1.3.3)
      EncryptionInfo       version, then the scheme: agile (XML), standard, extensible
      EncryptedPackage     u64 size, the encrypted document      ──▶ Child, decrypted
      \x06DataSpaces/…    which transform: a password's, or rights management's

- The object stays what it is; the document comes out as its one child, byte for byte.
- A document that opens with Excel's own default password was never secret: it is opened without
  any key, and a property says that it was protected and not closed.
- What no password opens (rights management, an unknown scheme) is told apart from what one may.
- Protection against editing is something else: such files are not encrypted, and are read.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from muniment.core import Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.look_inside import ENCRYPTED_OOXML, RIGHTS_MANAGED
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError
from muniment.readers.source import Source

if TYPE_CHECKING:
    from muniment.readers.office_encryption import Scheme

# [MS-OFFCRYPTO] §2.4.2.3: what Excel encrypts with where somebody protects without a password.
_DEFAULT = "VelvetSweatshop"
_PACKAGE = "EncryptedPackage"
_BLOCK = 1 << 20


def read_encrypted(source: Source, context: Context) -> Iterator[Part]:
    """How the document is encrypted and, where a key opens it, the document as a child."""
    # Its libraries cost every start 90 ms, and few objects are of this type.
    from muniment.readers import office_encryption  # noqa: PLC0415

    yield Tally(Whole(), "members", 1)
    try:
        scheme = office_encryption.scheme_of(source)
    except office_encryption.NotByPasswordError as why:
        yield Problem(Whole(), why.code, why.reason)
        raise LockedError(why.reason) from why
    yield Metadata(Whole(), "encryption", scheme.stated)
    key = _key(scheme, context)
    if key is None:
        raise LockedError("an Office document that is encrypted with a password")
    if key == _DEFAULT:
        meant = "encrypted with the default password: against changes, not against reading"
        yield Metadata(Whole(), "protection", meant)
    yield from _document(scheme, key, context)


def _key(scheme: "Scheme", context: Context) -> str | None:
    """The first candidate that opens it; the default password needs no key."""
    if scheme.opens(_DEFAULT):
        return _DEFAULT
    for secret in context.keys.secrets:
        if scheme.opens(secret):
            context.keys.worked(secret)
            return secret
    return None


def _document(scheme: "Scheme", key: str, context: Context) -> Iterator[Part]:
    document, whole = scheme.decrypted(key)
    if not whole:
        message = "the document does not have the keyed digest that is stated of it"
        yield Problem(Member(0), "integrity-mismatch", message)
    entry = Entry(Member(0), 0, Relation.DECRYPTED, _PACKAGE.encode(), _PACKAGE)
    stream = io.BytesIO(document)
    yield child_or_problem(context.children, entry, iter(lambda: stream.read(_BLOCK), b""))


ENCRYPTED_OFFICE = Reader(
    name="encrypted-office",
    version=2,
    media_types=(ENCRYPTED_OOXML, RIGHTS_MANAGED),
    read=read_encrypted,
    takes_keys=True,
)
