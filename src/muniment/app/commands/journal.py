"""`log …`: the case's key, its checkpoints, proofs, partners' cosignatures and time stamps.

- Nothing is ever sent: everything goes out and comes in as a file that a person carries.
"""

import os
from pathlib import Path

import click

from muniment.app.commands.options import (
    case_argument,
    json_option,
    passphrase_option,
    verifier_key,
)
from muniment.app.session import journal_of, now, passphrase, writing
from muniment.app.show import hint, print_json, say
from muniment.core import UsageError
from muniment.vault import (
    Algorithm,
    CosigningRequest,
    SigningKey,
    case_key,
    checkpoint_path,
    checkpoint_sizes,
    cosign,
    cosigned_note,
    create_signing_key,
    import_cosignature,
    import_token,
    last_seen,
    load_signing_key,
    message,
    open_case,
    parse_consistency_proof,
    parse_timestamp_request,
    print_proof,
    prove_consistency,
    prove_inclusion,
    request_timestamp,
    verify_token,
    write_new,
)

_SMALL_FILE = 16 << 20  # bytes of a note, a proof or a token; more is a mistake
_file = click.Path(path_type=Path)
_size_option = click.option(
    "--size", type=click.IntRange(1), help="Of how many events; the newest checkpoint otherwise."
)
_out_option = click.option("--out", required=True, type=_file, help="A new file.")


@click.group("log")
def log() -> None:
    """Keys, checkpoints, proofs, cosignatures and time stamps of the journal."""


@log.command()
@case_argument
@json_option
def key(case: Path, *, as_json: bool) -> None:
    """Print the verifier key of CASE: tell it to partners by another channel than the files."""
    with journal_of(open_case(case)) as journal:
        written = str(case_key(journal))
    if as_json:
        print_json({"verifier_key": written})
    else:
        say(written)


@log.command()
@case_argument
@_size_option
def checkpoint(case: Path, size: int | None) -> None:
    """Print a checkpoint of CASE with the cosignatures it has, as a signed note."""
    folder = open_case(case).journal_folder
    click.echo(cosigned_note(folder, _chosen(folder, size)), nl=False)


@log.command()
@case_argument
@click.argument("event", type=click.IntRange(0))
@_out_option
def prove(case: Path, event: int, out: Path) -> None:
    """Write a proof that EVENT (its number) is in the newest signed checkpoint of CASE."""
    opened = open_case(case)
    note = checkpoint_path(opened.journal_folder, _chosen(opened.journal_folder, None)).read_bytes()
    with journal_of(opened) as journal:
        write_new(out, print_proof(prove_inclusion(journal, event, note)))
    say(f"wrote {out}: docs/formats/proofs.md says how anybody checks it")


@log.command()
@case_argument
@click.argument("old", type=click.IntRange(1))
@_out_option
def continues(case: Path, old: int, out: Path) -> None:
    """Write a proof that the newest checkpoint of CASE continues the one of OLD events."""
    opened = open_case(case)
    folder = opened.journal_folder
    notes = [checkpoint_path(folder, _chosen(folder, size)).read_bytes() for size in (old, None)]
    with journal_of(opened) as journal:
        write_new(out, print_proof(prove_consistency(journal, *notes)))
    say(f"wrote {out}")


@log.command("new-witness")
@click.argument("name")
@_out_option
@passphrase_option
def new_witness(name: str, out: Path, passphrase_file: Path | None) -> None:
    """Make a key in the file OUT with which you, as a partner NAME, cosign others' checkpoints."""
    made = create_signing_key(out, name, passphrase(passphrase_file))
    say(str(made.verifier(Algorithm.COSIGNATURE)))
    hint("next: tell this verifier key to those whose checkpoints you will cosign")


