"""`export` and `import`: a case is handed over, and a partner's is taken in."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
import msgspec

from muniment.app.commands.options import (
    case_argument,
    digest_of_argument,
    json_option,
    passphrase_option,
)
from muniment.app.session import ACTOR, TOOL, Writing, now, passphrase, writing
from muniment.app.show import hint, print_json, say, size
from muniment.catalog import catch_up, open_ledger, ways_to
from muniment.catalog.exchange import known_sources
from muniment.catalog.judging import withheld_from
from muniment.core import Digest, UsageError, parse_digest
from muniment.publish import (
    Chosen,
    Containers,
    Containment,
    Exported,
    Imported,
    Limits,
    Request,
    Whole,
    encrypt_bag,
    import_bag,
    import_drafts,
    parse_identities,
    unpacked,
)
from muniment.publish import export as export_case
from muniment.vault import write_checkpoint

_MOST_FILES = 50_000_000
_UNSTATED = "not stated"


@click.command()
@case_argument
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The new bag's folder.")
@click.option("--object", "objects", multiple=True, help="Only this object; may be repeated.")
@click.option(
    "--with-containers", is_flag=True, help="With --object: the bytes of what it lay in go along."
)
@click.option(
    "--encrypt-to",
    "recipients",
    multiple=True,
    help="An age public key (age1…); may be repeated. OUT is then one encrypted file.",
)
@click.option("--recipient", default=_UNSTATED, help="Who gets it; stands in the journal only.")
@click.option("--organization", default=_UNSTATED, help="Who hands it over; pseudonyms do.")
@click.option("--contact", default=_UNSTATED, help="How the sender can be reached.")
@click.option("--caveat", default=_UNSTATED, help="How it is to be handled.")
@click.option(
    "--witness", "witnesses", multiple=True, help="Verifier key of a partner's cosignature."
)
@passphrase_option
@json_option
def export(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    out: Path,
    objects: tuple[str, ...],
    with_containers: bool,
    recipients: tuple[str, ...],
    recipient: str,
    organization: str,
    contact: str,
    caveat: str,
    witnesses: tuple[str, ...],
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Hand CASE over: a BagIt bag with the journal, its proofs and a verifier anybody can run.

    Without --object everything that was received goes along, and the whole journal.
    """
    _refuse_existing(out)
    with writing(case, passphrase_file) as opened, _bag_folder(case, out, recipients) as folder:
        # A bag rests on a checkpoint over all events, also those that a killed command left.
        write_checkpoint(opened.journal, opened.key)
        request = Request(
            target=folder,
            selection=_selection(opened, objects, with_containers=with_containers),
            recipient=recipient,
            organization=organization,
            contact=contact,
            caveat=caveat,
            at=now(),
            actor=ACTOR,
            tool=TOOL,
            witnesses=witnesses,
            withheld=_withheld(opened, whole=len(objects) == 0),
        )
        made = export_case(opened.case, opened.journal, opened.key, request)
        if len(recipients) > 0:
            encrypt_bag(folder, out, recipients)
        opened.append(made.drafts)
    _say_exported(out, made, as_json=as_json, encrypted=len(recipients) > 0)


