"""Made-up messages: one release told in the way of version 3.8.2, or of version 4."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
SENDER: Final = "PADPIDA2014120301L"
ARTIST_ISNI: Final = "0000000121032683"
OTHER_ISRC: Final = "USRC17607840"
ISRC: Final = "USRC17607839"
ICPN: Final = "4006381333931"
GRID: Final = "A12425GABC1234002M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """One deal's terms, on releases by their references (R0 the album, R1 and R2 its tracks)."""

    on: tuple[str, ...] = ("R0",)
    territories: tuple[str, ...] = ("Worldwide",)
    excluded: tuple[str, ...] = ()
    uses: tuple[str, ...] = ("OnDemandStream",)
    models: tuple[str, ...] = ("SubscriptionModel",)
    start: str | None = "2024-01-01"
    end: str | None = None
    take_down: bool = False

    def xml(self, *, four: bool) -> str:
        """Return it as a version has it."""
        uses = "".join(f"<UseType>{each}</UseType>" for each in self.uses)
        period = "".join(
            f"<{name}>{value}</{name}>"
            for name, value in (("StartDate", self.start), ("EndDate", self.end))
            if value
        )
        terms = [f"<TerritoryCode>{each}</TerritoryCode>" for each in self.territories]
        terms += [
            f"<ExcludedTerritoryCode>{each}</ExcludedTerritoryCode>" for each in self.excluded
        ]
        terms += [f"<CommercialModelType>{each}</CommercialModelType>" for each in self.models]
        terms.append(uses if four else f"<Usage>{uses}</Usage>")
        terms.append(f"<ValidityPeriod>{period}</ValidityPeriod>" if period else "")
        if self.take_down:
            terms = ["<TakeDown>true</TakeDown>", *terms[: len(self.territories)]]
        on = "".join(f"<DealReleaseReference>{each}</DealReleaseReference>" for each in self.on)
        return (
            f"<ReleaseDeal>{on}<Deal><DealTerms>{''.join(terms)}</DealTerms></Deal></ReleaseDeal>"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """A message on one album of two tracks."""

    version: str = "43"
    number: str = "M1"
    created: str = "2024-03-01T10:00:00+01:00"
    ids: str = f"<GRid>{GRID}</GRid><ICPN>{ICPN}</ICPN>"
    title: str = "An Album"
    deals: tuple[Deal, ...] = (Deal(),)
    tracks: tuple[str, ...] = (ISRC, OTHER_ISRC)
    more: dict[str, str] = field(default_factory=dict[str, str])

    def write(self, folder: Path) -> Path:
        """Write the message, and return where."""
        path = folder / f"{self.number}-{self.version}.xml"
        path.write_text(self.xml(), encoding="utf-8")
        return path

    def xml(self) -> str:
        """Return the message."""
        four = self.version.startswith("4")
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<ern:NewReleaseMessage xmlns:ern="http://ddex.net/xml/ern/{self.version}">\n'
            f"{header(self.number, self.created)}\n"
            f"{_PARTIES if four else ''}"
            f"<ResourceList>{''.join(map(self._four if four else self._three, self.tracks))}"
            f"<Image><ResourceReference>A9</ResourceReference></Image></ResourceList>\n"
            f"<ReleaseList>{self._release_four() if four else self._release_three()}</ReleaseList>\n"
            f"<DealList>{''.join(each.xml(four=four) for each in self.deals)}</DealList>\n"
            f"</ern:NewReleaseMessage>\n"
        )

    def _four(self, isrc: str) -> str:
        at = self.tracks.index(isrc) + 1
        return f"""<SoundRecording><ResourceReference>A{at}</ResourceReference>
<ResourceId><ISRC>{isrc}</ISRC></ResourceId><DisplayTitleText>Track {at}</DisplayTitleText>
<DisplayArtistName>The Artist</DisplayArtistName>
<DisplayArtist SequenceNumber="1"><ArtistPartyReference>PArtist</ArtistPartyReference>
<DisplayArtistRole>MainArtist</DisplayArtistRole></DisplayArtist>
<Contributor><ContributorPartyReference>PProducer</ContributorPartyReference>
<Role>StudioProducer</Role></Contributor>
<PLine><Year>2024</Year><PLineText>The Label</PLineText></PLine><Duration>PT3M{at}.5S</Duration>
</SoundRecording>
"""

    def _three(self, isrc: str) -> str:
        at = self.tracks.index(isrc) + 1
        return f"""<SoundRecording><SoundRecordingId><ISRC>{isrc}</ISRC></SoundRecordingId>
<ResourceReference>A{at}</ResourceReference>
<ReferenceTitle><TitleText>Track {at}</TitleText></ReferenceTitle><Duration>PT3M{at}.5S</Duration>
<SoundRecordingDetailsByTerritory><TerritoryCode>DE</TerritoryCode>
<DisplayArtistName>Nobody</DisplayArtistName></SoundRecordingDetailsByTerritory>
<SoundRecordingDetailsByTerritory><TerritoryCode>Worldwide</TerritoryCode>
<DisplayArtistName>The Artist</DisplayArtistName>
<DisplayArtist SequenceNumber="1"><PartyName><FullName>The Artist</FullName></PartyName>
<PartyId IsISNI="true">{ARTIST_ISNI}</PartyId><ArtistRole>MainArtist</ArtistRole></DisplayArtist>
<ResourceContributor><PartyName><FullName>A Producer</FullName></PartyName>
<ResourceContributorRole>StudioProducer</ResourceContributorRole></ResourceContributor>
<PLine><Year>2024</Year><PLineText>The Label</PLineText></PLine>
</SoundRecordingDetailsByTerritory></SoundRecording>
"""

    def _release_four(self) -> str:
        tracks = "".join(
            f"""<TrackRelease><ReleaseReference>R{at}</ReleaseReference>
<ReleaseId><ProprietaryId Namespace="us">T{at}</ProprietaryId></ReleaseId>
<ReleaseResourceReference>A{at}</ReleaseResourceReference></TrackRelease>"""
            for at in range(1, len(self.tracks) + 1)
        )
        return f"""<Release><ReleaseReference>R0</ReleaseReference><ReleaseType>Album</ReleaseType>
<ReleaseId>{self.ids}</ReleaseId><DisplayTitleText>{self.title}</DisplayTitleText>
<DisplayArtistName>The Artist</DisplayArtistName>
<DisplayArtist SequenceNumber="1"><ArtistPartyReference>PArtist</ArtistPartyReference>
<DisplayArtistRole>MainArtist</DisplayArtistRole></DisplayArtist>
<ReleaseLabelReference>PLabel</ReleaseLabelReference>
<PLine><Year>2024</Year><PLineText>2024 The Label</PLineText></PLine>
<CLine><Year>2023</Year><CLineText>The Designer</CLineText></CLine>
<ReleaseDate>2024-03-15</ReleaseDate>
<ResourceGroup>{self._group()}</ResourceGroup></Release>
{tracks}"""

    def _release_three(self) -> str:
        tracks = "".join(
            f"""<Release><ReleaseReference>R{at}</ReleaseReference>
<ReleaseId><ProprietaryId Namespace="us">T{at}</ProprietaryId></ReleaseId>
<ReferenceTitle><TitleText>Track {at}</TitleText></ReferenceTitle>
<ReleaseResourceReferenceList>
<ReleaseResourceReference>A{at}</ReleaseResourceReference></ReleaseResourceReferenceList>
<ReleaseType>TrackRelease</ReleaseType></Release>"""
            for at in range(1, len(self.tracks) + 1)
        )
        references = "".join(
            f"<ReleaseResourceReference>A{at}</ReleaseResourceReference>"
            for at in (*range(1, len(self.tracks) + 1), 9)
        )
        return f"""<Release IsMainRelease="true"><ReleaseId>{self.ids}</ReleaseId>
<ReleaseReference>R0</ReleaseReference>
<ReferenceTitle><TitleText>{self.title}</TitleText></ReferenceTitle>
<ReleaseResourceReferenceList>{references}</ReleaseResourceReferenceList>
<ReleaseType>Album</ReleaseType>
<ReleaseDetailsByTerritory><TerritoryCode>Worldwide</TerritoryCode>
<DisplayArtistName>The Artist</DisplayArtistName><LabelName>The Label</LabelName>
<DisplayArtist SequenceNumber="1"><PartyName><FullName>The Artist</FullName></PartyName>
<PartyId IsISNI="true">{ARTIST_ISNI}</PartyId><ArtistRole>MainArtist</ArtistRole></DisplayArtist>
<ResourceGroup>{self._group()}</ResourceGroup>
<ReleaseDate>2024-03-15</ReleaseDate></ReleaseDetailsByTerritory>
<PLine><Year>2024</Year><PLineText>2024 The Label</PLineText></PLine>
<CLine><Year>2023</Year><CLineText>The Designer</CLineText></CLine></Release>
{tracks}"""

    def _group(self) -> str:
        items = "".join(
            f"""<ResourceGroupContentItem><SequenceNumber>{at}</SequenceNumber>
<ReleaseResourceReference>A{at}</ReleaseResourceReference></ResourceGroupContentItem>"""
            for at in range(1, len(self.tracks) + 1)
        )
        return f"<ResourceGroup><SequenceNumber>1</SequenceNumber>{items}</ResourceGroup>"


