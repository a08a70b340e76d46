"""The filter refuses what its list names and nothing else, call number by call number."""

import errno

import pytest

from muniment.readers.isolation import seccomp

_ARGUMENT = 7  # of no special meaning to any call
_BEYOND = 700  # no call has a number as high
_COLUMNS = {"x86-64": (0, 0xC000003E), "AArch64": (1, 0xC00000B7)}


def decide(program: list[tuple[int, int, int, int]], seen: dict[int, int]) -> int:
    """What the kernel would answer to a call; `seen` is what lies at each offset of its data."""
    at = held = 0
    while True:
        what, if_so, if_not, operand = program[at]
        at += 1
        match what:
            case seccomp._LOAD:
                held = seen[operand]
            case seccomp._RETURN:
                return operand
            case seccomp._EQUAL:
                at += if_so if held == operand else if_not
            case seccomp._AT_LEAST:
                at += if_so if held >= operand else if_not
            case seccomp._ANY_BIT:
                at += if_so if held & operand else if_not
            case _:
                raise AssertionError(f"no such instruction: {what}")


def answer(column: int, architecture: int, number: int, argument: int = _ARGUMENT) -> int:
    """What becomes of this call in a process whose number is 1."""
    program = seccomp._program(column, architecture)
    return decide(program, {0: number, 4: architecture, 16: argument})


@pytest.mark.parametrize(("column", "architecture"), _COLUMNS.values(), ids=_COLUMNS)
def test_exactly_what_is_listed_is_refused(column: int, architecture: int) -> None:
    program = seccomp._program(column, architecture)
    refused = seccomp._ERRNO | errno.EPERM
    told_by_argument = {
        pair[column]
        for pair in (*seccomp._KILL_CALLS, seccomp._CLONE, seccomp._PRLIMIT, seccomp._SOCKETPAIR)
    }
    denied = {numbers[column] for numbers in seccomp._DENIED.values()} | told_by_argument
    for number in range(_BEYOND):
        expected = refused if number in denied else seccomp._ALLOW
        if number == seccomp._CLONE3:
            expected = seccomp._ERRNO | errno.ENOSYS
        seen = {0: number, 4: architecture, 16: _ARGUMENT}
        assert decide(program, seen) == expected, number


@pytest.mark.parametrize(("column", "architecture"), _COLUMNS.values(), ids=_COLUMNS)
def test_what_concerns_the_process_itself_is_allowed(column: int, architecture: int) -> None:
    allowed = [(seccomp._CLONE, seccomp._CLONE_THREAD), (seccomp._SOCKETPAIR, 1)]
    allowed += [(pair, seccomp._SELF) for pair in (*seccomp._KILL_CALLS, seccomp._PRLIMIT)]
    allowed.append((seccomp._PRLIMIT, 0))
    for pair, argument in allowed:
        assert answer(column, architecture, pair[column], argument) == seccomp._ALLOW


def test_calls_of_another_table_end_the_process() -> None:
    column, architecture = _COLUMNS["x86-64"]
    program = seccomp._program(column, architecture)
    assert decide(program, {0: 0, 4: 0x40000003, 16: 0}) == seccomp._KILL
    assert decide(program, {0: seccomp._X32 | 1, 4: architecture, 16: 0}) == seccomp._KILL
