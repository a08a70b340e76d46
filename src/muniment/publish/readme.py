"""`README.txt` of a transfer bag: what it is, and how to check it with stock commands.

- Every command in it is run by the tests.
"""

_TEXT = """\
THIS FOLDER

It holds files of a case, the log of what happened to them since they arrived, and what
is needed to check both without the program that wrote it and without a network.

  data/sha256/ab/abcd...   the files, each named by the SHA-256 of its bytes
  metadata/items.jsonl     their names, sizes and times as they arrived
  custody/                 the log, its signed checkpoint, keys, proofs, time stamps
  verify.py                checks all of it: Python 3.8 or later, nothing else
  bag-info.txt             who handed this over, what may be done with it

Log size:  {size} events
Root:      {root}
Key:       {key}

Selection: {selection}

CHECK IT

1. Ask the sender, by telephone or by another way than the one this folder came by,
   for the key above, and compare it letter by letter. Everything else rests on it.

2. In this folder:

       python3 verify.py --key 'THE KEY AS YOU WERE TOLD IT'

   Bring your own copy of verify.py if you do not trust the one in here. It prints what it
   proved, what it did not prove, and each failure. Exit code 0: nothing failed; 3: something
   did.

WITH STOCK COMMANDS

       sha256sum --check --quiet manifest-sha256.txt tagmanifest-sha256.txt
       sha512sum --check --quiet manifest-sha512.txt tagmanifest-sha512.txt

These find damage. They do not find a person who changes a file and rewrites the manifests:
only the signature of the checkpoint does that, and step 1.

The signature of the checkpoint, with OpenSSL 3 (bash):

       note=custody/checkpoints/{size:012d}.note
       sed '/^$/,$d' $note > /tmp/text
       grep '^— ' $note | head -n 1 | cut -d ' ' -f 3 | base64 -d | tail -c 64 > /tmp/signature
       (printf '\\x30\\x2a\\x30\\x05\\x06\\x03\\x2b\\x65\\x70\\x03\\x21\\x00'
        head -n 1 custody/keys.txt | sed 's/^[^+]*+[^+]*+//' | base64 -d | tail -c 32) > /tmp/key
       openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey /tmp/key \\
         -in /tmp/text -sigfile /tmp/signature

One name, by its event: find the object's SHA-256 in metadata/items.jsonl; "event" is the
number of the line of the log that says when it arrived and under which name.

WHAT THIS DOES NOT PROVE

That what the files say is true; what happened before the files arrived; that nothing else
arrived. It proves that nothing was changed since the checkpoint was signed.
"""


def readme(*, size: int, root: str, key: str, selection: str) -> bytes:
    """The file's bytes."""
    return _TEXT.format(size=size, root=root, key=key, selection=selection).encode()
