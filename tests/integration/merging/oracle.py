"""What merges and unmerges ought to do: a graph as it was stated, and which thing is which by now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from graph.facts.merging import LABELS
from graph.facts.relations import RELATIONS, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOVED: Final = [each for each in RELATIONS if each.start in LABELS or each.end in LABELS]
# What a key may hold: few values, so that things often have the same.
_VALUES: Final[dict[str, tuple[Any, ...]]] = {
    "role": ("MAIN", "OTHER"),
    "position": (0, 1),
    "medium": (1,),
    "catalogueNumber": ("", "C 1"),
    "beginDate": (None, "1990"),
    "endDate": (None,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One relationship, told from all others by its `tag`."""

    relation: Relation
    start: str
    end: str
    key: tuple[tuple[str, Any], ...]
    tag: str

    @property
    def properties(self) -> dict[str, Any]:
        """The properties it is stored with, the instant left out."""
        key = {name: value for name, value in self.key if value is not None}
        return {**key, "sourceId": self.tag}


@dataclass(frozen=True, slots=True)
class Step:
    """Something done to the graph: MERGE, UNMERGE, or LOAD, a source's merge."""

    kind: str
    thing: str
    into: str = ""


@dataclass(slots=True)
class Oracle:
    """The graph as it was stated, and what has become of its things."""

    stated: Sequence[Stated]
    things: dict[str, str]
    """Labels, by id."""
    into: dict[str, str] = field(default_factory=dict[str, str])
    parted: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    versions: dict[str, int] = field(default_factory=dict[str, int])

    def way(self, thing: str) -> list[str]:
        """Return a thing's id, and those of what it was merged into, to the survivor."""
        found = [thing]
        while found[-1] in self.into:
            found.append(self.into[found[-1]])
        return found

    def now(self, thing: str) -> str:
        """Return what a thing is by now."""
        return self.way(thing)[-1]

    def take(self, step: Step) -> str | None:
        """Do what a step does and return None, or return the code with which it is refused."""
        if step.kind == "UNMERGE":
            return self._unmerge(step.thing)
        if step.kind == "LOAD":
            self._load(step.thing, step.into)
            return None
        if self.things[step.thing] != self.things[step.into] or step.thing == step.into:
            return "INVALID_VALUE"
        if step.thing in self.into or step.into in self.into:
            return "MERGED"
        self.into[step.thing] = step.into
        self.parted.pop(step.thing, None)
        self._changed(step.thing, step.into)
        return None

    def _unmerge(self, thing: str) -> str | None:
        if thing not in self.into:
            return "NOT_MERGED"
        self._changed(thing, self.now(thing))
        self.parted[thing] = set(self.way(thing)[1:])
        del self.into[thing]
        return None

    def _load(self, thing: str, into: str) -> None:
        into = self.now(into)
        if (
            thing != into
            and thing not in self.into
            and thing not in self.parted
            and thing not in self.parted.get(into, ())
        ):
            self.into[thing] = into

    def _changed(self, *things: str) -> None:
        for thing in things:
            self.versions[thing] = self.versions.get(thing, 0) + 1

    def pairs(self) -> dict[tuple[Any, ...], list[Stated]]:
        """Return what was stated of each pair of things as they are now, by type and key.

        What would tie a thing to itself is left out, unless a source stated that.
        """
        found: dict[tuple[Any, ...], list[Stated]] = {}
        for each in self.stated:
            ends = [self.now(each.start), self.now(each.end)]
            if ends[0] == ends[1] and (self.moved(each) or each.start != each.end):
                continue
            if each.relation.ordered:
                ends.sort()
            found.setdefault((each.relation.type, *ends, each.key), []).append(each)
        return found

    def moved(self, each: Stated) -> set[str]:
        """Return the ids that a relationship was moved away from."""
        return {*self.way(each.start)[:-1], *self.way(each.end)[:-1]}


def _ids(label: str) -> list[str]:
    """Return the ids of the things of a label; there are more of those that can be merged."""
    return [f"{label}{number}" for number in range(4 if label in LABELS else 2)]


@st.composite
def graphs(draw: st.DrawFn) -> Oracle:
    """Draw a graph of few types of relationships, with many of each."""
    relations = draw(st.lists(st.sampled_from(_MOVED), min_size=1, max_size=4, unique=True))
    stated: dict[tuple[Any, ...], Stated] = {}
    for _ in range(draw(st.integers(3, 24))):
        relation = draw(st.sampled_from(relations))
        start = draw(st.sampled_from(_ids(relation.start)))
        end = draw(st.sampled_from(_ids(relation.end)))
        if relation.ordered:
            start, end = sorted((start, end))
        key = tuple((name, draw(st.sampled_from(_VALUES[name]))) for name in relation.key)
        each = Stated(relation=relation, start=start, end=end, key=key, tag=f"s{len(stated)}")
        stated.setdefault((relation.type, start, end, key), each)
    labels = {label for each in relations for label in (each.start, each.end)}
    things = {id_: label for label in sorted(labels) for id_ in _ids(label)}
    return Oracle(list(stated.values()), things)


@st.composite
def steps(draw: st.DrawFn, oracle: Oracle) -> list[Step]:
    """Draw a sequence of steps over a graph; most can be done."""
    oracle = replace(oracle, into={}, parted={}, versions={})
    things = [each for each, label in oracle.things.items() if label in LABELS]
    found: list[Step] = []
    for _ in range(draw(st.integers(2, 14))):
        kind = draw(st.sampled_from(["MERGE", "MERGE", "MERGE", "LOAD", "UNMERGE", "UNMERGE"]))
        living = [each for each in things if each not in oracle.into]
        if draw(st.integers(0, 7)) == 0:
            step = Step(kind, draw(st.sampled_from(things)), draw(st.sampled_from(things)))
        elif kind == "UNMERGE":
            step = Step(kind, draw(st.sampled_from(sorted(oracle.into) or things)))
        else:
            thing = draw(st.sampled_from(living))
            label = oracle.things[thing]
            others = [each for each in living if each != thing and oracle.things[each] == label]
            step = Step(kind, thing, draw(st.sampled_from(others or living)))
        if kind != "LOAD" or oracle.things[step.thing] == oracle.things[step.into]:
            oracle.take(step)
            found.append(step)
    return found


def undone(oracle: Oracle, order: Sequence[str]) -> Iterator[Step]:
    """Yield what unmerges everything, in an order of the ids."""
    for thing in order:
        if thing in oracle.into:
            yield Step("UNMERGE", thing)
