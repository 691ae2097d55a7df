"""PROV out: how claims came about, were revised and ended, as JSON-LD."""

from export.prov.document import Asked, export_provenance
from export.prov.telling import ProvenanceReport

__all__ = ["Asked", "ProvenanceReport", "export_provenance"]
