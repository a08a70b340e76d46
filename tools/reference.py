"""Writes the generated pages of docs from the source.

    python -m tools.reference

- What the source says is taken from the source; `reference_words.py` holds the sentences it lacks.
- A test writes the pages again and compares; a code, field or column without a sentence fails it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click

from muniment.app.main import cli
from muniment.catalog.fact_columns import FACT_COLUMNS
from muniment.catalog.flat import COLUMNS
from muniment.catalog.ledger_tables import LEDGER_COLUMNS
from muniment.core import (
    Area,
    CellArea,
    Chars,
    Citation,
    Element,
    Field,
    Member,
    Span,
    Whole,
    digest_of,
)
from muniment.readers import READERS
from tools import reference_words as words
from tools.reference_model import model_page
from tools.reference_values import value_lines

ROOT = Path(__file__).resolve().parents[1]
NOTICE = "<!-- Written by tools/reference.py; `make docs` writes it again. -->"
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")
# Where problems come from.
_CODED = ("readers", "catalog", "vault/copying.py", "vault/intake.py")
_CALLS = {"Problem", "Closed", "Ending", "BorderError", "ChildRefusedError"}
_TABLE = "next_steps.py"  # a table over the codes: what stands there alone is recorded nowhere

EXAMPLES = (
    (Whole(), "the whole object"),
    (Area(page=3), "page 3 of a PDF, counted from 1 (RFC 8118)"),
    (
        Area(page=3, box=(72, 144, 200.5, 18)),
        (
            "a rectangle on it: x, y, width and height in points from the top left of the page as "
            "displayed (Media Fragments)"
        ),
    ),
    (Area(box=(10, 20, 300, 400)), "a rectangle of a picture, in pixels"),
    (
        CellArea(5, 7, "Liste 2018"),
        "row 5, column 7 of a sheet, counted from 1 (RFC 7111; `sheet` is this program's)",
    ),
    (CellArea(5, 7, None, 6, 9), "rows 5 to 6, columns 7 to 9 of a file without sheets"),
    (Chars(120, 164), "characters 120 up to and without 164 of a text, counted from 0 (RFC 5147)"),
    (Chars(0, 29, "1.2"), "the same in section 1.2 of an e-mail (RFC 3501 part number)"),
    (
        Element("word/document.xml", (1, 1, 12), (0, 9)),
        (
            "characters of an element of a packaged XML file: the twelfth child of the first child "
            "of the root (XPointer element())"
        ),
    ),
    (Field("Received", 2), "the second header or property of that name"),
    (Member(4), "the fifth entry of a container's own directory, counted from 0"),
    (Span(12.5, 14), "a stretch of sound or film, in seconds (Media Fragments)"),
)


def pages() -> dict[str, str]:
    """Every generated page: path below docs/reference, and text."""
    return {
        "commands.md": _commands(),
        "citations.md": _citations(),
        "readers.md": _readers(),
        "errors.md": _errors(),
        "tables.md": _tables(),
        "values.md": _page(value_lines()),
        "model.md": _page(model_page()),
        "../decisions/README.md": _decisions(),
    }


def problem_codes() -> set[str]:
    """Every problem code that the source can record."""
    found = set().union(*(_codes_of(path) for path in _coded_files()))
    return found - {reader.name for reader in READERS}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, in the order of the help."""
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is None:
            raise SystemExit(f"no command {name}")
        if isinstance(command, click.Group):
            for inner, each in command.commands.items():
                yield f"{name} {inner}", each
        else:
            yield name, command


