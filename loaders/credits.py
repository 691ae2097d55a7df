"""Loaders of credits."""

from graph import credits as credit_reads
from loaders.batching import DomainLoaders, listed


class CreditLoaders(DomainLoaders):
    """Credits of the things that bear them."""

    by_recording = listed(credit_reads.CREDITS_BY_RECORDING)
    by_release = listed(credit_reads.CREDITS_BY_RELEASE)
    by_work = listed(credit_reads.CREDITS_BY_WORK)
