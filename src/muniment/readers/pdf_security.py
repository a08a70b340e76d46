"""Which security handler a PDF is encrypted for, where it is none that opens with a password.

- `Standard` is the one of passwords. All others ask somebody else for the key: the holder of a
  certificate (`Adobe.PubSec`), or a server of licences (Microsoft's and Adobe's rights management).
- Read from the bytes, for no library opens such a file.

Source: ISO 32000-1 §7.6.1, table 20; §7.6.4 (public-key security handlers).
"""

import re

_ENCRYPT = re.compile(rb"/Encrypt\s*(?:(\d{1,10})\s+(\d{1,5})\s+R|<<)")
_FILTER = re.compile(rb"/Filter\s*/([!-'*-.0-;=?-Z\\^-z|~]{1,60})")
_STREAMS = (b"FlateDecode", b"LZWDecode", b"ASCIIHexDecode", b"ASCII85Decode", b"RunLengthDecode")
_WITHIN = 1 << 14
_BY_CERTIFICATE = "Adobe.PubSec"


def reason_of(data: bytes) -> str:
    """Why no password opens this PDF, and who may."""
    handler = _handler(data)
    if handler == _BY_CERTIFICATE:
        return "it is encrypted for the holder of a certificate; no password opens it"
    named = "a scheme that is not named" if handler in ("", "Standard") else handler
    return f"it is encrypted under rights management ({named}); a licence opens it, no password"


def _handler(data: bytes) -> str:
    """The name of the handler; empty where none can be found."""
    for match in _ENCRYPT.finditer(data):
        start = match.start()
        if match[1] is not None:
            head = re.compile(rb"(?<!\d)" + match[1] + rb"\s+" + match[2] + rb"\s+obj\b")
            found = head.search(data)
            if found is None:
                continue
            start = found.start()
        for name in _FILTER.findall(data[start : start + _WITHIN]):
            if name not in _STREAMS:
                return bytes(name).decode("latin-1")
    return ""
