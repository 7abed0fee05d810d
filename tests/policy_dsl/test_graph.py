"""Strongly connected components."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.graph import components


def test_components_come_after_what_they_point_to() -> None:
    edges = {"a": ["b"], "b": ["c", "d"], "c": ["b"], "d": [], "e": ["a", "elsewhere"]}
    found = components("eabcd", edges)
    assert [set(each) for each in found] == [{"d"}, {"b", "c"}, {"a"}, {"e"}]


def test_nodes_without_edges_keep_their_order() -> None:
    assert components(["x", "y", "z"], {}) == [("x",), ("y",), ("z",)]


def test_a_long_chain() -> None:
    size = 20_000
    chain = {str(i): [str(i + 1)] for i in range(size)}
    assert len(components(map(str, range(size)), chain)) == size


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3)))
def test_components_are_mutual_reach(edges: dict[str, list[str]]) -> None:
    reach = {node: {node} for node in "abcdef"}
    for _ in "abcdef":
        for node in reach:
            reach[node] |= {far for near in reach[node] for far in edges.get(near, ())}
    found = components("abcdef", edges)
    at = {node: index for index, each in enumerate(found) for node in each}
    assert len(at) == 6
    for one in "abcdef":
        for other in reach[one]:
            assert (at[one] == at[other]) is (one in reach[other])
            assert at[other] <= at[one]
