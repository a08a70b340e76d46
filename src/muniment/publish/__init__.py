"""Exports, releases, and the verifier that anybody can run offline."""

from muniment.publish.encryption import encrypt_bag, encrypt_bag_with_passphrase, parse_identities
from muniment.publish.export import Exported, Request, export
from muniment.publish.importing import Imported, import_bag, import_drafts, unpacked
from muniment.publish.kept_logs import Unkept, check_kept_logs
from muniment.publish.selection import Chosen, Containers, Containment, Whole
from muniment.publish.tar import Limits

__all__ = [
    "Chosen",
    "Containers",
    "Containment",
    "Exported",
    "Imported",
    "Limits",
    "Request",
    "Unkept",
    "Whole",
    "check_kept_logs",
    "encrypt_bag",
    "encrypt_bag_with_passphrase",
    "export",
    "import_bag",
    "import_drafts",
    "parse_identities",
    "unpacked",
]
