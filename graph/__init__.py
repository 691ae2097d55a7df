"""The one layer that knows Cypher and the driver."""
