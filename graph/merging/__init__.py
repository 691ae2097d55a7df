"""Merging and unmerging things of the catalogue, as commands of the journal.

A merge moves everything to the survivor (`graph.facts.merging`) and leaves what its undoing needs. An unmerge
works out from that where each relationship belongs without the merge, and puts it there.
"""

from graph.merging.commands import MERGED, MERGED_INTO, UNMERGED, UNMERGED_FROM, Merge, Unmerge

__all__ = ["MERGED", "MERGED_INTO", "UNMERGED", "UNMERGED_FROM", "Merge", "Unmerge"]
