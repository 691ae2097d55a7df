"""Batching and the request's cache: a loader is one line over a read in `graph`."""

from graph.client import Graph
from loaders.artists import ArtistLoaders
from loaders.batching import RequestLoaders
from loaders.identity import IdentityLoaders
from loaders.labels import LabelLoaders
from loaders.lists import ListLoaders
from loaders.parties import PartyLoaders
from loaders.policy import PolicyLoaders
from loaders.recordings import RecordingLoaders
from loaders.releases import ReleaseLoaders
from loaders.rights import RightsLoaders
from loaders.search import SearchLoaders
from loaders.sources import SourceLoaders
from loaders.works import WorkLoaders


class Loaders:
    """Every loader of one request, by domain; make one inside the request's running loop."""

    def __init__(self, graph: Graph) -> None:
        request = RequestLoaders(graph)
        self.lists = ListLoaders(request)
        self.artists = ArtistLoaders(request)
        self.recordings = RecordingLoaders(request)
        self.works = WorkLoaders(request)
        self.releases = ReleaseLoaders(request)
        self.labels = LabelLoaders(request)
        self.parties = PartyLoaders(request)
        self.identity = IdentityLoaders(request)
        self.policy = PolicyLoaders(request)
        self.rights = RightsLoaders(request)
        self.search = SearchLoaders(request)
        self.sources = SourceLoaders(request)
