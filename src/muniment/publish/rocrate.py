"""`ro-crate-metadata.json`: the bag described for machines (RO-Crate 1.1, JSON-LD).

- Only what the bag's own fields say: no staff names, no machine, no paths of the sender.
- Objects are not listed one by one; `metadata/items.jsonl` does that.
- Equal input gives equal bytes.
"""

from typing import Any

import msgspec

from muniment.core import canonical_json

_SPECIFICATION = "https://w3id.org/ro/crate/1.1"


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """What the crate says; `published` is a date, `tool` a name and version."""

    name: str
    identifier: str
    organization: str
    caveat: str
    published: str
    tool: str
    selection: str


_FILES = (
    ("README.txt", "text/plain", "How to check this bag with stock commands"),
    ("verify.py", "text/x-python", "Checks this bag; Python 3.8 or later, nothing else"),
    ("metadata/items.jsonl", "application/jsonl", "Names, sizes, times and containment"),
    ("custody/keys.txt", "text/plain", "Verifier keys in C2SP signed-note form"),
)
_FOLDERS = (
    ("data/", "The objects, each named by its SHA-256"),
    ("custody/", "Events, proofs, signed checkpoints and time stamps"),
)


def crate(what: Description) -> bytes:
    """The metadata file's bytes."""
    return canonical_json(
        {
            "@context": f"{_SPECIFICATION}/context",
            "@graph": [_descriptor(), _root(what), *_parts(), *_making(what)],
        }
    )


def _descriptor() -> dict[str, Any]:
    return {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _SPECIFICATION},
    }


def _root(what: Description) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "conditionsOfAccess": what.caveat,
        "datePublished": what.published,
        "description": f"{what.selection.capitalize()} of a case, with the log that vouches for it",
        "hasPart": [{"@id": name} for name, *_ in (*_FILES, *_FOLDERS)],
        "identifier": what.identifier,
        # RO-Crate asks for a licence; what may be done with a hand-over is what the caveat says.
        "license": {"@id": "#handling"},
        "mentions": {"@id": "#export"},
        "name": what.name,
        "publisher": {"@id": "#sender"},
    }


def _parts() -> list[dict[str, Any]]:
    files = [
        {"@id": name, "@type": "File", "description": text, "encodingFormat": form, "name": name}
        for name, form, text in _FILES
    ]
    folders = [
        {"@id": name, "@type": "Dataset", "description": text, "name": name}
        for name, text in _FOLDERS
    ]
    return [*files, *folders]


def _making(what: Description) -> list[dict[str, Any]]:
    return [
        {
            "@id": "#handling",
            "@type": "CreativeWork",
            "description": what.caveat,
            "name": "Handling caveat",
        },
        {"@id": "#sender", "@type": "Organization", "name": what.organization},
        {"@id": "#tool", "@type": "SoftwareApplication", "name": what.tool},
        {
            "@id": "#export",
            "@type": "CreateAction",
            "agent": {"@id": "#sender"},
            "endTime": what.published,
            "instrument": {"@id": "#tool"},
            "name": "Export for transfer",
            "result": {"@id": "./"},
        },
    ]
