"""CWR files: registrations of works, agreements, and what societies answer."""

from ingest.cwr.reader import KIND, LICENCE, read

__all__ = ["KIND", "LICENCE", "read"]
