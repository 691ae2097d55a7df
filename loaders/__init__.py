"""Batching and the request's cache: a loader is one line over a read in `graph`."""

from graph.client import Graph
from loaders.batching import RequestLoaders
from loaders.deals import DealLoaders
from loaders.histories import HistoryLoaders
from loaders.identifiers import IdentifierLoaders
from loaders.lists import ListLoaders
from loaders.rights import RightsLoaders
from loaders.search import SearchLoaders
from loaders.things import ThingLoaders


class Loaders:
    """Every loader of one request; make one inside the request's running loop."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        """For the reads of plans; resolvers go through loaders."""
        self.request = RequestLoaders(graph)
        """What they share."""
        self.forget()

    def forget(self) -> None:
        """Forget what was read: a change was asked for, and what is told after it is read anew."""
        request = self.request
        self.lists = ListLoaders(request)
        self.things = ThingLoaders(request)
        self.identifiers = IdentifierLoaders(request)
        self.histories = HistoryLoaders(request)
        self.rights = RightsLoaders(request)
        self.deals = DealLoaders(request)
        self.search = SearchLoaders(request)

    def close(self) -> None:
        """End the request's reads that still run."""
        self.request.close()
