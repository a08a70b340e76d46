"""Small published vocabularies in a dozen languages: sex, marital status, yes and no, custody."""

from muniment.text.vocabulary.age import AgeReading, read_age
from muniment.text.vocabulary.person import (
    MARITAL,
    SEX,
    YES_NO,
    read_marital_status,
    read_sex,
    read_yes_no,
)
from muniment.text.vocabulary.status import STATUS, read_status
from muniment.text.vocabulary.vocabulary import Term, Vocabulary, read_term

VOCABULARIES: tuple[Vocabulary, ...] = (SEX, MARITAL, YES_NO, STATUS)

__all__ = [
    "VOCABULARIES",
    "AgeReading",
    "Term",
    "Vocabulary",
    "read_age",
    "read_marital_status",
    "read_sex",
    "read_status",
    "read_term",
    "read_yes_no",
]
