"""Which tool, in which version, with which parameters, made something from something."""

import msgspec

from muniment.core.canonical import canonical_json
from muniment.core.digest import Digest, digest_of


class Run(msgspec.Struct, frozen=True):
    """A named, versioned derivation; `parameters` are sorted pairs of name and value."""

    tool: str
    version: str
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> Digest:
        """The digest of the canonical JSON of the run: equal runs, equal digests."""
        return digest_of(
            canonical_json(
                {
                    "parameters": [list(pair) for pair in sorted(self.parameters)],
                    "tool": self.tool,
                    "version": self.version,
                }
            )
        )
