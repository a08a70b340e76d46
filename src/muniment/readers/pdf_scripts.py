"""JavaScript in a PDF, wherever an action can hang: kept as source text, never run.

Source: ISO 32000-1 §12.6.3 (trigger events), §12.6.4.16 (JavaScript actions).
"""

from collections.abc import Iterator

import pikepdf

from muniment.core import Field, Part, Place, Role, TextSpan
from muniment.readers.pdf_objects import entry, identity, long_text_in, named, text_in

_LONGEST_CHAIN = 100


def scripts_of(holder: object, at: Place) -> Iterator[Part]:
    """The scripts of the actions of an annotation, a field, a page or the document."""
    actions = [entry(holder, "/A"), entry(holder, "/OpenAction")]
    triggers = entry(holder, "/AA")
    if isinstance(triggers, pikepdf.Dictionary):
        actions.extend(triggers.get(key) for key in sorted(triggers.keys()))
    for action in actions:
        yield from _chain(action, at)


def named_scripts(pdf: pikepdf.Pdf) -> Iterator[Part]:
    """The scripts that run when the document is opened."""
    tree = entry(entry(pdf.Root, "/Names"), "/JavaScript")
    for name, _, action in named(tree, "/Names"):
        yield from _chain(action, Field(f"JavaScript {name}"))
    yield from scripts_of(pdf.Root, Field("JavaScript"))


def _chain(action: object, at: Place) -> Iterator[Part]:
    """The script of an action and of those that follow it."""
    seen: set[tuple[int, int]] = set()
    for _ in range(_LONGEST_CHAIN):
        mark = identity(action)
        if not isinstance(action, pikepdf.Dictionary) or mark in seen:
            return
        if mark is not None:
            seen.add(mark)
        script = long_text_in(action.get("/JS")) if text_in(action.get("/S")) else ""
        if script.strip() != "":
            yield TextSpan(at, script, Role.MARKUP, hidden=True)
        action = action.get("/Next")
