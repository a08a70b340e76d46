"""Arguments and options that several commands share."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from muniment.core import Citation, Digest, UsageError, parse_citation, parse_digest
from muniment.engine import LOCAL, where
from muniment.vault import VerifierKey, parse_verifier_key

Parsed = TypeVar("Parsed")
Decorated = TypeVar("Decorated", bound=Callable[..., object])

case_argument = click.argument("case", type=click.Path(path_type=Path))
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON on standard output, nothing else."
)
passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help="A file whose first line is the signing key's passphrase "
    "(or name it in MUNIMENT_PASSPHRASE_FILE).",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=lambda: os.cpu_count() or 1,
    show_default="one a core",
    help="Processes that work at once.",
)
passwords_option = click.option(
    "--passwords",
    "password_file",
    type=click.Path(path_type=Path),
    help="A file with one password to try a line (UTF-8 or UTF-16).",
)
engine_option = click.option(
    "--engine",
    default=LOCAL,
    show_default=True,
    callback=lambda _context, _option, written: where(written),
    help="Where to work: local, or ray://HOST:PORT of a Ray cluster.",
)
limit_option = click.option(
    "--limit", type=click.IntRange(1, 1_000_000), default=20, show_default=True
)


def as_option(default: str, who: str) -> Callable[[Decorated], Decorated]:
    """Option `--as`: who decides, for commands whose decisions bear a name."""
    return click.option("--as", "actor", default=default, show_default=True, help=who)


def digest_of_argument(written: str) -> Digest:
    """The digest that a person typed.

    Raises:
        UsageError: it is not one.
    """
    step = "copy the sha256 from `muniment items` or `muniment search`"
    return _parsed(written, parse_digest, "a digest", step)


def source_id_of_argument(written: str) -> Digest:
    """The id of a source that a person typed.

    Raises:
        UsageError: it is none.
    """
    step = "`muniment source list CASE` lists imports and reports, each with its id"
    return _parsed(written, parse_digest, "an id of a source", step)


def citation_of_argument(written: str) -> Citation:
    """The citation that a person typed.

    Raises:
        UsageError: it is not one.
    """
    step = (
        "copy a citation from `muniment search`, in quotes; "
        "docs/reference/citations.md lists the forms"
    )
    return _parsed(written, parse_citation, "a citation", step)


def verifier_key(written: str) -> VerifierKey:
    """The verifier key that a person typed.

    Raises:
        UsageError: it is not one.
    """
    step = "it has the form name+8 hex digits+base64, as `muniment log key` prints it"
    return _parsed(written, parse_verifier_key, "a verifier key", step)


def _parsed(written: str, parse: Callable[[str], Parsed], what: str, step: str) -> Parsed:
    try:
        return parse(written)
    except ValueError as why:
        raise UsageError(f"{written!r} is not {what}: {why}", next_step=step) from why
