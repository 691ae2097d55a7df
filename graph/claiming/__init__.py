"""Rights written by people: claims, agreements, sales and what settles conflicts, as commands.

Nothing is overwritten: what is written ends what stood, and begins anew.
"""

from graph.claiming.agreements import (
    EndAgreement,
    RecordAgreement,
    ReviseAgreement,
    WithdrawAgreement,
)
from graph.claiming.claimants import Claimant
from graph.claiming.claims import AssertClaim, DisputeClaim, ReviseClaim, WithdrawClaim
from graph.claiming.conflicts import ResolveConflict
from graph.claiming.deeds import Deed
from graph.claiming.sales import Sale
from graph.claiming.terms import Terms, flaws, territory_flaws
from graph.claiming.transferring import MOST_ASSETS, MOST_SOLD, TransferCatalogue

__all__ = [
    "MOST_ASSETS",
    "MOST_SOLD",
    "AssertClaim",
    "Claimant",
    "Deed",
    "DisputeClaim",
    "EndAgreement",
    "RecordAgreement",
    "ResolveConflict",
    "ReviseAgreement",
    "ReviseClaim",
    "Sale",
    "Terms",
    "TransferCatalogue",
    "WithdrawAgreement",
    "WithdrawClaim",
    "flaws",
    "territory_flaws",
]
