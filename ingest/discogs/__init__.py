"""Discogs monthly dumps: XML of artists, labels and releases."""

from ingest.discogs.reader import KIND, LICENCE, read

__all__ = ["KIND", "LICENCE", "read"]
