"""What a person decides of a place or of a proposal: this is stated, or it is not.

    statement              claims about one object, by hand or accepted from a proposal
    rejection              a proposal that is not to be made again
    judgement-withdrawal   either of them taken back; names it, and says why

- Each is a decision of its own; another version of a statement names the one that it replaces.
- What was `written` stands at the claim's citation; `by_eye` says that a person read it there and
  no text that was extracted holds it: on a photograph, in writing that no engine reads.
- A proposal is named by what it is of, what stands there, and where: by the same name whichever
  version of this program finds it, so that what was rejected stays so.
"""

import re

import msgspec

from muniment.core import Citation, canonical_json, digest_of, parse_citation
from muniment.facts.ftm import clean, why_unread
from muniment.facts.model import Kind, Property, property_of, read_code, schema_of
from muniment.facts.statement import ID_LETTERS, By, Doubt, Statement, Unread, place_entity

STATED, REJECTED, TAKEN_BACK = "statement", "rejection", "judgement-withdrawal"
_PROPOSAL = re.compile(r"[0-9a-f]{32}", re.ASCII)
_ENTITY = re.compile(rf"[0-9a-f]{{{ID_LETTERS}}}", re.ASCII)
_LONGEST = 20_000  # letters of what was written
_LONGEST_NOTE = 2_000
_MOST = 50  # claims of one statement


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a place says of a property of a subject; `read` is None where `unread` says why."""

    entity: str
    schema: str
    property: str
    written: str
    read: str | None
    unread: str
    citation: str
    by_eye: bool = False

    def __post_init__(self) -> None:
        """Refuse what is outside the model, empty, or both read and unread."""
        known = property_of(self.schema, self.property)
        if known is None:
            raise ValueError(f"the model has no property {self.schema}:{self.property}")
        if _ENTITY.fullmatch(self.entity) is None:
            raise ValueError(f"an entity is named by {ID_LETTERS} hex digits")
        if self.written.strip() == "" or len(self.written) > _LONGEST:
            raise ValueError(f"what is written there has 1 to {_LONGEST:,} letters")
        if (self.read is None) == (self.unread == ""):
            raise ValueError("a statement is read, or says why it is not")
        parse_citation(self.citation)


class Stated(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=STATED):
    """Claims about one object; `proposal` and `tool` are empty where they were made by hand."""

    claims: tuple[Claim, ...]
    proposal: str = ""
    tool: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a statement of nothing, of several objects, or of a proposal that has no name."""
        if not 1 <= len(self.claims) <= _MOST:
            raise ValueError(f"a statement makes 1 to {_MOST} claims")
        if len({parse_citation(each.citation).digest for each in self.claims}) > 1:
            raise ValueError("the claims of one statement cite one object")
        if self.proposal != "":
            _check_proposal(self.proposal)
        _check_note(self.note)

    @property
    def citation(self) -> str:
        """The place of the first claim."""
        return self.claims[0].citation


class Rejected(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=REJECTED):
    """That a proposal states nothing of this case."""

    proposal: str
    sort: str
    written: str
    citation: str
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse one that names no proposal."""
        if self.proposal != proposal_name(self.sort, self.written, self.citation):
            raise ValueError("a proposal is named by its sort, its text and its place")
        _check_note(self.note)


Judgement = Stated | Rejected


def proposal_name(sort: str, written: str, citation: str) -> str:
    """The name of a proposal: 32 hex digits."""
    return digest_of(canonical_json(["proposal", sort, written, citation])).hex[:32]


def judgement_body(judgement: Judgement) -> str:
    """The canonical JSON of a judgement."""
    return canonical_json(msgspec.to_builtins(judgement)).decode()


def judgement_of(body: str) -> Judgement:
    """The judgement that a decision's body says.

    Raises:
        ValueError: it is none.
    """
    found: Judgement = msgspec.json.decode(body, type=Judgement)
    return found


def statements_of_judgement(stated: Stated, source: str) -> tuple[Statement, ...]:
    """The statements that a judgement makes; `source` is the id of its decision."""
    by = By.PERSON if stated.proposal == "" else By.PROSE
    return tuple(
        Statement(
            entity=each.entity,
            schema=each.schema,
            property=each.property,
            written=each.written,
            read=each.read,
            unread=each.unread,
            at=parse_citation(each.citation),
            by=by,
            source=source,
            doubts=(Doubt.BY_EYE.value,) if each.by_eye else (),
        )
        for each in stated.claims
    )


def new_entity(at: Citation, schema: str, written: str) -> str:
    """The id of an entity that is first stated at a place, by what stands there."""
    return place_entity(at, f"{schema}: {written}")


def reading_of(schema: str, name: str, written: str, said: str = "") -> tuple[str | None, str]:
    """What is read of a value, or why nothing is; `said` is how a person reads it, if they say.

    Raises:
        ValueError: the model has no such property, or what a person says is not in its clean form.
    """
    known = property_of(schema, name)
    if known is None or schema_of(schema) is None:
        raise ValueError(f"the model has no property {schema}:{name}")
    read = _clean(known, said if said != "" else written)
    if read is not None:
        return read, ""
    if said != "":
        raise ValueError(f"{said!r} is no {_form(known)}")
    return None, Unread.UNKNOWN_CODE.value if known.vocabulary != "" else why_unread(known.kind)


def _clean(known: Property, text: str) -> str | None:
    if known.vocabulary != "":
        return read_code(known.vocabulary, text)
    if known.kind is Kind.ENTITY:
        return text if _ENTITY.fullmatch(text) is not None else None
    return clean(known.kind, text)


def _form(known: Property) -> str:
    """The form in which a value of a property is said."""
    if known.vocabulary != "":
        return f"code of the vocabulary {known.vocabulary}"
    match known.kind:
        case Kind.DATE:
            return "date: write 2018, 2018-11 or 2018-11-03"
        case Kind.ENTITY:
            return f"entity: name it by its {ID_LETTERS} hex digits"
        case Kind.PHONE:
            return "telephone number: write + and the code of the country first"
        case other:
            return f"{other.value} in the form that is kept"


def _check_proposal(name: str) -> None:
    if _PROPOSAL.fullmatch(name) is None:
        raise ValueError("a proposal is named by 32 hex digits")


def _check_note(note: str) -> None:
    if len(note) > _LONGEST_NOTE:
        raise ValueError(f"a note beside a decision has at most {_LONGEST_NOTE:,} letters")
