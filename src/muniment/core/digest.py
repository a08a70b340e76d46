"""The name of some bytes: their SHA-256.

- A digest is 32 bytes; it is never shortened when it is stored or compared.
- Two text forms: 64 hex digits, and the RFC 6920 name `ni:///sha-256;` + base64url without padding.
- No other hash ever identifies bytes: MD5 and SHA-1 have known collisions.
"""

import base64
import binascii
import hashlib
import re

import msgspec

_NI_PREFIX = "ni:///sha-256;"
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_BASE64URL = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_SIZE = 32


class Digest(msgspec.Struct, frozen=True):
    """The SHA-256 of some bytes (32 bytes)."""

    raw: bytes

    def __post_init__(self) -> None:
        """Refuse anything that is not 32 bytes long."""
        if len(self.raw) != _SIZE:
            raise ValueError(f"a SHA-256 digest has {_SIZE} bytes, not {len(self.raw)}")

    @property
    def hex(self) -> str:
        """64 lower-case hex digits."""
        return self.raw.hex()

    @property
    def ni(self) -> str:
        """The RFC 6920 §3 name, without authority: `ni:///sha-256;…`."""
        return _NI_PREFIX + base64.urlsafe_b64encode(self.raw).rstrip(b"=").decode("ascii")

    def __lt__(self, other: "Digest") -> bool:
        """Order by the bytes, which is also the order of the hex form."""
        return self.raw < other.raw

    def __le__(self, other: "Digest") -> bool:
        """Order by the bytes."""
        return self.raw <= other.raw

    def __gt__(self, other: "Digest") -> bool:
        """Order by the bytes."""
        return self.raw > other.raw

    def __ge__(self, other: "Digest") -> bool:
        """Order by the bytes."""
        return self.raw >= other.raw

    def __str__(self) -> str:
        """The hex form."""
        return self.hex


def digest_of(data: bytes) -> Digest:
    """The digest of `data`."""
    return Digest(hashlib.sha256(data).digest())


def parse_digest(written: str) -> Digest:
    """The digest written as 64 hex digits or as an RFC 6920 name.

    Raises:
        ValueError: `written` is neither form, or is not the one canonical spelling of it.
    """
    if _HEX.fullmatch(written) is not None:
        return Digest(bytes.fromhex(written))
    name = written.removeprefix(_NI_PREFIX)
    if name == written or _BASE64URL.fullmatch(name) is None:
        raise ValueError("a digest is 64 lower-case hex digits or ni:///sha-256;<43 base64url>")
    try:
        found = Digest(base64.urlsafe_b64decode(name + "="))
    except binascii.Error as why:
        raise ValueError(f"not base64url: {why}") from why
    if found.ni != written:
        raise ValueError("the last base64url letter carries bits that no digest has")
    return found
