"""What is known from others: an import or a report, as a decision says it.

    import   a file of FollowTheMoney, or another case's sidecar: whose, and how its ids are taken
    report   what a witness or a relative told: the recorded form, consent, custodian, language

- A source names the object that its statements are read from; the object lies in the vault, so that
  every statement has bytes to cite.
- The same source has one spelling, canonical JSON, which is the body of a `source` decision; its
  withdrawal is a decision of its own, that names the first.
- A report without a consent that says who gave it, when and for what is refused.
"""

import json
import re
from enum import StrEnum
from typing import Any

import msgspec

from muniment.core import canonical_json
from muniment.facts.ftm import clean
from muniment.facts.model import Kind, read_code

SOURCE = "source"  # the kinds of the two decisions
WITHDRAWAL = "source-withdrawal"
SCOPES = ("custodian", "case", "partners", "anonymous", "named")  # each allows what is before it
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST = 2_000  # letters


class Form(StrEnum):
    """What a file of another organisation is."""

    ENTITIES = "ftm-entities"  # entities of FollowTheMoney, one a line
    STATEMENTS = "ftm-statements"  # statements of FollowTheMoney in CSV
    STATEMENT_LINES = "ftm-statement-lines"  # the same in JSON, one a line
    CITATIONS = "citations"  # citations.csv of an export of Muniment


class Ids(StrEnum):
    """How a file's entity ids are taken."""

    OWN = "own"  # under the source's name: nobody's entity here becomes another's by its id
    SAME = "same"  # as they are: the file comes from a case whose ids mean the same here


class Imported(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="import"):
    """A file of another organisation."""

    object: str  # SHA-256, hex
    form: Form
    name: str  # whose it is, as the person at the keyboard calls it
    ids: Ids = Ids.OWN
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse what names no object or nobody."""
        _check_object(self.object)
        _check("the source's name", self.name)


class Consent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who agreed to what, when and how. It can be withdrawn at any time."""

    by: str
    scope: str  # a code of the vocabulary `consent-scopes`
    date: str  # ISO 8601
    how: str

    def __post_init__(self) -> None:
        """Refuse a consent of nobody, to nothing, at no time."""
        _check("who gave consent", self.by)
        _check("how consent was given", self.how)
        if read_code("consent-scopes", self.scope) != self.scope:
            raise ValueError(f"consent is given for one of: {', '.join(SCOPES)}")
        if clean(Kind.DATE, self.date) is None:
            raise ValueError("the date of a consent is written 2018, 2018-11 or 2018-11-03")


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="report"):
    """What somebody told: `object` is the recorded form, `given` the file it was made from."""

    object: str
    consent: Consent
    custodian: str
    language: str
    name: str  # by which it is found; no name of a person need be in it
    given: str = ""

    def __post_init__(self) -> None:
        """Refuse a report that nobody keeps."""
        _check_object(self.object)
        _check("the custodian", self.custodian)
        _check("the report's name", self.name)


Source = Imported | Report


def source_body(source: Source) -> str:
    """The canonical JSON of a source."""
    return canonical_json(msgspec.to_builtins(source)).decode()


def source_of(body: str) -> Source:
    """The source that a decision's body says.

    Raises:
        ValueError: it is none.
    """
    source: Source = msgspec.json.decode(body, type=Source)
    return source


def withdrawal_body(reason: str) -> str:
    """The canonical JSON of a withdrawal."""
    return canonical_json({"reason": reason}).decode()


def reason_of(body: str) -> str:
    """The reason of a withdrawal.

    Raises:
        ValueError: the body is none of one.
    """
    plain: Any = json.loads(body)
    if not isinstance(plain, dict) or not isinstance(plain.get("reason"), str):
        raise ValueError("a withdrawal says its reason")  # noqa: TRY004 one error for all of it
    return str(plain["reason"])


def may_be_read_in_the_case(source: Source) -> bool:
    """Whether whoever works on the case may read this source."""
    return _reaches(source, "case")


def may_leave_for_partners(source: Source) -> bool:
    """Whether statements of this source may go to partners who work on the case."""
    return _reaches(source, "partners")


def _reaches(source: Source, scope: str) -> bool:
    match source:
        case Imported():
            return True
        case Report():
            return SCOPES.index(source.consent.scope) >= SCOPES.index(scope)


def _check_object(written: str) -> None:
    if _HEX.fullmatch(written) is None:
        raise ValueError("an object is named by 64 lower-case hex digits")


def _check(what: str, text: str) -> None:
    if text.strip() == "" or len(text) > _LONGEST:
        raise ValueError(f"{what} is written in 1 to {_LONGEST:,} letters")
