"""Who acts for whom in chains of publishers, as agreements that pass nothing on.

What stands in a registration is who owns after all agreements. So neither an administrator's nor a
sub-publisher's mandate multiplies a share, and none is stated of an acquirer: it claims for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graph.facts import AgreementFact
from graph.ids import mint
from standards.cwr.works import Holder, Work
from standards.shares import WHOLE
from standards.territories import territory

KIND: Final = "ADMINISTRATION"


def chain_facts(work: Work, parties: Mapping[int, str]) -> Iterator[AgreementFact]:
    """Yield the mandates that a work's chains show, by the parties' places in the registration.

    Between two parties and for the same territories there is one, however many works show it.
    """
    for chain in work.chains:
        for giver, taker in chain.edges():
            assignor, acquirer = parties[giver.record.sequence], parties[taker.record.sequence]
            if assignor == acquirer:
                continue
            for included, excluded in _scopes(taker):
                where = ",".join(included), ",".join(excluded)
                yield AgreementFact(
                    id=mint("cwr", "mandate", assignor, acquirer, *where),
                    assignor_id=assignor,
                    acquirer_id=acquirer,
                    kind=KIND,
                    right=None,
                    share=WHOLE,
                    territories=included,
                    excluded_territories=excluded,
                )


def _scopes(taker: Holder) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield where an administrator or sub-publisher acts, told by where it collects."""
    found = {
        (
            tuple(territory(tis).code for tis in scope.territories),
            tuple(territory(tis).code for tis in scope.excluded),
        )
        for scope in taker.collected
    }
    yield from sorted(found)
