"""Requests and tokens against an authority that is played, offline, by `openssl ts`."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import IntegrityError, PolicyError, UsageError, digest_of
from muniment.vault.attestations import check_timestamps
from muniment.vault.checkpoint import checkpoint_path, write_checkpoint
from muniment.vault.findings import Findings
from muniment.vault.journal import Journal
from muniment.vault.keys import SigningKey
from muniment.vault.timestamps import (
    Stamped,
    encode_request,
    import_token,
    imprint,
    message,
    parse_request,
    read_token,
    request_timestamp,
    verify_token,
)

Random = Callable[[int], bytes]

CONFIGURATION = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
digests = sha256, sha512
default_policy = 1.2.3.4.1
accuracy = secs:1
signer_digest = sha256
ess_cert_id_alg = sha256
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[stamping]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = name
[name]
"""


def openssl(folder: Path, *arguments: str) -> bytes:
    command = ["openssl", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a root, a certificate for stamping, and what `openssl ts -reply` needs."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))
    (folder / "serial").write_text("01\n")
    common = ("-newkey", "rsa:2048", "-nodes", "-config", "tsa.cnf", "-sha256")
    root = ("-x509", "-days", "3650", "-extensions", "authority", "-subj", "/CN=Root of a test")
    openssl(folder, "req", *common, *root, "-keyout", "root.key", "-out", "root.pem")
    asked = ("-subj", "/CN=Time stamps of a test", "-keyout", "tsa.key", "-out", "tsa.csr")
    openssl(folder, "req", *common, *asked)
    signed = ("-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-days", "3650")
    added = ("-CAcreateserial", "-extfile", "tsa.cnf", "-extensions", "stamping", "-out", "tsa.pem")
    openssl(folder, "x509", *signed, *added)
    return folder


def reply(authority: Path, query: Path, *more: str) -> bytes:
    given = ("-queryfile", str(query), "-signer", "tsa.pem", "-inkey", "tsa.key")
    openssl(authority, "ts", "-reply", "-config", "tsa.cnf", *given, *more, "-out", "answer.tsr")
    return (authority / "answer.tsr").read_bytes()


@pytest.fixture
def random() -> Random:
    numbers = iter(range(256))
    return lambda size: bytes([next(numbers)]) * size


@pytest.fixture
def folder(journal: Journal, key: SigningKey) -> Path:
    write_checkpoint(journal, key)
    return journal.folder


@pytest.fixture
def stamped(folder: Path, random: Random) -> Stamped:
    return request_timestamp(folder, 12, random)


def test_a_request_is_written_as_drawn(folder: Path, stamped: Stamped) -> None:
    name = "000000000012-" + "00" * 16
    assert sorted(path.name for path in (folder / "timestamps").iterdir()) == [
        f"{name}.json",
        f"{name}.tsq",
    ]
    assert stamped.path(folder, ".json").read_text() == (
        '{"format":"muniment-timestamp","nonce":"' + "00" * 16 + '","size":12,"version":1}'
    )
    assert parse_request(stamped.path(folder, ".json").read_bytes()) == stamped
    text = checkpoint_path(folder, 12).read_bytes().rpartition(b"\n\n")[0] + b"\n"
    assert message(folder, stamped) == text + bytes(16)
    assert imprint(folder, stamped) == digest_of(text + bytes(16))


def test_a_request_is_the_one_that_openssl_writes(
    folder: Path, stamped: Stamped, tmp_path: Path
) -> None:
    (tmp_path / "data").write_bytes(message(folder, stamped))
    theirs = ("-query", "-data", "data", "-sha256", "-no_nonce", "-cert")
    assert stamped.path(folder, ".tsq").read_bytes() == openssl(tmp_path, "ts", *theirs)


def test_two_requests_for_one_checkpoint_have_nothing_in_common(
    folder: Path, random: Random
) -> None:
    first, second = (request_timestamp(folder, 12, random) for _ in range(2))
    assert imprint(folder, first) != imprint(folder, second)
    with pytest.raises(IntegrityError, match="checkpoint of 7 events"):
        request_timestamp(folder, 7, random)


def test_a_token_is_kept_as_it_is_and_verified_twice(
    folder: Path, stamped: Stamped, authority: Path
) -> None:
    answer = reply(authority, stamped.path(folder, ".tsq"))
    token = import_token(folder, stamped, answer)
    assert abs(datetime.now(UTC) - token.at) < timedelta(minutes=5)
    assert stamped.path(folder, ".tsr").read_bytes() == answer
    assert import_token(folder, stamped, answer) == token
    findings = Findings()
    check_timestamps(folder, findings)
    assert findings.failures == ()
    root = (authority / "root.pem").read_bytes()
    verify_token(answer, message(folder, stamped), [root])
    (authority / "data").write_bytes(message(folder, stamped))
    kept = str(stamped.path(folder, ".tsr"))
    checked = openssl(
        authority, "ts", "-verify", "-data", "data", "-in", kept, "-CAfile", "root.pem"
    )
    assert checked == b"Verification: OK\n"
    with pytest.raises(UsageError, match="another token"):
        import_token(folder, stamped, reply(authority, stamped.path(folder, ".tsq")))


def test_a_token_with_its_chain_is_read_here_whether_or_not_the_library_reads_it(
    folder: Path, stamped: Stamped, authority: Path
) -> None:
    # openssl writes the certificates of a chain in no particular order, where DER demands one
    orders = (["tsa.pem", "root.pem"], ["root.pem", "tsa.pem"])
    root = (authority / "root.pem").read_bytes()
    outcomes = set()
    for number, names in enumerate(orders):
        chain = authority / f"chain-{number}.pem"
        chain.write_bytes(b"".join((authority / name).read_bytes() for name in names))
        answer = reply(authority, stamped.path(folder, ".tsq"), "-chain", chain.name)
        assert read_token(answer, imprint(folder, stamped)).serial > 0
        try:
            verify_token(answer, message(folder, stamped), [root])
        except PolicyError as error:
            assert "openssl" in error.next_step  # noqa: PT017 either is right, by the certificates
            outcomes.add("not strict")
        else:
            outcomes.add("holds")
    assert outcomes <= {"holds", "not strict"}


def test_a_token_that_does_not_hold_is_named(
    folder: Path, stamped: Stamped, authority: Path, tmp_path: Path
) -> None:
    answer = reply(authority, stamped.path(folder, ".tsq"))
    root = (authority / "root.pem").read_bytes()
    common = ("-newkey", "rsa:2048", "-nodes", "-config", "tsa.cnf", "-x509", "-extensions")
    asked = ("authority", "-subj", "/CN=Root of another", "-keyout", "o.key", "-out", "o.pem")
    openssl(authority, "req", *common, *asked)
    with pytest.raises(IntegrityError, match="does not hold"):
        verify_token(answer, message(folder, stamped), [(authority / "o.pem").read_bytes()])
    with pytest.raises(IntegrityError, match="does not hold"):
        verify_token(answer, b"something else", [root])
    changed = answer[:-5] + bytes([answer[-5] ^ 1]) + answer[-4:]
    with pytest.raises(IntegrityError, match="does not hold"):
        verify_token(changed, message(folder, stamped), [root])
    with pytest.raises(UsageError, match="root certificate"):
        verify_token(answer, b"", [b"rubbish"])
    with pytest.raises(UsageError, match="root certificate"):
        verify_token(answer, b"", [])
    with pytest.raises(PolicyError, match="strict DER"):
        verify_token(b"rubbish", b"", [root])


def test_without_the_library_the_next_step_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rfc3161_client", None)
    with pytest.raises(UsageError, match="not installed"):
        verify_token(b"", b"", [])


def test_a_token_for_something_else_is_not_kept(
    folder: Path, stamped: Stamped, random: Random, authority: Path
) -> None:
    other = request_timestamp(folder, 12, random)
    good = reply(authority, stamped.path(folder, ".tsq"))
    refused = reply(authority, authority / "tsa.pem")  # no request: openssl answers with status 2
    (authority / "data").write_bytes(message(folder, stamped))
    openssl(authority, "ts", "-query", "-data", "data", "-sha512", "-cert", "-out", "sha512.tsq")
    wrong = {
        "for another request": (other, good),
        "refused": (stamped, refused),
        "over another hash": (stamped, reply(authority, authority / "sha512.tsq")),
        "rubbish": (stamped, b"rubbish"),
        "nothing": (stamped, b""),
        "more than a token": (stamped, good + b"\x00"),
        "cut off": (stamped, good[:-1]),
        "endless": (stamped, bytes(2_000_000)),
        "the request": (stamped, stamped.path(folder, ".tsq").read_bytes()),
    }
    for request, answer in wrong.values():
        with pytest.raises(IntegrityError, match="not for the checkpoint"):
            import_token(folder, request, answer)
    assert list((folder / "timestamps").glob("*.tsr")) == []


@given(st.data())
def test_a_changed_byte_of_a_token_raises_nothing_else(
    authority: Path, data: st.DataObject
) -> None:
    query = authority / "plain.tsq"
    if not query.exists():
        query.write_bytes(encode_request(digest_of(b"data")))
        (authority / "plain.tsr").write_bytes(reply(authority, query))
    answer = bytearray((authority / "plain.tsr").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        answer[data.draw(st.integers(0, len(answer) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_token(bytes(answer), digest_of(b"data"))
    except ValueError:
        return


def test_what_is_no_request_is_refused(folder: Path, stamped: Stamped) -> None:
    path = stamped.path(folder, ".json")
    good = path.read_bytes()
    wrong = {
        "white space": good.replace(b":", b": "),
        "a short nonce": good.replace(b"0000", b"00", 1),
        "an upper-case nonce": good.replace(b"0000", b"AAAA", 1),
        "another format": good.replace(b"timestamp", b"clock"),
        "a member too many": good.replace(b"{", b'{"a":1,'),
        "a negative size": good.replace(b'"size":12', b'"size":-1'),
        "nested": b"[" * 100_000,
        "rubbish": b"\xff",
    }
    for data in wrong.values():
        with pytest.raises(ValueError):  # noqa: PT011 each has its own message
            parse_request(data)
    assert msgspec.structs.asdict(stamped)["size"] == 12
