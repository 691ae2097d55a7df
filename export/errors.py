"""What an export cannot do.

ExportError
├── UnknownParty
├── AmbiguousParty
└── UnknownThing
"""


class ExportError(Exception):
    """An export is refused before anything is written; `code` is in docs/errors.md."""

    code = "EXPORT_REFUSED"


class UnknownParty(ExportError):
    """Nobody has this id or IPI name number."""

    code = "PARTY_UNKNOWN"


class AmbiguousParty(ExportError):
    """Several parties bear this number."""

    code = "PARTY_AMBIGUOUS"


class UnknownThing(ExportError):
    """There is no work, recording or claim of this id."""

    code = "THING_UNKNOWN"


class NotCwr(ExportError):
    """What is to be acknowledged is no CWR file."""

    code = "CWR_HEADER"
