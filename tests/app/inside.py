"""Runs the command line in this process: a second less a call than `tests.app.cli`."""

import contextlib
import io
import json
from typing import Any

from muniment.app.main import run


def inside(*arguments: object, code: int = 0) -> tuple[str, str]:
    """What a command prints on standard output and standard error; it ends with `code`."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        ended = run([str(each) for each in arguments])
    printed, said = (each.buffer.getvalue().decode() for each in (out, err))
    assert ended == code, (arguments, ended, said)
    return printed, said


def inside_lines(*arguments: object) -> list[Any]:
    """The JSON objects that a command prints, one a line."""
    return [json.loads(line) for line in inside(*arguments, "--json")[0].splitlines()]


def inside_json(*arguments: object) -> Any:
    """The one JSON object that a command prints."""
    return json.loads(inside(*arguments, "--json")[0])
