"""Fields of connections over rows, and of their edges and page infos."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from execution.connections import Rows, Wanted, cursor_at, cursor_of, has_next, has_previous
from execution.objects import object_of
from execution.scopes import ListUse, RowScope, Scope, Selected, Unplannable
from graph.nesting import Keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from execution.planning import Planner
    from execution.running import Complete, Path, Run


class ConnectionFields:
    """Plans the fields of one connection and what is inside it."""

    def __init__(self, planner: Planner, items: RowScope, use: ListUse, wanted: Wanted) -> None:
        self._planner = planner
        self._items = items
        self._keys = Keys(use.number, use.listing)
        self._wanted = wanted

    def of_connection(self, selected: Selected) -> Complete:
        """Plan a field of the connection."""
        match selected.name:
            case "nodes":
                self._wanted.rows = True
                item = self._item(selected)
                return self._each(selected, lambda _page, row, path, run: item(row, path, run))
            case "edges":
                self._wanted.rows = True
                edge = self._object(selected, self._of_edge)
                return self._each(
                    selected, lambda page, row, path, run: edge((page, row), path, run)
                )
            case "pageInfo":
                complete = self._object(selected, self._of_page_info)
                return lambda page, path, run: complete(page, (path, selected.key), run)
            case "totalCount":
                self._wanted.total = True
                return lambda page, _path, _run: page.total
            case _:
                raise Unplannable(selected.label)

    def _each(
        self, selected: Selected, complete: Callable[[Rows, Any, Path, Run], Any]
    ) -> Complete:
        key = selected.key

        def each(page: Rows, path: Path, run: Run) -> list[Any]:
            here = (path, key)
            return [complete(page, row, (here, index), run) for index, row in enumerate(page.rows)]

        return each

    def _item(self, selected: Selected) -> Complete:
        scope = replace(self._items, place=selected.items)
        return self._planner.rows(scope, selected.nodes)

    def _object(self, selected: Selected, plan: Callable[[Selected], Complete]) -> Complete:
        scope = Scope(type=selected.named, place=selected.items, steps=self._items.steps)
        return object_of(
            (key, plan(each) if isinstance(each, Selected) else each)
            for key, each in self._planner.selected(scope, selected.nodes)
        )

    def _of_edge(self, selected: Selected) -> Complete:
        match selected.name:
            case "cursor":
                self._want_keys()
                wanted = self._wanted
                return lambda edge, _path, _run: cursor_of(edge[0].bound, edge[1], wanted)
            case "node":
                item = self._item(selected)
                key = selected.key
                return lambda edge, path, run: item(edge[1], (path, key), run)
            case _:
                raise Unplannable(selected.label)

    def _of_page_info(self, selected: Selected) -> Complete:
        self._wanted.rows = True
        match selected.name:
            case "hasNextPage":
                self._wanted.more = True
                return has_next
            case "hasPreviousPage":
                self._wanted.more = True
                return has_previous
            case "startCursor":
                self._want_keys()
                return cursor_at(self._wanted, 0)
            case "endCursor":
                self._want_keys()
                return cursor_at(self._wanted, -1)
            case _:
                raise Unplannable(selected.label)

    def _want_keys(self) -> None:
        self._wanted.keys = self._items.level.place(self._keys)
