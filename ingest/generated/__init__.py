"""Facts made up from a seed, where no open data exists: always under a source of kind GENERATED."""

from ingest.generated.catalogue import Sizes
from ingest.generated.run import generate_dataset, generate_layer

__all__ = ["Sizes", "generate_dataset", "generate_layer"]
