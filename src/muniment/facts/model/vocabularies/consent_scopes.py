"""To what use of a report somebody agreed, from the narrowest to the widest."""

from muniment.facts.model.vocabulary import Vocabulary, code

CONSENT_SCOPES = Vocabulary(
    "consent-scopes",
    "Scopes of consent",
    "What whoever gave a report agreed to. Each allows what those before it allow.",
    (
        code("custodian", "The custodian alone", "Only whoever took it down may read it."),
        code("case", "This case", "Whoever works on this case may read and count it."),
        code("partners", "Partners too", "It may leave for partners who work on the case."),
        code("anonymous", "Published without names", "What identifies nobody may be published."),
        code("named", "Published with names", "It may be published with the names in it."),
    ),
)
