"""Which conflicts a cell is in: what is held up here and then, and nothing else of the asset."""

from datetime import datetime

from graph.conflicts import CellRange, ConflictCells, cells_of
from resolvers.cells import Cell
from resolvers.context import Context
from resolvers.things import Thing
from standards.territories import countries


async def conflicts_in(context: Context, asset: Thing, asked: Cell) -> list[Thing]:
    """Return the conflicts that were open, as it is known, in a cell of an asset."""
    found = await context.loaders.rights.conflict_cells[asset.type].load(asset.key) or ()
    return [
        Thing("Conflict", each.id)
        for each in found
        if each.right == asked.right
        and _open_at(each, asked.known_at)
        and any(_has(cells_of(text), asked) for text in each.cells)
    ]


def _open_at(conflict: ConflictCells, known_at: datetime | None) -> bool:
    opened, closed = (
        sum(known_at is None or datetime.fromisoformat(each) <= known_at for each in times or ())
        for times in (conflict.openings, conflict.closings)
    )
    return opened > closed


def _has(cells: CellRange, asked: Cell) -> bool:
    day = asked.day
    return (
        (cells.valid_from is None or cells.valid_from <= day)
        and (cells.valid_to is None or day < cells.valid_to)
        and asked.territory.tis in countries(cells.territories, cells.excluded_territories)
    )
