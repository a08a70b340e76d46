"""How certificates and keys in DER begin; apart from their reader, which loads a library."""

from muniment.readers.der_elements import INTEGER, SEQUENCE, element_at, oid_of

SSH = b"openssh-key-v1\0"
_PBES = ("1.2.840.113549.1.5.", "1.2.840.113549.1.12.1.")


def kind_of(head: bytes) -> str:
    """What a DER element is by how it begins; empty where it is nothing that is read here."""
    try:
        whole = element_at(head)
        parts = whole.children()
        if whole.tag != SEQUENCE or len(parts) < 2 or whole.after != len(head):  # noqa: PLR2004
            return ""
        first = parts[0].children() if parts[0].tag == SEQUENCE else []
        if len(parts) == 3 and len(first) > 5:  # noqa: PLR2004 - tbsCertificate has six parts or more
            return "certificate"
        if len(first) > 0 and oid_of(first[0]).startswith(_PBES):
            return "encrypted key"
        is_public = len(first) > 0 and oid_of(first[0]) != "" and parts[1].tag == 0x03  # noqa: PLR2004 - a bit string
        is_private = parts[0].tag == INTEGER and parts[0].value in (b"\0", b"\1") and len(parts) > 2  # noqa: PLR2004
    except ValueError:
        return ""
    return "key" if is_public or is_private else ""


def is_certificate(head: bytes) -> bool:
    """Whether this is a certificate."""
    return head[:1] == b"\x30" and kind_of(head) == "certificate"


def is_key(head: bytes) -> bool:
    """Whether this is a key, of OpenSSH too."""
    is_der = head[:1] == b"\x30" and kind_of(head) in ("key", "encrypted key")
    return is_der or head.startswith(SSH)