def header(number: str, created: str) -> str:
    """Return a message's header."""
    return f"""<MessageHeader><MessageId>{number}</MessageId>
<MessageSender><PartyId>{SENDER}</PartyId><PartyName><FullName>A Sender</FullName></PartyName>
</MessageSender><MessageCreatedDateTime>{created}</MessageCreatedDateTime></MessageHeader>"""


def purge(folder: Path, ids: str, *, number: str, created: str, version: str = "43") -> Path:
    """Write a message that purges a release, and return where."""
    path = folder / f"{number}-{version}.xml"
    path.write_text(
        f'<ern:PurgeReleaseMessage xmlns:ern="http://ddex.net/xml/ern/{version}">'
        f"{header(number, created)}<PurgedRelease><ReleaseId>{ids}</ReleaseId></PurgedRelease>"
        "</ern:PurgeReleaseMessage>",
        encoding="utf-8",
    )
    return path


_PARTIES: Final = f"""<PartyList>
<Party><PartyReference>PArtist</PartyReference>
<PartyName><FullName>The Artist</FullName></PartyName>
<PartyId><ISNI>{ARTIST_ISNI}</ISNI></PartyId></Party>
<Party><PartyReference>PProducer</PartyReference>
<PartyName><FullName>A Producer</FullName></PartyName></Party>
<Party><PartyReference>PLabel</PartyReference>
<PartyName><FullName>The Label</FullName></PartyName></Party>
</PartyList>
"""
