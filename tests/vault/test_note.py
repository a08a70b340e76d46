"""A note is read strictly, and believed only where a trusted key stands under it."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from muniment.vault.keys import Algorithm, SigningKey, VerifierKey, parse_verifier_key
from muniment.vault.note import (
    Note,
    cosignature_time,
    parse_note,
    parse_signature,
    print_note,
    sign_note,
    signature_holds,
    signers,
)

# golang.org/x/mod/sumdb/note, note_test.go
PETER = parse_verifier_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
ENOCH = parse_verifier_key("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop")
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox"
    "33WWd1RvMc+QQ=\n"
)
# transparency-dev/formats, note/note_cosigv1_test.go
COSIGNATURE = (
    "ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFi"
    "EBYJXORmnFBOBA=="
)


def note(*lines: str, text: str = TEXT) -> bytes:
    return (text + "\n" + "".join(lines)).encode()


def test_the_published_note_comes_out_when_its_key_signs() -> None:
    key = SigningKey("PeterNeumann", Ed25519PrivateKey.from_private_bytes(SEED))
    assert print_note(sign_note(TEXT, key)) == note(PETER_LINE)


def test_only_known_keys_count() -> None:
    both = parse_note(note(PETER_LINE, ENOCH_LINE))
    assert signers(both, [PETER]) == (PETER,)
    assert signers(both, [ENOCH, PETER]) == (PETER, ENOCH)
    assert signers(both, []) == ()
    assert signers(parse_note(note(PETER_LINE, PETER_LINE)), [PETER, PETER]) == (PETER,)


def test_a_signature_that_does_not_hold_spoils_the_note() -> None:
    damaged = parse_note(note(PETER_LINE, ENOCH_LINE, text=TEXT.replace("answer", "question")))
    with pytest.raises(ValueError, match="PeterNeumann"):
        signers(damaged, [PETER])
    assert signers(damaged, []) == ()
    longer = parse_note(note(PETER_LINE[:60] + "ABCD" + PETER_LINE[60:]))
    with pytest.raises(ValueError, match="does not hold"):
        signers(longer, [PETER])


def test_two_keys_of_one_name_and_hash_are_refused() -> None:
    class Colliding(VerifierKey, frozen=True):
        @property
        def key_hash(self) -> bytes:
            return PETER.key_hash

    twin = Colliding("PeterNeumann", Algorithm.ED25519, bytes(32))
    with pytest.raises(ValueError, match="two keys"):
        signers(parse_note(note(PETER_LINE)), [PETER, twin])


# The first seven are those of golang.org/x/mod/sumdb/note, note_test.go.
BAD_NOTES = {
    "only a text": TEXT.encode(),
    "no signature": note(),
    "no newline at the end": note(PETER_LINE[:-1]),
    "a control character": b"\x01" + note(PETER_LINE),
    "invalid UTF-8": b"\xff" + note(PETER_LINE),
    "a space in the name": note(PETER_LINE.replace("PeterNeumann", "Bad Name")),
    "a line that is no signature": note(PETER_LINE, "Unexpected line.\n"),
    "too many signatures": note(*[PETER_LINE] * 101),
    "a carriage return": note(PETER_LINE).replace(b"\n", b"\r\n"),
    "a plus in the name": note(PETER_LINE.replace("PeterN", "Peter+N")),
    "no name": note("— " + PETER_LINE.partition(" ")[2].partition(" ")[2]),
    "a hyphen for the dash": note(PETER_LINE.replace("—", "-")),
    "only a key hash": note("— PeterNeumann x08gow==\n"),
    "base64 with stray bits": note(PETER_LINE.replace("nAM=", "nAN=")),
    "base64 without padding": note(PETER_LINE.replace("=", "")),
    "two spaces": note(PETER_LINE.replace("— P", "—  P")),
    "an empty line at the end": note(PETER_LINE, "\n"),
    "more than a note may hold": note(PETER_LINE, text="a" * 1_000_000 + "\n"),
    "nothing": b"",
}


@pytest.mark.parametrize("what", BAD_NOTES)
def test_what_is_not_quite_a_note_is_refused(what: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 each has its own message
        parse_note(BAD_NOTES[what])


@given(st.binary(max_size=200))
def test_arbitrary_bytes_after_a_text_never_raise_anything_else(data: bytes) -> None:
    try:
        read = parse_note(TEXT.encode() + b"\n" + data)
    except ValueError:
        return
    assert print_note(read) == TEXT.encode() + b"\n" + data


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_signed_and_read_back(text: str) -> None:
    key = SigningKey("PeterNeumann", Ed25519PrivateKey.from_private_bytes(SEED))
    signed = sign_note(f"{text}\n\n{text}\n", key)
    assert parse_note(print_note(signed)) == signed
    assert signers(signed, [PETER]) == (PETER,)


def test_a_note_without_end_or_signature_is_not_printed() -> None:
    for bad in (Note("text", (parse_signature(PETER_LINE[:-1]),)), Note("text\n", ())):
        with pytest.raises(ValueError, match="newline"):
            print_note(bad)


def test_the_time_of_the_published_cosignature_is_read() -> None:
    assert cosignature_time(parse_signature(f"— TEST {COSIGNATURE}")) == 1727964367
    with pytest.raises(ValueError, match="time of 8"):
        cosignature_time(parse_signature(PETER_LINE[:-1]))


def test_a_cosignature_is_not_a_signature_nor_the_other_way(key: SigningKey) -> None:
    plain = sign_note(TEXT, key).signatures[0]
    assert signature_holds(TEXT, plain, key.verifier())
    assert not signature_holds(TEXT, plain, key.verifier(Algorithm.COSIGNATURE))
