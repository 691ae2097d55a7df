"""MusicBrainz web-service JSON: look-ups, browses and searches, one response or many lines."""

from ingest.musicbrainz.reader import KIND, LICENCE, read

__all__ = ["KIND", "LICENCE", "read"]
