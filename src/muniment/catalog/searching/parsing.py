"""The grammar of a query.

    query = any ;  any = all { "OR" all } ;  all = one { ["AND"] one }
    one   = ("NOT" | "-") one | "(" any ")" | field | phrase | word

- Words beside each other must all occur in the passage; a field holds for its whole object.
- Whatever makes no sense is a `UsageError` that says what, and at which character.
- Its size is bounded before anything is looked up: a query cannot be a bomb.
"""

from collections.abc import Iterator

from muniment.catalog.searching import layouts
from muniment.catalog.searching.fields import CARRIED_FIELDS, WORD_FIELDS, value_of
from muniment.catalog.searching.lexing import Piece, pieces
from muniment.catalog.searching.query import All, Any, Holding, Node, Not, Phrase, Query
from muniment.core import UsageError

_LONGEST = 2_000  # code points; longer queries are a mistake, and cost the index dearly
_DEEPEST = 30  # parentheses inside each other
_MOST = 200  # words, phrases and fields
_HELP = "`muniment search --help` shows how a query is written"


def parse_query(written: str) -> Query:
    """The query that `written` means.

    Raises:
        UsageError: it makes no sense, nothing in it can be searched, or it is too long.
    """
    if len(written) > _LONGEST:
        raise UsageError(
            f"the query has {len(written)} characters, more than {_LONGEST}",
            next_step="search for a shorter phrase from it",
        )
    found = list(pieces(written))
    if len(found) > _MOST:
        raise UsageError(
            f"the query has {len(found)} parts, more than {_MOST}",
            next_step="search for fewer words at once",
        )
    if not any(letter.isalnum() for letter in written):
        raise UsageError(
            "the query holds no letter or digit", next_step='try a word, or a phrase in "quotes"'
        )
    parser = _Parser(found)
    root = parser.any(0)
    parser.require_end()
    if root is None:
        raise UsageError(
            "the query holds no letter or digit that can be looked up",
            next_step='try a word, or a phrase in "quotes"',
        )
    _require_something_positive(root)
    return Query(root)


class _Parser:
    """Reads the pieces from left to right."""

    def __init__(self, found: list[Piece]) -> None:
        self._pieces = found
        self._next = 0

    def any(self, depth: int) -> Node | None:
        parts = [self._all(depth)]
        while self._sign("OR"):
            parts.append(self._all(depth))
        return _joined(Any, parts)

    def require_end(self) -> None:
        piece = self._peek()
        if piece is not None:
            raise UsageError(
                f"the parenthesis at character {piece.at} of the query closes nothing",
                next_step="leave it out, or put what it belongs to in quotes",
            )

    def _all(self, depth: int) -> Node | None:
        parts: list[Node | None] = []
        begun = self._peek()
        while (piece := self._peek()) is not None and not _is_sign(piece, ")", "OR"):
            if len(parts) > 0 and self._sign("AND"):
                following = self._peek()
                if following is None or _is_sign(following, ")", "OR", "AND"):
                    raise _dangling("AND", piece.at)
                continue
            parts.append(self._one(depth))
        if len(parts) == 0:
            at = self._pieces[-1].at if begun is None else begun.at
            raise UsageError(
                f"something is missing at character {at} of the query",
                next_step=f"write what is looked for there; {_HELP}",
            )
        return _joined(All, parts)

    def _one(self, depth: int) -> Node | None:
        piece = self._pieces[self._next]
        self._next += 1
        match piece.sort:
            case "word":
                return layouts.word(piece.text, piece.at)
            case "quoted":
                return layouts.quoted(piece.text, piece.before, piece.after, piece.at)
            case "field":
                return self._field(piece)
            case "sign":
                return self._signed(piece, depth)

    def _signed(self, piece: Piece, depth: int) -> Node | None:
        if piece.text == "NOT":
            following = self._peek()
            if following is None or _is_sign(following, ")", "OR", "AND"):
                raise _dangling("NOT", piece.at)
            part = self._one(depth)
            return None if part is None else Not(part)
        if piece.text != "(":
            raise _dangling(piece.text, piece.at)
        if depth >= _DEEPEST:
            raise UsageError(
                f"the query has more than {_DEEPEST} parentheses inside each other",
                next_step="write it more simply",
            )
        inner = self.any(depth + 1)
        if not self._sign(")"):
            raise UsageError(
                f"the parenthesis at character {piece.at} of the query does not close",
                next_step="put a ) where it ends, or put it in quotes to look for it",
            )
        return inner

    def _field(self, piece: Piece) -> Node:
        field, value = piece.text.lower(), self._peek()
        if value is None or value.sort not in ("word", "quoted"):
            value_of(field, "", piece.at)  # says which field it is, and what it wants
            raise _dangling(f"{field}:", piece.at)
        self._next += 1
        if field not in WORD_FIELDS:
            return value_of(field, value.text, piece.at)
        if value.sort == "word":
            inner = layouts.word(value.text, value.at)
        else:
            inner = layouts.quoted(value.text, value.before, value.after, value.at)
        if inner is None:
            value_of(field, "", piece.at)
            raise _dangling(f"{field}:", piece.at)
        return Holding(WORD_FIELDS[field], inner, field in CARRIED_FIELDS)

    def _peek(self) -> Piece | None:
        return self._pieces[self._next] if self._next < len(self._pieces) else None

    def _sign(self, text: str) -> bool:
        """Take this sign if it is next."""
        piece = self._peek()
        if piece is None or not _is_sign(piece, text):
            return False
        self._next += 1
        return True


def _is_sign(piece: Piece, *texts: str) -> bool:
    return piece.sort == "sign" and piece.text in texts


def _joined(kind: type[All] | type[Any], parts: list[Node | None]) -> Node | None:
    kept = [part for part in parts if part is not None]
    if len(kept) == 0:
        return None
    return kept[0] if len(kept) == 1 else kind(tuple(kept))


def _dangling(sign: str, at: int) -> UsageError:
    return UsageError(
        f"{sign} at character {at} of the query has nothing to work on",
        next_step="write a word beside it, or put it in quotes to look for it",
    )


def _require_something_positive(root: Node) -> None:
    """Refuse what only says what must not be there: it would be nearly everything."""
    for alternative in _alternatives(root):
        parts = alternative.parts if isinstance(alternative, All) else (alternative,)
        if all(isinstance(part, Not) for part in parts):
            raise UsageError(
                "the query, or one side of an OR, only says what must not be there",
                next_step="add a word or a field that must be there, such as sort:text",
            )


def _alternatives(node: Node) -> Iterator[Node]:
    if isinstance(node, Any):
        for part in node.parts:
            yield from _alternatives(part)
    else:
        yield node


def phrases_wanted(node: Node) -> Iterator[tuple[Phrase, tuple[str, ...]]]:
    """Every phrase that is to be there, with the properties that it must stand in, if any."""
    match node:
        case Phrase():
            yield node, ()
        case Holding():
            for phrase, _ in phrases_wanted(node.inner):
                yield phrase, node.properties
        case All() | Any():
            for part in node.parts:
                yield from phrases_wanted(part)
        case _:
            return
