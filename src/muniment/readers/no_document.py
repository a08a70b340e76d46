"""Things that hold no document, or hold it under a key: said at once, with a plain reason.

- Being refused is recorded and counted; the bytes stay in the case and can be exported.
- Programs are never looked into further: what they might say is not read, it is run.
"""

from collections.abc import Iterator

from muniment.core import Part
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError, RefusedError
from muniment.readers.source import Source

_REASONS: dict[str, str] = {
    "application/x-elf": "a program or library for Linux: holds no document",
    "application/vnd.microsoft.portable-executable": "a program for Windows: holds no document",
    "application/x-mach-binary": "a program for macOS: holds no document",
    "application/java-vm": "a compiled Java class: holds no document",
    "application/x-java-pack200": "packed Java classes: holds no document",
    "application/wasm": "a WebAssembly program: holds no document",
    "application/x-coredump": "memory of a program: not read",
    "application/vnd.java.hprof": "memory of a Java program: not read",
    "font/sfnt": "a font: holds no document",
    "font/otf": "a font: holds no document",
    "font/woff": "a font: holds no document",
    "font/woff2": "a font: holds no document",
    "font/collection": "a font: holds no document",
    "application/x-font-type1": "a font: holds no document",
    "application/x-ms-nls": "a table of letters for Windows: holds no document",
}
_LOCKED: dict[str, str] = {
    "application/x-axcrypt": "encrypted with AxCrypt",
    "application/x-openssl-encrypted": "encrypted with OpenSSL",
    "application/age-encrypted": "encrypted with age",
    "application/x-luks": "an encrypted disk (LUKS)",
    "application/x-bitlocker": "an encrypted disk (BitLocker)",
    "application/x-keepass2": "an encrypted safe of passwords (KeePass)",
}


def refuse(_source: Source, context: Context) -> Iterator[Part]:
    """Nothing; the reason says what the object is."""
    yield from ()
    if context.media_type in _LOCKED:
        raise LockedError(_LOCKED[context.media_type])
    raise RefusedError(_REASONS[context.media_type])


NO_DOCUMENT = Reader(name="no-document", version=1, media_types=(*_REASONS, *_LOCKED), read=refuse)
