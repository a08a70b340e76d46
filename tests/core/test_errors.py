import pickle

import pytest

from muniment.core import Error, IntegrityError, PolicyError, UsageError

CODES = {Error: 1, UsageError: 2, IntegrityError: 3, PolicyError: 4}


@pytest.mark.parametrize("kind", CODES)
def test_an_error_crosses_a_process_border_whole(kind: type[Error]) -> None:
    again = pickle.loads(pickle.dumps(kind("what", next_step="do this")))  # noqa: S301 - our own
    assert type(again) is kind
    assert (again.message, again.next_step, again.exit_code) == ("what", "do this", CODES[kind])
