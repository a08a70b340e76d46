"""The BagIt profile of a transfer bag (BagIt Profiles 1.4.0), for other programs to check with.

- It lies in every bag as `bagit-profile.json`; its identifier is a name: nothing is ever fetched.
"""

from muniment.core import canonical_json

PROFILE_IDENTIFIER = "https://muniment.invalid/bagit-profile/transfer-1.json"
_VERSION = "1.0"
_REQUIRED = (
    "BagIt-Profile-Identifier",
    "External-Identifier",
    "Source-Organization",
    "Contact",
    "Bagging-Date",
    "Handling-Caveat",
    "Checkpoint-Root",
    "Log-Size",
    "Bag-Size",
    "Payload-Oxum",
)


def profile() -> bytes:
    """The profile as canonical JSON."""
    algorithms = ["sha256", "sha512"]
    return canonical_json(
        {
            "Accept-BagIt-Version": ["1.0"],
            "Accept-Serialization": ["application/tar"],
            "Allow-Fetch.txt": False,
            "BagIt-Profile-Info": {
                "BagIt-Profile-Identifier": PROFILE_IDENTIFIER,
                "BagIt-Profile-Version": "1.4.0",
                "Contact-Name": "The Muniment authors",
                "External-Description": "Objects of a case handed over with the log that vouches "
                "for them",
                "Source-Organization": "Muniment",
                "Version": _VERSION,
            },
            "Bag-Info": {label: {"repeatable": False, "required": True} for label in _REQUIRED},
            "Manifests-Allowed": algorithms,
            "Manifests-Required": algorithms,
            "Serialization": "optional",
            "Tag-Files-Required": [
                "README.txt",
                "custody/keys.txt",
                "custody/muniment.json",
                "metadata/items.jsonl",
                "ro-crate-metadata.json",
                "verify.py",
            ],
            "Tag-Manifests-Allowed": algorithms,
            "Tag-Manifests-Required": algorithms,
        }
    )
