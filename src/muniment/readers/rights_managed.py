"""Rights-managed messages (message.rpmsg): encrypted for a server, so that nothing is read here.

- The eight bytes at the start are those of [MS-OXORMMS] §2.1.4; what follows is compressed and
  then encrypted.
"""

import re
from collections.abc import Iterator

from muniment.core import Field, Metadata, Part
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError
from muniment.readers.source import Source

_PREFIX = bytes.fromhex("76e80460c411e386")


def read_rights_managed(source: Source, _context: Context) -> Iterator[Part]:
    """How long it is; then it is locked."""
    yield Metadata(Field("encrypted bytes"), "encrypted bytes", str(source.size - len(_PREFIX)))
    raise LockedError("a message under rights management; only its sender's server gives the key")


def _is_rights_managed(head: bytes) -> bool:
    return head.startswith(_PREFIX)


RIGHTS_MANAGED = Reader(
    name="rights-managed-mail",
    version=1,
    media_types=("application/x-microsoft-rpmsg-message",),
    read=read_rights_managed,
    recognises=_is_rights_managed,
    begins=re.escape(_PREFIX),
)
