"""What came attached to a message was sent by whom the message names, however deep it lay."""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select

from muniment.catalog import Window, open_engine, open_ledger, parse_query
from muniment.catalog.tables import PEOPLE
from muniment.core import digest_of, parse_citation
from muniment.vault import open_case
from tests.app.cli import muniment

NOTE, TABLE, INNER = b"the note alone\n", b"name,year\nA,1988\n", b"what the inner one carried\n"
LI, WANG = "Li <li@x.invalid>", "Wang <wang@x.invalid>"


def packed(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return held.getvalue()


def mail(sender: str, to: str, *attached: tuple[str, bytes]) -> bytes:
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = sender, to, "Lists"
    written.set_content("see below")
    for name, data in attached:
        written.add_attachment(data, "application", "octet-stream", filename=name)
    return written.as_bytes()


def forwarded(sender: str, inner: bytes) -> bytes:
    outer = EmailMessage()
    outer["From"], outer["Subject"] = sender, "Fwd"
    outer.set_content("as below")
    letter = EmailMessage()
    letter["From"], letter["To"] = LI, WANG
    letter.set_content("hers")
    letter.add_attachment(inner, "application", "octet-stream", filename="inner.txt")
    outer.add_attachment(letter)
    return outer.as_bytes()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case into which a second delivery brought another message with the same files."""
    place = tmp_path_factory.mktemp("sent")
    nested = packed(**{"deep.zip": packed(**{"table.csv": TABLE})})
    files = {
        "one": {
            "first.eml": mail(LI, WANG, ("note.txt", NOTE), ("lists.zip", nested)),
            "fwd.eml": forwarded("Zhao <zhao@x.invalid>", INNER),
            "alone.txt": b"nobody sent this\n",
        },
        "two": {"second.eml": mail(WANG, LI, ("note.txt", NOTE))},
    }
    muniment("init", place / "case")
    for delivery, held in files.items():
        (place / delivery).mkdir()
        for name, data in held.items():
            (place / delivery / name).write_bytes(data)
        muniment("intake", place / "case", place / delivery)
        muniment("process", place / "case", "--ocr", "off")
    return place / "case"


@pytest.fixture
def found(sent: Path) -> Iterator["Asking"]:
    case = open_case(sent)
    with closing(open_ledger(case)) as ledger, closing(open_engine(case)) as engine:
        yield Asking(ledger, engine)


class Asking:
    def __init__(self, ledger: object, engine: object) -> None:
        self.ledger, self.engine = ledger, engine

    def objects(self, query: str) -> set[str]:
        hits = self.engine.search(parse_query(query), Window(0, 1_000)).hits
        return {hit.digest.hex for hit in hits}

    def senders(self, query: str) -> dict[str, int]:
        results = self.engine.search(parse_query(query), Window(0, 1, facets=True))
        return dict(next(each.counts for each in results.facets if each.field == "sender"))

    def people(self, data: bytes) -> Sequence[tuple[str, str, str]]:
        chosen = select(PEOPLE.c.role, PEOPLE.c.address, PEOPLE.c.citation)
        with self.ledger.engine.connect() as connection:
            mine = chosen.where(PEOPLE.c.digest == digest_of(data).hex).order_by("number")
            return [tuple(row) for row in connection.execute(mine)]


def of(data: bytes) -> str:
    return digest_of(data).hex


def test_from_finds_the_message_and_all_that_it_carried(found: Asking) -> None:
    sent_by_li = found.objects("from:li@x.invalid")
    assert {of(NOTE), of(TABLE), of(INNER)} <= sent_by_li
    assert found.objects("to:wang type:spreadsheet") == {of(TABLE)}
    assert found.objects('-from:li -from:wang -from:zhao "nobody sent this"') == {
        of(b"nobody sent this\n")
    }


def test_a_message_that_came_later_adds_its_sender_to_what_was_there(found: Asking) -> None:
    assert of(NOTE) in found.objects("from:wang")
    assert of(TABLE) not in found.objects("from:wang")
    assert found.senders('"the note alone"') == {"li@x.invalid": 1, "wang@x.invalid": 1}
    roles = Counter(role for role, _, _ in found.people(NOTE))
    assert roles == {"carrier sender": 2, "carrier recipient": 2}


def test_what_a_forwarded_message_carried_was_sent_by_whom_that_names(found: Asking) -> None:
    assert found.senders('"what the inner one carried"') == {"li@x.invalid": 1}
    assert of(INNER) not in found.objects("from:zhao")


def test_the_table_cites_the_header_of_the_message(found: Asking) -> None:
    (role, address, citation), *_ = found.people(TABLE)
    assert (role, address) == ("carrier sender", "li@x.invalid")
    assert parse_citation(citation).digest.hex in found.objects("from:li subject:Lists")


def test_every_file_inside_a_mail_of_the_simulated_leak_has_its_sender(
    case: Path, truth: Path
) -> None:
    lines = [json.loads(line) for line in (truth / "files.jsonl").read_text("utf-8").splitlines()]
    by_chain = {json.dumps(line["chain"]): line for line in lines}
    opened, asked = open_case(case), 0
    with closing(open_ledger(opened)) as ledger, closing(open_engine(opened)) as engine:
        asking = Asking(ledger, engine)
        for line in lines:
            outer = [by_chain[json.dumps(line["chain"][:n])] for n in range(1, len(line["chain"]))]
            mails = [each["sha256"] for each in outer if each["kind"] == "mail"]
            if len(mails) == 0 or line["kind"] == "mail":
                continue
            senders = asking.senders(f"hash:{mails[-1]}")
            assert len(senders) > 0
            assert set(senders) <= set(asking.senders(f"hash:{line['sha256']}")), line["chain"]
            for each in senders:
                assert line["sha256"] in asking.objects(f'from:"{each}" hash:{line["sha256"]}')
            asked += 1
    assert asked > 3
