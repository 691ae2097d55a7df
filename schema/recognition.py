"""Unknown content, and what it may be, as clients see it."""

from itertools import islice
from typing import Annotated

import strawberry

from resolvers import recognition as resolvers
from resolvers.errors import TooMany
from resolvers.lists import LARGEST_PAGE
from resolvers.permission import RIGHTS
from resolvers.recognition import MOST_CONTENTS, Candidate, Content
from schema.access import needs
from schema.fields import Info, arg, computed, input_type, object_type, optional, prop, relation
from schema.identifiers import IdentifierInput
from schema.references import AssetRef
from schema.things import one

_USUAL = 5


@input_type
class ContentInput:
    """What is known of content: identifiers, or a title with artists, a duration, or both."""

    identifiers: list[IdentifierInput] | None = optional("What it is said to bear, at most 10.")
    title: str | None = optional("Its title: never enough by itself.")
    artists: list[str] | None = optional("Who is said to perform it, or to have written it.")
    duration_ms: int | None = optional("How long it is, in milliseconds.")

    def content(self) -> Content:
        """Return it as it is matched."""
        return Content(
            identifiers=tuple((each.scheme.value, each.value) for each in self.identifiers or ()),
            title=self.title,
            artists=tuple(self.artists or ()),
            duration_ms=self.duration_ms,
        )


@needs(RIGHTS)
@object_type
class ContentCandidate:
    """A recording or work that content may be. Its `ownership` tells the rightsholders."""

    label: strawberry.Private[str]
    key: strawberry.Private[str]
    score: float = prop("How much speaks for it, 0–1: a ranking, not a probability.")
    reasons: list[str] = prop("What speaks for it, and against it.")

    asset: AssetRef | None = one("What it may be.", AssetRef, "key", label="label")

    @classmethod
    def of(cls, candidate: Candidate) -> "ContentCandidate":
        """Make the type of a candidate."""
        return cls(
            label=candidate.label,
            key=candidate.id,
            score=candidate.score,
            reasons=list(candidate.reasons),
        )


@needs(RIGHTS)
@object_type
class ContentMatch:
    """What one content may be."""

    found: strawberry.Private[list[Candidate]]

    @computed
    def candidates(
        self,
        first: Annotated[int, arg(f"How many, best first: 1–{LARGEST_PAGE}.")] = _USUAL,
    ) -> list[ContentCandidate]:
        """The candidates, the best first; none where nothing but a name speaks for any."""
        if not 1 <= first <= LARGEST_PAGE:
            raise TooMany("first", f"must be 1–{LARGEST_PAGE}")
        return [ContentCandidate.of(each) for each in islice(self.found, first)]


@strawberry.type
class RecognitionQuery:
    """Where clients start from unknown content."""

    @relation
    async def find_rightsholders(
        self,
        info: Info,
        contents: Annotated[
            list[ContentInput], arg(f"What is known of each content; at most {MOST_CONTENTS}.")
        ],
    ) -> list[ContentMatch | None] | None:
        """What unknown content may be, in the contents' order: by identifier first, then by likeness."""
        found = await resolvers.recognised(info.context, [each.content() for each in contents])
        return [
            each if isinstance(each, Exception) else ContentMatch(found=each)  # pyright: ignore[reportReturnType] - told in its place.
            for each in found
        ]
