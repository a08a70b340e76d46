"""How long conversations, people and pages of e-mail take: `python benchmarks/mail.py [MESSAGES]`.

    made-up messages ──▶ tables ──▶ conversations and people ──▶ pages

- CPU seconds, and what a page costs in thousandths of a second at the 95th percentile of 50.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from muniment.catalog import Ledger
from muniment.catalog.mail import (
    MailQuery,
    Order,
    conversations_listed,
    mail_state,
    message_view,
    messages,
    people,
    person_view,
    thread_view,
)
from muniment.catalog.mail.headers import message_of
from muniment.catalog.mail.stage import _converse, _correspond, _put
from muniment.core import Field, Metadata, digest_of

_PEOPLE = 5_000
_ASKED = 50


def main() -> None:
    """Print each figure on a line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "ledger.sqlite")
        began = time.process_time()
        fill(ledger, count)
        print(f"{count} messages put into tables: {time.process_time() - began:.1f} CPU s")
        for name, step in (("conversations", _converse), ("people", _correspond)):
            began = time.process_time()
            with ledger.engine.begin() as connection:
                step(connection)
            print(f"{name}: {time.process_time() - began:.1f} CPU s")
        print(mail_state(ledger))
        for name, ask in _questions(ledger).items():
            print(f"{name}: {_slow(ask):.1f} ms")


def fill(ledger: Ledger, count: int) -> None:
    rng = random.Random(1)
    for start in range(0, count, 500):
        made = [
            (digest_of(str(at).encode()).hex, "x", message_of("message/rfc822", _parts(rng, at)))
            for at in range(start, min(start + 500, count))
        ]
        with ledger.engine.begin() as connection:
            _put(connection, made)


def _parts(rng: random.Random, at: int) -> list[Metadata]:
    above = [f"<m{each}@x.invalid>" for each in sorted(rng.sample(range(at), min(at, 3)))]
    day = f"{rng.randrange(1, 29)} {rng.choice(('Jan', 'Jun', 'Oct'))} {rng.randrange(1999, 2020)}"
    values = {
        "Message-ID": f"<m{at}@x.invalid>",
        "From": _person(rng),
        "To": ", ".join(_person(rng) for _ in range(rng.randrange(1, 6))),
        "Subject": f"Re: Subject {rng.randrange(20_000)}",
        "Date": f"{day} {at % 24:02d}:00:00 +0800",
        "References": " ".join(above) if rng.random() < 0.6 else "",
    }
    return [Metadata(Field(name), name, value) for name, value in values.items()]


def _person(rng: random.Random) -> str:
    number = int(rng.paretovariate(0.6)) % _PEOPLE
    return f'"Person {number % 97}" <p{number}@x.invalid>'


def _questions(ledger: Ledger) -> dict[str, Callable[[], object]]:
    first = messages(ledger, MailQuery(), limit=50)
    middle = first
    for _ in range(20):
        middle = messages(ledger, MailQuery(), limit=50, after=middle.after)
    one = first.rows[0]
    return {
        "newest": lambda: messages(ledger, MailQuery(), limit=50),
        "a later page": lambda: messages(ledger, MailQuery(), limit=50, after=middle.after),
        "by sender": lambda: messages(ledger, MailQuery(order=Order.SENDER), limit=50),
        "from somebody": lambda: messages(ledger, MailQuery(sender="p7@x.invalid"), limit=50),
        "to a part of a name": lambda: messages(ledger, MailQuery(recipient="son 7"), limit=50),
        "a word of the subject": lambda: messages(ledger, MailQuery(subject="777"), limit=50),
        "a word that is nowhere": lambda: messages(ledger, MailQuery(subject="zzz"), limit=50),
        "a month": lambda: messages(
            ledger, MailQuery(first_day="2003-06-01", last_day="2003-06-30"), limit=50
        ),
        "conversations": lambda: conversations_listed(ledger, limit=50),
        "one conversation": lambda: thread_view(ledger, one.conversation, limit=200),
        "one message": lambda: message_view(ledger, one.sha256),
        "people": lambda: people(ledger, limit=50),
        "somebody": lambda: person_view(ledger, "p1@x.invalid", limit=50),
        "counts": lambda: mail_state(ledger),
    }


def _slow(ask: Callable[[], object]) -> float:
    times = []
    for _ in range(_ASKED):
        began = time.process_time()
        ask()
        times.append((time.process_time() - began) * 1_000)
    return sorted(times)[int(_ASKED * 0.95)]


if __name__ == "__main__":
    main()
