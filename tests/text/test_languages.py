"""The codes that are offered are those that can come out."""

import py3langid.langid as classifier  # type: ignore[import-untyped]

from muniment.text import LANGUAGE_CODES, UNKNOWN, language_of
from muniment.text.languages import _SAME


def test_every_code_that_can_come_out_is_listed() -> None:
    language_of(["The police office of the county wrote to all of its stations."])
    made = {_SAME.get(code, code) for code in classifier.IDENTIFIER.nb_classes}
    assert set(LANGUAGE_CODES) == made | {"ug-Latn", UNKNOWN}
    assert list(LANGUAGE_CODES[:-1]) == sorted(LANGUAGE_CODES[:-1])
