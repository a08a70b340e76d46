"""The package of an OpenDocument spreadsheet, its encrypted members opened with the keys at hand.

- What the manifest does not call encrypted is read as it lies there.
- Places are those of the opened members.
"""

import io
from typing import IO

from muniment.readers.keys import Keys
from muniment.readers.ooxml_package import Package
from muniment.readers.open_document_cipher import Sealed, key_for, sealed_members, unsealed
from muniment.readers.signals import LockedError
from muniment.readers.source import Source

_MANIFEST = "META-INF/manifest.xml"
_WHOLE = "encrypted-package"
_CONTENT = "content.xml"
_LARGEST_MEMBER = 1 << 30


class OpenPackage(Package):
    """A package whose `open` gives members in the clear."""

    def __init__(self, source: Source, keys: Keys) -> None:
        """Open the package.

        Raises:
            LockedError: no key at hand opens it.
        """
        super().__init__(source)
        self._sealed: dict[str, Sealed] = {}
        self._secret = ""
        if self.has(_WHOLE):
            raise LockedError("a spreadsheet that is encrypted as a whole")
        if self.has(_MANIFEST):
            with super().open(_MANIFEST) as manifest:
                self._sealed = sealed_members(manifest)
        if len(self._sealed) == 0:
            return
        name = min(self._sealed, key=lambda member: (member != _CONTENT, member))
        if not self.has(name):
            raise LockedError("a spreadsheet that is encrypted with a password")
        self._secret = key_for(self._sealed[name], self._stored(name), keys)

    def open(self, name: str) -> IO[bytes]:
        """A member's bytes in the clear.

        Raises:
            KeyError: there is no such member.
            PACKAGE_TROUBLE: it cannot be unpacked or does not open.
        """
        sealed = self._sealed.get(name)
        if sealed is None:
            return super().open(name)
        opened = unsealed(sealed, self._stored(name), self._secret)
        if opened is None:
            raise ValueError("a member with another password")
        return io.BytesIO(opened)

    def _stored(self, name: str) -> bytes:
        with super().open(name) as stream:
            return stream.read(_LARGEST_MEMBER)
