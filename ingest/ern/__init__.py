"""DDEX ERN: messages by which labels and distributors tell of releases, and of the deals on them."""

from ingest.ern.reader import KIND, LICENCE, read

__all__ = ["KIND", "LICENCE", "read"]
