"""Strongly connected components, by Tarjan's algorithm without recursion."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence


def components(
    parties: Sequence[str], outgoing: Mapping[str, Collection[str]]
) -> tuple[tuple[str, ...], ...]:
    """Return the groups of parties that pass to each other, each after all that pass to it.

    Chains ten thousand assignments long are walked with a stack of our own.
    """
    search = _Search(outgoing)
    for party in parties:
        search.run(party)
    # Tarjan closes a group after everything it leads to.
    return tuple(reversed(search.closed))


class _Search:
    """Tarjan's state: who was met when, and who is still in an open group."""

    def __init__(self, outgoing: Mapping[str, Collection[str]]) -> None:
        self.closed: list[tuple[str, ...]] = []
        self._outgoing = outgoing
        self._order: dict[str, int] = {}
        self._lowest: dict[str, int] = {}
        # A dict keeps the order of arrival and answers membership.
        self._open: dict[str, None] = {}
        self._walk: list[tuple[str, Iterator[str]]] = []

    def run(self, start: str) -> None:
        """Close every group that can be reached from a party not met before."""
        if start not in self._order:
            self._enter(start)
        while self._walk:
            party, targets = self._walk[-1]
            target = next(targets, None)
            if target is None:
                self._leave(party)
            elif target not in self._order:
                self._enter(target)
            elif target in self._open:
                self._lowest[party] = min(self._lowest[party], self._order[target])

    def _enter(self, party: str) -> None:
        self._order[party] = self._lowest[party] = len(self._order)
        self._open[party] = None
        self._walk.append((party, iter(self._outgoing.get(party, ()))))

    def _leave(self, party: str) -> None:
        self._walk.pop()
        if self._walk:
            above = self._walk[-1][0]
            self._lowest[above] = min(self._lowest[above], self._lowest[party])
        if self._lowest[party] < self._order[party]:
            return
        members = [party]
        while (member := self._open.popitem()[0]) != party:
            members.append(member)
        self.closed.append(tuple(sorted(members)))
