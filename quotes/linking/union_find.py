"""Union–find (Galler & Fischer 1964): groups of nodes that are joined, the same whatever the order of joining."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)
Member = TypeVar("Member")


class Unions(Generic[Node]):
    """Groups of nodes; a node that was never joined is a group of its own."""

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self._above: dict[Node, Node] = {node: node for node in nodes}

    @property
    def nodes(self) -> Collection[Node]:
        """All nodes that were joined, or named at the start."""
        return self._above.keys()

    def find(self, node: Node) -> Node:
        """The representative of the group of `node`; it may change with the next `join`."""
        above = self._above
        while (higher := above.get(node, node)) != node:
            above[node] = node = above[higher]
        return node

    def join(self, one: Node, other: Node) -> None:
        """Join the groups of the two."""
        top = self.find(one)
        self._above[top] = self._above[self.find(other)] = top

    def groups(self, members: Iterable[Member], node_of: Callable[[Member], Node]) -> list[list[Member]]:
        """The members by group, in the order in which the first of each group comes."""
        found: dict[Node, list[Member]] = defaultdict(list)
        for member in members:
            found[self.find(node_of(member))].append(member)
        return list(found.values())
