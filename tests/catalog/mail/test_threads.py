"""Conversations: the same from any order, every message once, never in a circle."""

import random

from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog.mail.threads import Conversation, Node, conversations

_IDS = st.sampled_from(["a", "b", "c", "d", "e", "f"])
_NODES = st.lists(
    st.tuples(_IDS | st.just(""), st.lists(_IDS, max_size=4), st.sampled_from(["1", "2", ""])),
    max_size=12,
)


def nodes(rows: list[tuple[str, list[str], str]]) -> list[Node]:
    return [
        Node(f"{at:064x}", own, tuple(refers), when) for at, (own, refers, when) in enumerate(rows)
    ]


def one(rows: list[tuple[str, list[str], str]]) -> Conversation:
    (found,) = conversations(nodes(rows))
    return found


@given(_NODES, st.randoms(use_true_random=False))
def test_the_order_in_which_messages_come_changes_nothing(
    rows: list[tuple[str, list[str], str]], shuffle: random.Random
) -> None:
    made = nodes(rows)
    other = list(made)
    shuffle.shuffle(other)
    assert list(conversations(made)) == list(conversations(other))


@given(_NODES)
def test_every_message_stands_in_one_conversation_once(
    rows: list[tuple[str, list[str], str]],
) -> None:
    made = nodes(rows)
    found = list(conversations(made))
    placed = sorted(each.digest for conversation in found for each in conversation.messages)
    assert placed == [node.digest for node in made]
    for conversation in found:
        positions = [each.position for each in conversation.messages]
        assert positions == list(range(len(positions)))


@given(_NODES)
def test_an_answer_stands_below_what_it_answers(rows: list[tuple[str, list[str], str]]) -> None:
    made = {node.digest: node for node in nodes(rows)}
    for conversation in conversations(made.values()):
        depths = {made[each.digest].message_id: each.depth for each in conversation.messages}
        for each in conversation.messages:
            if each.answers != "" and each.answers in depths:
                assert each.depth == depths[each.answers] + 1


def test_the_last_reference_is_answered() -> None:
    found = one([("a", [], "1"), ("b", ["a"], "2"), ("c", ["a", "b"], "3")])
    assert [(each.depth, each.answers) for each in found.messages] == [(0, ""), (1, "a"), (2, "b")]


def test_a_message_that_is_missing_keeps_its_place() -> None:
    found = one([("a", [], "1"), ("c", ["a", "b"], "3"), ("d", ["a", "b"], "2")])
    assert found.missing == 1
    assert [(each.depth, each.answers) for each in found.messages] == [(0, ""), (2, "b"), (2, "b")]
    assert [each.digest[-1] for each in found.messages] == ["0", "2", "1"]  # by date


def test_a_circle_is_left_open_and_told() -> None:
    found = one([("a", ["b"], "1"), ("b", ["a"], "2")])
    assert [each.circle for each in found.messages] == [True, False]
    assert one([("a", ["a"], "1")]).messages[0].circle


def test_equal_subjects_and_no_ids_join_nothing() -> None:
    assert len(list(conversations(nodes([("", [], "1"), ("", [], "1")])))) == 2


def test_copies_of_one_id_stand_together() -> None:
    found = one([("a", [], "1"), ("a", [], "1"), ("b", ["a"], "2")])
    assert [each.depth for each in found.messages] == [0, 0, 1]


def test_a_chain_of_many_thousand_answers_is_laid_out() -> None:
    rows = [(str(at), [str(at - 1)] if at else [], f"{at:06}") for at in range(20_000)]
    found = one(rows)
    assert found.messages[-1].depth == 19_999


def test_the_name_of_a_conversation_stays_what_it_is() -> None:
    found = one([("m2@xugu.invalid", [], "1")])
    assert found.id == "78098e85ec5459a988a0a886685d7d1990a2c7d976bfce00af71a3f231778678"
