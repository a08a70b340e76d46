"""The page that lies in an export for FollowTheMoney."""

from muniment.facts.ftm import Profile

_WARNING = """\
FOR PARTNERS WHO WORK ON THE CASE. THIS IS NOT A PUBLICATION.

Nothing in this folder is redacted. It holds names, identity numbers, places and dates of people
who may be harmed if it gets about. Keep it encrypted, hand it on to nobody, do not load it into a
service that others can read, and delete it when the work is done.
"""
_FILES = """\
entities.ftm.json   entities of FollowTheMoney, one a line
statements.csv      the same as statements, one a line; dataset: {dataset}
citations.csv       one line for each statement of the case: what it left as (ftm_statement, the id
                    in statements.csv), what stands in the source, what was read, and the citation
                    of the cell, page or passage: the SHA-256 of a file and the place in it.
                    A statement that could not leave has no ftm_statement, and `stays` says why. One
                    that left as several has `again` in all its lines but the first.
report.json         how many left, and how many stayed, for which reason
SHA256SUMS          check with: sha256sum -c SHA256SUMS

Lines of statements.csv without a line in citations.csv say what no source says: that an entity is
there (property `id`), or what a stock entity stands for.

citations.csv holds values as they stand in the sources. A spreadsheet program may run what begins
with = + - or @: read it with another program, or import its columns as text.
"""
_STOCK = """
The profile is `stock`: FollowTheMoney as it is, and nothing else is needed.

    ftm validate -i entities.ftm.json -o checked.ftm.json
    ftm aggregate-statements -i statements.csv -o again.ftm.json
"""
_OVERLAY = """
The profile is `overlay`: FollowTheMoney with the schemata in model/. Put them beside its own:

    cp -r "$(python3 -c 'import followthemoney as f; print(f.__path__[0])')/schema" both
    cp model/*.yaml both/
    export FTM_MODEL_PATH="$PWD/both"
    ftm validate -i entities.ftm.json -o checked.ftm.json
    ftm aggregate-statements -i statements.csv -o again.ftm.json
"""


def readme(profile: Profile, dataset: str) -> bytes:
    """README.txt."""
    how = _STOCK if profile is Profile.STOCK else _OVERLAY
    return (_WARNING + "\n" + _FILES.format(dataset=dataset) + how).encode()
