"""The words every room uses: digests, citations, parts, problems, stamps, errors; no I/O."""

from muniment.core.basis import Attested, Basis, stated
from muniment.core.canonical import canonical_json
from muniment.core.citation import Citation, parse_citation
from muniment.core.digest import Digest, digest_of, parse_digest
from muniment.core.errors import Error, IntegrityError, PolicyError, UsageError
from muniment.core.part import (
    Cell,
    CellKind,
    Child,
    Image,
    Metadata,
    Part,
    Problem,
    Relation,
    Role,
    Tally,
    TextSpan,
    kind_of_part,
)
from muniment.core.place import (
    Area,
    CellArea,
    Chars,
    Element,
    Field,
    Member,
    Place,
    Span,
    Whole,
    parse_place,
    print_place,
)
from muniment.core.reading import Reading, State
from muniment.core.ref import Ref
from muniment.core.run import Run
from muniment.core.secret import Secret
from muniment.core.stamp import Precision, Stamp, stamp_of_instant
from muniment.core.stored_number import differs_as_shown, number_as_stored, shortest_number

__all__ = [
    "Area",
    "Attested",
    "Basis",
    "Cell",
    "CellArea",
    "CellKind",
    "Chars",
    "Child",
    "Citation",
    "Digest",
    "Element",
    "Error",
    "Field",
    "Image",
    "IntegrityError",
    "Member",
    "Metadata",
    "Part",
    "Place",
    "PolicyError",
    "Precision",
    "Problem",
    "Reading",
    "Ref",
    "Relation",
    "Role",
    "Run",
    "Secret",
    "Span",
    "Stamp",
    "State",
    "Tally",
    "TextSpan",
    "UsageError",
    "Whole",
    "canonical_json",
    "differs_as_shown",
    "digest_of",
    "kind_of_part",
    "number_as_stored",
    "parse_citation",
    "parse_digest",
    "parse_place",
    "print_place",
    "shortest_number",
    "stamp_of_instant",
    "stated",
]
