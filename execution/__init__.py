"""Planned execution: an operation becomes a plan once, and a plan's run is a few reads of the graph."""
