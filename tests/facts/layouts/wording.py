"""How wordings of tables are written down: a small text format, one paragraph a table.

    = ru detainees csv; rows=24 repeat=12      language, sort, form, and what else
    # Список лиц …                             a title row above (several allowed)
    § Отряд № 1                                a section row among the data
    + Итого                                    the word of the totals row
    ~ Примечание: …                            a note below
    № п/п | serial                             heading | content | answers, if not the usual ones
    Осуждение > Суд | court                    a heading in two rows, the upper one merged

`\\n` in a heading is a line break in the cell. Forms: csv, csv; (semicolons), tsv, xlsx; `enc=`
names an encoding; `header=0` leaves the headings out; `perperson=2` gives each person two rows;
`household` groups rows; `numbered` puts the numbers of the columns below the headings; `dirty=.1`
is the share of blanks.
"""

import msgspec

from tests.facts.layouts.truth import EXPECTED, SHORT


class Wording(msgspec.Struct, frozen=True):
    """One table as worded: its options, the rows around, and its columns."""

    language: str
    sort: str
    form: str
    options: dict[str, str]
    titles: tuple[str, ...]
    sections: tuple[str, ...]
    total: str | None
    notes: tuple[str, ...]
    columns: tuple[tuple[str, str, tuple[str, ...]], ...]  # heading, content, answers


def wordings(text: str) -> tuple[Wording, ...]:
    """All tables of a text."""
    paragraphs = ("\n" + text).split("\n= ")[1:]
    return tuple(_worded(paragraph.strip().splitlines()) for paragraph in paragraphs)


def _worded(lines: list[str]) -> Wording:
    language, sort, form, *options = lines[0].split()
    marked: dict[str, list[str]] = {mark: [] for mark in "#§+~"}
    columns = []
    for line in lines[1:]:
        if line[:2] in {f"{mark} " for mark in marked} and " | " not in line:
            marked[line[0]].append(line[2:])
        elif line:
            columns.append(_column(line))
    return Wording(
        language,
        sort,
        form,
        dict(option.partition("=")[::2] for option in options),
        tuple(marked["#"]),
        tuple(marked["§"]),
        marked["+"][0] if marked["+"] else None,
        tuple(marked["~"]),
        tuple(columns),
    )


def _column(line: str) -> tuple[str, str, tuple[str, ...]]:
    heading, content, *answers = (part.strip() for part in line.split(" | "))
    kind = content.split()[0].rpartition(".")[2]
    if not answers:
        expected = EXPECTED[kind]
    else:
        each = [SHORT.get(a.strip(), (a.strip().removeprefix("-"),)) for a in answers[0].split(",")]
        expected = tuple(answer for one in each for answer in one)
    return heading.replace("\\n", "\n"), content, expected
