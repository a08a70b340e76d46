"""The published vocabularies, and how a wording is read by one."""

from muniment.facts.model.vocabularies.consent_scopes import CONSENT_SCOPES
from muniment.facts.model.vocabularies.detention_statuses import DETENTION_STATUSES
from muniment.facts.model.vocabularies.facility_kinds import FACILITY_KINDS
from muniment.facts.model.vocabularies.facility_states import FACILITY_STATES
from muniment.facts.model.vocabularies.reasons import REASONS
from muniment.facts.model.vocabularies.relation_kinds import RELATION_KINDS
from muniment.facts.model.vocabulary import Vocabulary, folded, table_of

VOCABULARIES: tuple[Vocabulary, ...] = (
    FACILITY_KINDS,
    FACILITY_STATES,
    DETENTION_STATUSES,
    REASONS,
    RELATION_KINDS,
    CONSENT_SCOPES,
)
_BY_NAME = {each.name: each for each in VOCABULARIES}


def vocabulary_of(name: str) -> Vocabulary | None:
    """The vocabulary of that name."""
    return _BY_NAME.get(name)


def read_code(vocabulary: str, written: str) -> str | None:
    """The code that is written, in any of the languages that the vocabulary knows.

    None where it is no wording of the vocabulary, or there is no such vocabulary.
    """
    known = vocabulary_of(vocabulary)
    return None if known is None else table_of(known).get(folded(written))
