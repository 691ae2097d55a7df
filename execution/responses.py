"""What GraphQL answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from execution.checking import Prepared
    from execution.running import Ran


@dataclass(slots=True, kw_only=True)
class Response:
    """What GraphQL answers; a request error has no `data`, and nothing ran."""

    body: dict[str, Any]
    request_error: bool = False
    document: Prepared | None = None
    """The document as it was found, where it came to that."""
    retry_after: int | None = None
    """Seconds after which the same may be asked again, where that is what refuses it."""
    delivered: bool = False
    """Whether it was sent already, in parts."""
    ran: Sequence[Ran] = ()
    """The steps of its plan, where they were asked for."""
