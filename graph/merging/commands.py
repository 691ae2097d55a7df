"""Merging two things of the catalogue into one, and undoing that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph.editing import MARK_RETIRED, RETIRED_AT, check_retired, check_version, standing
from graph.errors import InvalidValue, Merged, NotMerged, NotThere
from graph.journal import Command, Ref
from graph.journal.stage import VERSION, Recorded
from graph.journal.statements import SET
from graph.merging.moving import put, settle_within, ties_of, tree_of
from graph.merging.parting import parted
from graph.merging.statements import BRING_BACK, FOLLOW, MERGE, PART, REDIRECTS
from graph.sources import EDITORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.journal import Stage
    from graph.merging.ties import Tree

MERGED: Final = "MERGED"
"""A thing was merged into another, and lives on as its redirect."""
MERGED_INTO: Final = "MERGED_INTO"
"""Another thing was merged into a thing."""
UNMERGED: Final = "UNMERGED"
"""A merged thing is itself again."""
UNMERGED_FROM: Final = "UNMERGED_FROM"
"""A thing that was merged into another, or came to it that way, is no longer part of it."""

_REASON: Final = "EDITORS_MERGE"
# What a redirect says of itself; all else on it is the merged thing's.
_REDIRECTS_OWN: Final = frozenset({"id", "to", "into", "label", "reason", "sourceId", "recordedAt"})


class Merge(Command):
    """Make one thing be another of its label, the survivor; it is about the survivor.

    Refuses NotThere, Merged where either was merged already, Retired for the survivor, VersionConflict,
    InvalidValue for a thing and itself or for two labels, and CommandRefused for too many relationships.
    """

    def __init__(
        self,
        merged: Ref,
        survivor: Ref,
        *,
        expected: int | None = None,
        expected_survivor: int | None = None,
    ) -> None:
        self.reads = (merged, survivor)
        self._merged = merged
        self._survivor = survivor
        self._expected = expected
        self._expected_survivor = expected_survivor

    async def run(self, stage: Stage) -> Ref:
        """Move all that the merged thing has to the survivor, and leave a redirect."""
        merged, survivor = self._merged, self._survivor
        if merged.label != survivor.label:
            raise InvalidValue("Things of two kinds cannot be one.", path=("into",))
        if merged.id == survivor.id:
            raise InvalidValue("A thing cannot be merged into itself.", path=("into",))
        had = await standing(stage, merged)
        kept = await standing(stage, survivor, path=("into",))
        for redirect in await stage.read("redirects", REDIRECTS, ids=[merged.id, survivor.id]):
            # A thing stands beside its redirect where a source told the merge before the survivor.
            if into := redirect.get("to"):
                path = ("id",) if redirect["id"] == merged.id else ("into",)
                message = "It was merged into another thing."
                raise Merged(message, label=merged.label, into=into, path=path)
        check_retired(kept, path=("into",))
        check_version(had, self._expected)
        check_version(kept, self._expected_survivor, path=("expectedIntoVersion",))
        told = [
            _recorded(MERGED, merged, had, after={"mergedInto": survivor.id}),
            _recorded(MERGED_INTO, survivor, kept, after={"merged": merged.id}),
        ]
        await _raise_versions(stage, told)
        await stage.write(
            "redirect",
            MERGE,
            id=merged.id,
            to=survivor.id,
            label=merged.label,
            reason=_REASON,
            sourceId=EDITORS,
            recordedAt=stage.now,
        )
        await settle_within(stage, merged.label, [merged.id])
        for each in told:
            stage.record(each)
        return survivor


class Unmerge(Command):
    """Make a merged thing be itself again, with all that came through it; it is about that thing.

    What its survivor has only since belongs to the survivor. No source merges the thing again.
    Refuses NotThere, also where nothing was ever stored under its id, Merged where it is not merged,
    VersionConflict, and CommandRefused where there is too much to look at.
    """

    def __init__(
        self, ref: Ref, *, expected: int | None = None, expected_survivor: int | None = None
    ) -> None:
        self.reads = (ref,)
        self._ref = ref
        self._expected = expected
        self._expected_survivor = expected_survivor

    async def run(self, stage: Stage) -> Ref:
        """Bring the thing back, and put where they belong the relationships that its merge changed."""
        ref = self._ref
        redirect = await self._redirect(stage)
        survivor = Ref(ref.label, redirect["to"])
        tree = await tree_of(stage, survivor.id)
        kept, stands = await stage.state(survivor), await stage.state(ref)
        had = stands or {k: v for k, v in redirect.items() if k not in _REDIRECTS_OWN}
        if not had or (stands is None and kept is None):
            raise NotThere("Nothing was ever stored under it.", path=("id",))
        check_version(had, self._expected)
        into, *further = (*tree.way(ref.id)[1:], survivor.id)
        told: list[Recorded] = []
        if kept is not None:
            check_version(kept, self._expected_survivor, path=("expectedIntoVersion",))
            told.append(_recorded(UNMERGED_FROM, survivor, kept, before={"merged": ref.id}))
        told.append(_recorded(UNMERGED, ref, had, before={"mergedInto": into}))
        await self._part(stage, tree, [into, *further], back=kept is not None)
        if RETIRED_AT in had:
            await stage.write("retire", MARK_RETIRED, id=ref.id, label=ref.label)
        await _raise_versions(stage, told)
        for each in told:
            stage.record(each)
        return ref

    async def _redirect(self, stage: Stage) -> dict[str, Any]:
        """Return the redirect of what is merged."""
        for redirect in await stage.read("redirects", REDIRECTS, ids=[self._ref.id]):
            if redirect["label"] == self._ref.label and redirect.get("to"):
                return redirect
        if await stage.state(self._ref) is None:
            raise NotThere("There is no such thing.", path=("id",))
        raise NotMerged("It is not merged.", path=("id",))

    async def _part(self, stage: Stage, tree: Tree, chain: list[str], *, back: bool) -> None:
        """Take the thing and what came through it from the tree; `back` where it had left its own node."""
        ref = self._ref
        branch = tree.branch(ref.id)
        followers = sorted(branch - {ref.id})
        moves = []
        if back:
            await settle_within(stage, ref.label, tree.ids)
            moves = parted(await ties_of(stage, ref.label, tree, branch), tree, ref.id)
            await stage.write("bring back", BRING_BACK[ref.label], id=ref.id)
        await stage.write("part", PART, id=ref.id, partedAt=stage.now, partedFrom=chain)
        await stage.write("follow", FOLLOW, ids=followers, to=ref.id)
        await put(stage, moves)
        await settle_within(stage, ref.label, followers)


def _recorded(
    action: str,
    ref: Ref,
    had: Mapping[str, Any],
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Recorded:
    """Return the record of a thing that was, or comes to be, as `before` or `after` says."""
    names = [*(before or {}), *(after or {})]
    none = dict.fromkeys(names)
    return Recorded(
        action=action,
        ref=ref,
        version=had.get(VERSION, 0) + 1,
        before=before or none,
        after=after or none,
    )


async def _raise_versions(stage: Stage, told: Sequence[Recorded]) -> None:
    for each in told:
        row = {"id": each.ref.id, "properties": {VERSION: each.version}}
        await stage.write("raise versions", SET[each.ref.label], rows=[row])