@click.command("import")
@case_argument
@click.argument("bag", type=click.Path(path_type=Path))
@click.option("--key", "told", help="The sender's verifier key, as you got it by another channel.")
@click.option(
    "--identity",
    type=click.Path(path_type=Path),
    help="Your age identity file, if it is encrypted.",
)
@click.option(
    "--identity-passphrase-file",
    type=click.Path(path_type=Path),
    help="A file whose first line opens your identity file, if that is locked.",
)
@click.option("--most-bytes", type=click.IntRange(1), default=1 << 40, show_default="1 TiB")
@passphrase_option
@json_option
def import_(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    case: Path,
    bag: Path,
    told: str | None,
    identity: Path | None,
    identity_passphrase_file: Path | None,
    most_bytes: int,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Take a partner's BAG into CASE; both journals are kept.

    The bag is verified first. Nothing of it enters the case if any check fails.
    """
    _refuse_missing(bag)
    mine = _Identity(identity, identity_passphrase_file)
    with writing(case, passphrase_file) as opened:
        scratch = opened.case.work / "scratch"
        with _readable(bag, mine, scratch, most_bytes) as folder:
            taken = import_bag(opened.case, folder, told)
        opened.append(import_drafts(opened.case, taken, ACTOR, TOOL))
    _say_imported(taken, as_json=as_json)


@contextmanager
def _bag_folder(case: Path, out: Path, recipients: tuple[str, ...]) -> Iterator[Path]:
    """Where the bag is written: at `out`, or, if that will be encrypted, first inside the case.

    `out` may lie on a medium that leaves the house: nothing in the clear is ever written there.
    """
    if len(recipients) == 0:
        yield out
        return
    with tempfile.TemporaryDirectory(prefix="bag-", dir=case / "work") as hidden:
        yield Path(hidden) / out.name.removesuffix(".age").removesuffix(".tar")


class _Identity(msgspec.Struct, frozen=True):
    """An age identity file, and the file of its passphrase where it is locked."""

    file: Path | None
    passphrase: Path | None


@contextmanager
def _readable(bag: Path, identity: "_Identity", scratch: Path, most: int) -> Iterator[Path]:
    if bag.is_dir():
        yield bag
        return
    if identity.file is None:
        raise UsageError(
            f"{bag} is a file, so it must be an encrypted bag",
            next_step="name your age identity file with --identity, or the folder of an open bag",
        )
    secret = None if identity.passphrase is None else passphrase(identity.passphrase)
    keys = parse_identities(identity.file.read_bytes(), secret)
    limits = Limits(files=_MOST_FILES, bytes=most)
    with unpacked(bag, keys, scratch, limits) as folder:
        yield folder


def _withheld(opened: Writing, *, whole: bool) -> frozenset[Digest]:
    """The objects of reports to which nobody consents that partners get them.

    With the whole case its journal leaves, and that quotes what people wrote of them: it is told.
    """
    with closing(open_ledger(opened.case)) as ledger:
        catch_up(ledger, opened.journal)
        withheld = withheld_from(known_sources(ledger), for_partners=True)
    if whole and len(withheld) > 0:
        hint(
            f"note: {len(withheld):,} files of reports stay here, as no consent reaches partners; "
            "but the whole journal leaves, with what people noted or stated of them: "
            "--object hands over chosen files without it"
        )
    return frozenset(map(parse_digest, withheld))


def _selection(
    opened: Writing, objects: tuple[str, ...], *, with_containers: bool
) -> Whole | Chosen:
    if len(objects) == 0:
        if with_containers:
            raise UsageError(
                "--with-containers belongs to --object",
                next_step="name objects, or leave the option out: then everything goes along",
            )
        return Whole()
    digests = frozenset(digest_of_argument(written) for written in objects)
    ledger = open_ledger(opened.case)
    try:
        ways = tuple(Containment(**msgspec.structs.asdict(way)) for way in ways_to(ledger, digests))
    finally:
        ledger.close()
    containers = Containers.INCLUDED if with_containers else Containers.NAMED
    return Chosen(digests, containers, ways)


def _refuse_existing(out: Path) -> None:
    if os.path.lexists(out):
        raise UsageError(f"{out} is there already", next_step="name a new place for the bag")
    if not out.parent.is_dir():
        raise UsageError(f"{out.parent} is not a folder", next_step="make it first")


def _refuse_missing(bag: Path) -> None:
    if not bag.exists():
        raise UsageError(f"{bag} is not there", next_step="name the bag's folder or its .age file")


def _say_exported(out: Path, made: Exported, *, as_json: bool, encrypted: bool) -> None:
    if as_json:
        counts = {"objects": made.objects, "bytes": made.bytes}
        print_json({"out": str(out)} | counts | {"manifest_sha256": made.manifest.hex})
        return
    say(f"handed over  {made.objects:,} objects, {size(made.bytes)}, in {out}")
    say(f"manifest     {made.manifest.hex}")
    if encrypted:
        hint("next: send the file; tell your verifier key and the manifest by another channel")
    else:
        hint(f"next: python3 {out}/verify.py {out}   (anybody can, without Muniment)")


def _say_imported(taken: Imported, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "objects": taken.objects,
                "bytes": taken.bytes,
                "origin": taken.checkpoint.origin,
                "log_size": taken.checkpoint.size,
                "root": taken.checkpoint.root.hex,
                "not_proved": taken.open_points,
            }
        )
        return
    say(f"taken in     {taken.objects:,} objects, {size(taken.bytes)}")
    say(f"from         {taken.checkpoint.origin}, a journal of {taken.checkpoint.size:,} events")
    say(f"root         {taken.checkpoint.root.hex}")
    for each in taken.open_points:
        say(f"not proved   {each}")
    hint("next: muniment process CASE")
