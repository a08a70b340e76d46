"""Fields of the commands by which statements come from others and leave, one sentence each."""

_TALLY = {
    "statements": "statements that came of it",
    "unread": "of them not read, by reason: names and counts",
    "misread": "rows that said nothing that could be taken",
    "places": "the first of these rows: citation and reason",
    "unknown": "statements of what the model lacks, by schema and property",
    "content": "SHA-256 over all that it states",
}
_SOURCE = {
    "id": "hash of the decision's event, by which it is named",
    "at": "when it was recorded, UTC",
    "actor": "who recorded it: a pseudonym",
    "source": "`type` (import or report), `object` and `name`; of an import `form`, `ids`, `note`; "
    "of a report `consent` (`by`, `scope`, `date`, `how`), `custodian`, `language`, `given`",
    "withdrawn": "the reason; null while it stands",
    "tally": "`statements`, `unread` by reason, `misread`, `places`, `unknown` (schemata and "
    "properties that the model lacks, with counts) and `content`, the SHA-256 over what it states; "
    "null while it waits for `process`, and where nobody here may read it",
}
JSON: dict[str, tuple[bool, dict[str, str]]] = {
    "ftm export": (
        False,
        {
            "out": "where the export is",
            "entities": "entities of FollowTheMoney",
            "statements": "statements of FollowTheMoney",
            "lines": "statements of the case that are in the export",
            "stays": "of them only in the sidecar, by reason: names and counts",
            "withheld": "statements left out for want of consent",
            "manifest": "digest of SHA256SUMS",
        },
    ),
    "ftm import": (
        False,
        {
            "id": "hash of the decision's event",
            "object": "SHA-256 of the file",
            "form": "`ftm-entities`, `ftm-statements`, `ftm-statement-lines` or `citations`",
        },
    ),
    "report new": (
        False,
        {
            "id": "hash of the decision's event",
            "object": "SHA-256 of the recorded form",
            **_TALLY,
        },
    ),
    "source list": (True, _SOURCE),
    "source show": (False, _SOURCE),
    "source withdraw": (
        False,
        {
            "id": "what was withdrawn",
            "withdrawal": "hash of the withdrawal's event",
        },
    ),
}
