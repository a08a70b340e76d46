"""Long work in words: what each action is, what it did, how long it lasts, what comes next."""

from collections.abc import Iterator

import msgspec

from muniment.app.jobs import Action, Job, JobState

_MINUTE, _HOUR = 60, 3_600


class ActionWords(msgspec.Struct, frozen=True):
    """An action as a heading, a button, and in a sentence."""

    title: str
    button: str
    told: str


ACTIONS = {
    Action.READ.value: ActionWords(
        "Read what is waiting",
        "Read it now",
        "Every file that has not been read is read, each in a closed-off process; the index, the "
        "tables and the counts follow. Pictures are not read for letters by this.",
    ),
    Action.LETTERS.value: ActionWords(
        "Read letters off pictures",
        "Read pictures now",
        "Scans, photographs and pages without text are read as pictures, some seconds a page. The "
        "languages chosen are written into the journal.",
    ),
    Action.UNLOCK.value: ActionWords(
        "Unlock with passwords found in the case",
        "Try passwords now",
        "What stands in the case behind a word for “password”, in names and near the file is tried "
        "on what is locked, for a quarter of an hour at most. What opens is read at once.",
    ),
    Action.MAP.value: ActionWords(
        "Confirm a mapping and apply it",
        "Confirm and apply",
        "What the columns of a table state is recorded as a decision, and every table of that "
        "shape is read by it. Statements that an earlier mapping made are replaced.",
    ),
    Action.VERIFY.value: ActionWords(
        "Verify",
        "Verify now",
        "Every file that arrived is hashed again and the journal is proved. Nothing is changed.",
    ),
}
_COUNTS = {
    "read_now": "files read now",
    "items": "files in the case",
    "opened": "opened with a password",
    "pages_read_as_pictures": "pages read as pictures",
    "tried": "passwords tried",
    "locked": "still locked",
    "statements": "statements",
    "read": "of them read",
    "unread": "of them not read, kept as written",
    "misfits": "things that did not fit",
    "objects": "files hashed as they arrived",
    "events": "events of the journal",
    "failures": "failures",
}


def counts_told(job: Job) -> Iterator[tuple[str, int]]:
    """What work did: words and counts."""
    counts = {} if job.ended is None else dict(job.ended.counts)
    for name, words in _COUNTS.items():
        if name in counts:
            yield words, counts[name]


def next_step_of(job: Job) -> str:
    """What to do now that work has ended."""
    failures = 0 if job.ended is None else dict(job.ended.counts).get("failures", 0)
    if job.ended is not None and job.ended.next_step != "":
        return job.ended.next_step
    match job.state:
        case JobState.WORKING:
            return "leave it to work: this page may be closed, and so may the room"
        case JobState.STOPPED | JobState.LOST:
            return "start it again: it goes on where it was, and nothing that was done is lost"
        case JobState.FAILED:
            return "give the same command in a terminal, where it says more"
        case JobState.DONE if failures > 0:
            return (
                "change nothing in the case, copy it, and run `muniment verify CASE` in a "
                "terminal: it names everything that is not as recorded"
            )
        case JobState.DONE:
            return "see on the overview what changed"


def lasting(seconds: float) -> str:
    """A stretch of time as people say it, never more exact than it is known."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} min"
    return f"{seconds / _HOUR:.1f} h"
