"""What must hold before an annotation is asked for: its object is in the case, its text one's own.

- Nobody's words are changed or taken back by another; whoever disagrees writes a note of their own.
  A tag is the team's: whoever reads may take it off.
- Pseudonyms are not proved, so this guards against mistakes; the journal shows who did what.
"""

from sqlalchemy import select

from muniment.catalog.annotation_views import AnnotationView, annotation
from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import OBJECTS
from muniment.catalog.withholding import withheld_objects
from muniment.core import Digest, PolicyError, UsageError
from muniment.vault import (
    Annotation,
    Correction,
    Highlight,
    Note,
    SavedSearch,
    Tag,
    Withdrawal,
)

_LIST = "`muniment notes CASE` lists what was written, each with its id"


def allow(ledger: Ledger, asked: Annotation, actor: str) -> None:
    """Refuse what cannot be meant or is not for `actor` to say.

    Raises:
        UsageError: its object, or the annotation that it changes, is not in the case.
        PolicyError: it changes what somebody else wrote.
    """
    match asked:
        case Note() | Tag() | Highlight():
            _expect_object(ledger, asked.target.digest)
        case SavedSearch():
            return
        case Correction():
            found = _standing(ledger, asked.of)
            if found.kind == "tag":
                raise UsageError(
                    "a tag is not corrected", next_step="take it off and set another one"
                )
            _expect_own(found, actor)
        case Withdrawal():
            found = _standing(ledger, asked.of)
            if found.kind != "tag":
                _expect_own(found, actor)


def _expect_object(ledger: Ledger, digest: Digest) -> None:
    with ledger.engine.connect() as connection:
        known = select(OBJECTS.c.digest).where(OBJECTS.c.digest == digest.hex)
        if connection.scalar(known) is None:
            raise UsageError(
                f"the case has no object {digest.hex}",
                next_step="copy a citation from a page or from `muniment search`",
            )
        if connection.scalar(withheld_objects().where(OBJECTS.c.digest == digest.hex)) is not None:
            raise UsageError(
                "this is of a report that nobody here may read",
                next_step="nothing is written beside it: it would be shown to nobody",
            )


def _standing(ledger: Ledger, name: Digest) -> AnnotationView:
    found = annotation(ledger, name)
    if found is None or found.id != name.hex:
        raise UsageError(f"nothing was written under the id {name.hex}", next_step=_LIST)
    if not found.standing:
        raise UsageError("it was withdrawn already", next_step="write a new one")
    return found


def _expect_own(found: AnnotationView, actor: str) -> None:
    if found.actor != actor:
        raise PolicyError(
            f"it was written by {found.actor}: nobody's words are changed by another",
            next_step="write a note of your own at the same place",
        )