@log.command("cosign")
@click.argument("note", type=_file)
@click.option("--key", "key_file", required=True, type=_file, help="Your key file.")
@click.option("--name", required=True, help="Your name, as the key was made with.")
@click.option("--case-key", required=True, help="The case's verifier key, as you were told it.")
@click.option("--state", required=True, type=_file, help="Your own file of what you have signed.")
@click.option("--continues", "proof", type=_file, help="Proof that it continues what you signed.")
@_out_option
@passphrase_option
def cosign_(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    note: Path,
    key_file: Path,
    name: str,
    case_key: str,
    state: Path,
    proof: Path | None,
    out: Path,
    passphrase_file: Path | None,
) -> None:
    """Sign a partner's checkpoint NOTE, if it continues the last one you signed for that case."""
    known = verifier_key(case_key)
    signing: SigningKey = load_signing_key(key_file, name, passphrase(passphrase_file))
    nodes = () if proof is None else parse_consistency_proof(_read(proof)).nodes
    if last_seen(state, known.name) is not None and proof is None:
        hint("you have signed for this case before: without --continues only the same size passes")
    request = CosigningRequest(_read(note), nodes, known)
    write_new(out, f"{cosign(state, request, signing, now())}\n".encode())
    say(f"wrote {out}: send it back to the case")


@log.command("add-cosignature")
@case_argument
@click.argument("line", type=_file)
@click.option("--witness", required=True, help="The partner's verifier key.")
@_size_option
def add_cosignature(case: Path, line: Path, witness: str, size: int | None) -> None:
    """Keep a partner's signature LINE (a file) under a checkpoint of CASE."""
    folder = open_case(case).journal_folder
    text = _read(line).decode("utf-8", "replace")
    kept = import_cosignature(folder, _chosen(folder, size), text, verifier_key(witness))
    say(f"kept {kept.relative_to(case)}")


@log.command()
@case_argument
@_size_option
def stamp(case: Path, size: int | None) -> None:
    """Write an RFC 3161 request for a checkpoint of CASE; carry the .tsq file to an authority.

    A public time stamp can tell when you had the files: choose the moment.
    """
    opened = open_case(case)
    made = request_timestamp(
        opened.journal_folder, _chosen(opened.journal_folder, size), os.urandom
    )
    say(str(made.path(opened.journal_folder, ".tsq")))
    hint(
        "next: muniment log add-stamp CASE ANSWER.tsr --request " + made.path(Path(), ".json").name
    )


@log.command("add-stamp")
@case_argument
@click.argument("token", type=_file)
@click.option("--request", required=True, help="Name of the request's .json file in the case.")
@click.option(
    "--root", "roots", multiple=True, type=_file, help="The authority's certificate, PEM."
)
def add_stamp(case: Path, token: Path, request: str, roots: tuple[Path, ...]) -> None:
    """Keep the answer TOKEN (.tsr) to a request; with --root its signature is checked too."""
    folder = open_case(case).journal_folder
    stamped = parse_timestamp_request(_read(folder / "timestamps" / Path(request).name))
    answer = _read(token)
    if len(roots) > 0:
        verify_token(answer, message(folder, stamped), [_read(root) for root in roots])
    kept = import_token(folder, stamped, answer)
    say(f"stamped {kept.at:%Y-%m-%d %H:%M:%S} UTC, says the authority")
    if len(roots) == 0:
        hint("its signature was not checked: give --root, or use `openssl ts -verify`")


@log.command()
@case_argument
@json_option
@passphrase_option
def sign(case: Path, passphrase_file: Path | None, *, as_json: bool) -> None:
    """Sign a checkpoint over all events, as every command that writes does at its end."""
    with writing(case, passphrase_file) as opened:
        size, root = opened.journal.size, opened.journal.root().hex
    if as_json:
        print_json({"size": size, "root": root})
    else:
        say(f"{size} events, root {root}")


def _chosen(folder: Path, size: int | None) -> int:
    """The size of the checkpoint that is meant; the newest where none is named."""
    sizes = checkpoint_sizes(folder)
    if size is None and len(sizes) > 0:
        return sizes[-1]
    if size is None or size not in sizes:
        listed = ", ".join(map(str, sizes[-5:]))
        raise UsageError(
            f"there is no checkpoint of {size} events",
            next_step=f"the newest are of {listed} events; `muniment log sign CASE` makes one",
        )
    return size


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_SMALL_FILE + 1)
    except OSError as why:
        raise UsageError(
            f"{path} cannot be read: {why.strerror}", next_step="check the path"
        ) from why
    if len(data) > _SMALL_FILE:
        raise UsageError(f"{path} is too large for what it should be", next_step="check the path")
    return data
