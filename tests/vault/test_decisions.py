"""Decisions as events: one spelling, named by their leaf, refused where they say nothing."""

import json

import msgspec
import pytest

from muniment.core import canonical_json, digest_of
from muniment.vault import Decision, EventDraft, decision_draft, decision_of

_BODY = canonical_json({"title": "名单", "columns": [1, 2]}).decode()
_BEFORE = digest_of(b"the one before")


@pytest.mark.parametrize("before", [None, _BEFORE], ids=["first", "a later version"])
def test_a_decision_comes_back_from_its_event(before: object) -> None:
    decision = Decision("mapping-withdrawal", _BODY, before)  # type: ignore[arg-type]
    assert decision_of(decision_draft(decision, "editor-1", "muniment 0")) == decision


def test_the_members_of_the_event_are_pinned() -> None:
    draft = decision_draft(Decision("mapping", _BODY, _BEFORE), "editor-1", "muniment 0")
    assert (draft.event, draft.objects) == ("decision", ())
    assert json.loads(canonical_json(draft.detail)) == {
        "decision": "mapping",
        "body": '{"columns":[1,2],"title":"名单"}',
        "supersedes": _BEFORE.hex,
    }


BAD = {
    "no kind": ("", _BODY),
    "a kind of capitals": ("Mapping", _BODY),
    "a kind that begins with a hyphen": ("-mapping", _BODY),
    "a body with white space": ("mapping", '{"a": 1}'),
    "a body out of order": ("mapping", '{"b":1,"a":2}'),
    "no JSON": ("mapping", "columns"),
    "a float": ("mapping", "1.5"),
    "nothing": ("mapping", ""),
}


@pytest.mark.parametrize("wrong", BAD.values(), ids=BAD)
def test_what_decides_nothing_is_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="deci"):
        Decision(*wrong)


def test_an_event_with_a_member_more_is_refused() -> None:
    draft = decision_draft(Decision("mapping", _BODY), "editor-1", "muniment 0")
    more = msgspec.structs.replace(draft, detail={**draft.detail, "more": ""})
    with pytest.raises(ValueError, match="members"):
        decision_of(more)


def test_another_event_is_no_decision() -> None:
    with pytest.raises(ValueError, match="no decision"):
        decision_of(EventDraft(event="annotation", actor="a", tool="t"))
