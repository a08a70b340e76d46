"""Office documents that are encrypted as a whole: known, and locked.

- The document lies encrypted in an OLE file ([MS-OFFCRYPTO] §1.3.3); nothing of it can be read
  without its password. Protection against editing is something else: such files are read.
"""

from collections.abc import Iterator

from muniment.core import Part
from muniment.readers.look_inside import ENCRYPTED_OOXML
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError
from muniment.readers.source import Source


def read_encrypted(_source: Source, _context: Context) -> Iterator[Part]:
    """Nothing; the object is locked."""
    raise LockedError("an Office document that is encrypted with a password")


ENCRYPTED_OFFICE = Reader(
    name="encrypted-office", version=1, media_types=(ENCRYPTED_OOXML,), read=read_encrypted
)
