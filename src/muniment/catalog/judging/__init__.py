"""What people decided of proposals and places: which of it stands, and the statements it makes."""

from muniment.catalog.judging.asking import (
    Placed,
    Subject,
    check_stated,
    claims_at,
    claims_of,
    read_of,
    subject_named,
    subjects_near,
    suggested,
)
from muniment.catalog.judging.projecting import bring_judgements_up_to_date
from muniment.catalog.judging.standing import (
    JudgementView,
    decided_of,
    judgement_named,
    judgements,
    judgements_withheld,
    reasons_to_withhold,
    state_of,
    withheld_from,
)

__all__ = [
    "JudgementView",
    "Placed",
    "Subject",
    "bring_judgements_up_to_date",
    "check_stated",
    "claims_at",
    "claims_of",
    "decided_of",
    "judgement_named",
    "judgements",
    "judgements_withheld",
    "read_of",
    "reasons_to_withhold",
    "state_of",
    "subject_named",
    "subjects_near",
    "suggested",
    "withheld_from",
]