def _commands() -> str:
    lines = [
        "# Commands",
        "",
        (
            "`muniment COMMAND …`: every command, its arguments and options, and the fields it "
            "prints with `--json`."
        ),
        "",
        (
            "With `--json` standard output holds one JSON object, or one object a line where that "
            "is said, and nothing else. Progress and hints go to standard error. Fields are added, "
            "and none is renamed without a decision record."
        ),
        "",
        "| exit code | meaning |",
        "|--:|---|",
        *(f"| {code} | {meaning} |" for code, meaning in words.EXIT_CODES.items()),
        "",
        (
            "`muniment verify`, and `muniment log` where it checks a signature, leave with 3 where "
            "something is not as recorded."
        ),
    ]
    for name, command in commands():
        lines += _command(name, command)
    lines += ["", "## Links of a chain", "", "| field | |", "|---|---|"]
    lines += [f"| `{field}` | {meaning} |" for field, meaning in words.LINK.items()]
    return _page(lines)


def _command(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"muniment {name}")
    usage = " ".join(command.collect_usage_pieces(context))
    yield from ("", f"## muniment {name}", "", f"    muniment {name} {usage}", "")
    yield from _paragraphs(command.help or "")
    options = [each for each in command.params if isinstance(each, click.Option)]
    if len(options) > 0:
        yield from ("", "| option | |", "|---|---|")
        yield from (_option(each, context) for each in options)
    if name in words.JSON:
        yield from _json(many=words.JSON[name][0], fields=words.JSON[name][1])


def _json(*, many: bool, fields: dict[str, str]) -> Iterator[str]:
    if len(fields) == 0:
        yield from ("", "`--json` prints one row a line; its fields are the columns asked for.")
        return
    how = "one object a line" if many else "one object"
    yield from ("", f"`--json` prints {how}:", "", "| field | |", "|---|---|")
    yield from (f"| `{field}` | {meaning} |" for field, meaning in fields.items())


def _option(option: click.Option, context: click.Context) -> str:
    kind = "" if option.is_flag else f" {option.make_metavar(context)}"
    notes = [(option.help or "").rstrip(".")]
    shown = option.get_help_extra(context)
    notes += ["required"] if option.required else []
    notes += [shown["range"]] if "range" in shown else []
    notes += [f"default: {shown['default'].strip('()')}"] if "default" in shown else []
    text = "; ".join(note for note in notes if note != "")
    return f"| `{option.opts[0]}{kind}` | {_cell(text)} |"


def _citations() -> str:
    digest = digest_of(b"")
    lines = [
        "# Citations",
        "",
        (
            "A citation names bytes by their SHA-256 and a place in them, so that anybody who has "
            "the file can go there without this program."
        ),
        "",
        "    ni:///sha-256;<43 letters>#<place>",
        "",
        (
            "The part before `#` is an RFC 6920 name: the 32 bytes of the SHA-256 in base64url "
            "without padding. The part behind it is one of the forms below; `&`, `=`, `,` and `-` "
            "separate, and every value is percent-encoded (RFC 3986), so a citation is ASCII. Each "
            "place has one spelling. Where a command takes a citation it also takes 64 hex digits, "
            "which mean the whole object."
        ),
        "",
        "To turn the letters into the digits that `sha256sum` prints:",
        "",
        (
            "    python3 -c 'import base64, sys; "
            'print(base64.urlsafe_b64decode(sys.argv[1] + "=").hex())\' LETTERS'
        ),
        "",
        "| place | example |",
        "|---|---|",
    ]
    for place, meaning in EXAMPLES:
        _, _, fragment = str(Citation(digest, place)).partition("#")
        lines.append(f"| {meaning} | {f'`#{fragment}`' if fragment else '(nothing)'} |")
    lines += [
        "",
        "A whole citation, of row 5 and column 7 of a sheet in the empty file:",
        "",
        f"    {Citation(digest, EXAMPLES[4][0])}",
    ]
    return _page(lines)


