"""Reads over Bolt without the driver's sessions: one write, one answer (decision 10)."""

from graph.bolt.connection import Refused, Silent
from graph.bolt.reader import Reader, readable

__all__ = ["Reader", "Refused", "Silent", "readable"]
