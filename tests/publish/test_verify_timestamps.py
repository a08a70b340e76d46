"""Time-stamp tokens in a bag: what the stranger's file says of them, and OpenSSL's word on it.

The authority is made here with `openssl ts`, offline.
"""

import hashlib
import shlex
import subprocess
from pathlib import Path

import pytest

from muniment.publish.selection import Whole
from muniment.publish.verify import verify
from tests.publish.case_by_hand import canonical
from tests.publish.conftest import Sender

NONCE = bytes(range(16))
STEM = f"000000000006-{NONCE.hex()}"
CONFIG = """
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = {folder}/serial
signer_cert = {folder}/ca.pem
signer_key = {folder}/ca.key
certs = {folder}/ca.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[req]
distinguished_name = name
prompt = no
x509_extensions = stamping
[name]
CN = A time-stamping authority made for a test
[stamping]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
basicConstraints = critical,CA:true
"""


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(name="stamped", scope="module")
def _stamped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority and a token over the small case's checkpoint."""
    folder = tmp_path_factory.mktemp("tsa")
    config = str(folder / "tsa.cnf")
    Path(config).write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    key, cert = str(folder / "ca.key"), str(folder / "ca.pem")
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    request = ["-x509", *curve, "-nodes", "-days", "30", "-config", config]
    run("openssl", "req", *request, "-keyout", key, "-out", cert)
    note = Sender(folder / "case").by_hand.note().split("\n\n")[0] + "\n"
    digest = hashlib.sha256(note.encode() + NONCE).hexdigest()
    query, reply = str(folder / "x.tsq"), str(folder / "x.tsr")
    run("openssl", "ts", "-query", "-digest", digest, "-sha256", "-cert", "-out", query)
    run("openssl", "ts", "-reply", "-config", config, "-queryfile", query, "-out", reply)
    return folder


def stamp(sender: Sender, stamped: Path) -> None:
    target = sender.by_hand.journal / "timestamps"
    (target / f"{STEM}.tsq").write_bytes((stamped / "x.tsq").read_bytes())
    (target / f"{STEM}.tsr").write_bytes((stamped / "x.tsr").read_bytes())
    (target / f"{STEM}.json").write_bytes(
        canonical({"format": "muniment-timestamp", "nonce": NONCE.hex(), "size": 6, "version": 1})
    )


def test_the_command_that_it_prints_makes_openssl_say_ok(
    tmp_path: Path, sender: Sender, stamped: Path
) -> None:
    stamp(sender, stamped)
    bag = sender.export(tmp_path / "bag", Whole()).bag
    report = verify(str(bag), [sender.key])
    assert report.failures == []
    (sentence,) = report.not_proved
    command = shlex.split(sentence.partition("check with: ")[2])
    command[command.index("CA.pem")] = str(stamped / "ca.pem")
    done = subprocess.run(command, cwd=bag, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_a_token_for_something_else_is_a_failure(sender: Sender, stamped: Path) -> None:
    stamp(sender, stamped)
    path = sender.by_hand.journal / "timestamps" / f"{STEM}.json"
    path.write_bytes(path.read_bytes().replace(b'"nonce":"00', b'"nonce":"ff'))
    report = verify(str(sender.folder), [sender.key])
    assert [failure["what"] for failure in report.failures] == ["time stamp"]


def test_a_request_without_an_answer_is_nothing(sender: Sender, stamped: Path) -> None:
    stamp(sender, stamped)
    (sender.by_hand.journal / "timestamps" / f"{STEM}.tsr").unlink()
    report = verify(str(sender.folder), [sender.key, sender.witness.verifier_key])
    assert (report.failures, report.not_proved) == ([], [])


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"nonce":1}', b'{"nonce":"zz"}', b"\xff"])
def test_no_content_of_the_file_with_the_nonce_makes_it_raise(
    sender: Sender, stamped: Path, content: bytes
) -> None:
    stamp(sender, stamped)
    (sender.by_hand.journal / "timestamps" / f"{STEM}.json").write_bytes(content)
    report = verify(str(sender.folder), [sender.key])
    assert {failure["what"] for failure in report.failures} == {"time stamp"}