def _readers() -> str:
    lines = [
        "# Readers",
        "",
        (
            "A reader turns one format into located parts; an object is read by the first that "
            "names its type."
        ),
        "",
        (
            "The type is found from the bytes, never from the name. A version rises whenever a "
            "reader's parts change for any input; the version that read an object is in `muniment "
            "items`. An object without a reader is `refused` and counted. "
            "[Add a format](../how-to/add-a-format.md)."
        ),
        "",
        "| reader | version | media types |",
        "|---|--:|---|",
    ]
    for reader in READERS:
        types = ", ".join(f"`{each}`" for each in reader.media_types)
        lines.append(f"| {reader.name} | {reader.version} | {types} |")
    return _page(lines)


def _errors() -> str:
    missing = problem_codes() ^ set(words.CODES)
    if len(missing) > 0:
        raise SystemExit(f"explained and not in the source, or the reverse: {sorted(missing)}")
    lines = [
        "# Errors and problems",
        "",
        (
            "Trouble in Muniment stops a command with an exit code; trouble in a source file is "
            "recorded as a problem with a place, and work goes on."
        ),
        "",
        "## Errors",
        "",
        "An error is two lines on standard error: what is wrong, and what to do next.",
        "",
        "| exit code | meaning |",
        "|--:|---|",
        *(f"| {code} | {meaning} |" for code, meaning in words.EXIT_CODES.items()),
        "",
        "With `MUNIMENT_TRACEBACK=1` in the environment a fault of Muniment shows where it arose.",
        "",
        "## Problems",
        "",
        "`muniment problems CASE` lists them. A problem never removes what was read before it.",
        "",
        "| code | what happened |",
        "|---|---|",
        *(f"| `{code}` | {words.CODES[code]} |" for code in sorted(words.CODES)),
    ]
    return _page(lines)


def _tables() -> str:
    lines = [
        "# Tables",
        "",
        (
            "`muniment sql CASE 'SELECT …'` answers questions over these tables; each is also a "
            "Parquet file, or a folder of them, under `work/tables/`."
        ),
        "",
        (
            "Only SELECT is answered. Nothing outside the tables can be read. How to ask: "
            "[ask in SQL](../how-to/ask-in-sql.md)."
        ),
    ]
    for table, columns in (LEDGER_COLUMNS | COLUMNS | FACT_COLUMNS).items():
        lines += ["", f"## {table}", "", f"{words.TABLES[table].capitalize()}.", ""]
        lines += ["| column | type | |", "|---|---|---|"]
        for column, kind in columns.items():
            meaning = words.COLUMNS_OF.get((table, column)) or words.COLUMNS[column]
            lines.append(f"| `{column}` | {kind} | {meaning} |")
    return _page(lines)


def _decisions() -> str:
    lines = [
        "# Decisions",
        "",
        "Why things are as they are: one page a decision, kept when it is overturned.",
        "",
        "| | |",
        "|---|---|",
    ]
    for path in sorted((ROOT / "docs/decisions").glob("[0-9]*.md")):
        title = path.read_text("utf-8").split("\n", 1)[0].removeprefix("# ")
        lines.append(f"| [{path.name[:4]}]({path.name}) | {title} |")
    return _page(lines)


def _coded_files() -> Iterator[Path]:
    for place in _CODED:
        path = ROOT / "src/muniment" / place
        found = [path] if path.is_file() else sorted(path.rglob("*.py"))
        yield from found


def _codes_of(path: Path) -> set[str]:
    """What stands where a code stands in a call, and every word that is explained as a code."""
    tree = ast.parse(path.read_text("utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    named = {literal.value for literal in literals if isinstance(literal.value, str)}
    return {
        str(argument.value)
        for call in calls
        if _name(call.func) in _CALLS
        for argument in call.args[:2]
        if isinstance(argument, ast.Constant) and _is_code(argument.value)
    } | (named & set(words.CODES))


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        if number > 0:
            yield ""
        yield " ".join(paragraph.split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _page(lines: list[str]) -> str:
    return "\n".join([lines[0], "", NOTICE, *lines[1:]]) + "\n"


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (ROOT / "docs/reference" / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
