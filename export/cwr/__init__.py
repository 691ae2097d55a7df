"""CWR out: a party's catalogue, and acknowledgements of what was received."""

from export.cwr.acknowledging import acknowledge
from export.cwr.catalogue import export_catalogue

__all__ = ["acknowledge", "export_catalogue"]
