"""A secret does not show itself."""

import traceback

import msgspec

from muniment.core import Secret


class Holder(msgspec.Struct):
    inner: tuple[Secret, ...]


def test_nothing_that_prints_a_secret_shows_it() -> None:
    secret = Secret("hunter2")
    shown = [repr(secret), str(secret), f"{secret}", repr(Holder((secret,))), f"{(secret,)!r}"]
    shown.append("".join(traceback.format_exception(ValueError(secret))))
    assert not any("hunter2" in each for each in shown)


def test_equal_secrets_are_one() -> None:
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2
