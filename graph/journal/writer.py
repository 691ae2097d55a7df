"""The one who carries commands out: those that wait together in one transaction, in the order they came."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from opentelemetry import trace
from opentelemetry.trace import Link

from graph.errors import GraphUnavailable, OnceMismatch, StorageFailed
from graph.ids import random_id
from graph.journal.commands import Done, Ref
from graph.journal.records import GENESIS, Change, details_of, digest_of, moment, new_salt
from graph.journal.stage import Stage
from graph.journal.statements import APPEND, DONE_BEFORE, MOVE_HEAD, TAKE_HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.client import Graph
    from graph.journal.commands import Command
    from graph.journal.records import Attribution, Once
    from graph.journal.stage import Recorded
    from graph.transactions import Transaction

# More in one transaction are no faster, and wait longer for their answers.
TOGETHER: Final = 64
# More would be made long after those who asked have left.
MOST_WAITING: Final = 1_000
PATIENCE_SECONDS: Final = 5.0

_tracer = trace.get_tracer("content_graph.graph")

_STORED: Final = {
    "on_behalf_of": "onBehalfOf",
    "trace_id": "traceId",
    "once_key": "onceKey",
    "once_digest": "onceDigest",
    "about_type": "aboutType",
}

Outcome: TypeAlias = "Done | Exception"


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    command: Command
    by: Attribution
    once: Once | None
    answer: asyncio.Future[Done]
    link: Link


class _Rehearsed(Exception):
    """What would have come of commands: raised for their transaction to be given up."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        super().__init__()
        self.outcomes = outcomes


class Journal:
    """Carries commands out over one graph; one per process, from any number of tasks.

    Others may do the same over the same graph: they take turns.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None
        self.committed: Callable[[], None] = lambda: None
        """Called whenever commands were carried out."""

    async def run(self, command: Command, by: Attribution, once: Once | None = None) -> Done:
        """Carry a command out and return what came of it, once it is committed with its records.

        One whose `once` was carried out before is not again: what came of it then is returned. Raises
        OnceMismatch where that asked for something else, what the command raises, and as `Graph.write` does.
        Whoever stops waiting does not stop it.
        """
        if len(self._waiting) >= MOST_WAITING:
            raise GraphUnavailable("Too many changes wait to be made; try again.")
        answer: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        link = Link(trace.get_current_span().get_span_context())
        self._waiting.append(_Waiting(command, by, once, answer, link))
        if self._task is None:
            self._task = asyncio.create_task(self._drain())
        return await asyncio.shield(answer)

    async def rehearse(self, command: Command, by: Attribution) -> Done:
        """Return what would come of a command now, and leave nothing of it, nor of its having been asked.

        Raises what the command raises, and as `Graph.write` does.
        """

        async def work(transaction: Transaction) -> None:
            raise _Rehearsed(await _Turn(transaction, [waiting]).outcomes())

        answer: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        link = Link(trace.get_current_span().get_span_context())
        waiting = _Waiting(command, by, None, answer, link)
        try:
            await self._graph.transact(work, patience=PATIENCE_SECONDS)
        except _Rehearsed as rehearsed:
            [done] = rehearsed.outcomes
            if isinstance(done, Exception):
                raise done from None
            return done
        raise RuntimeError("A rehearsal was committed.")

    async def close(self) -> None:
        """Return when all that waits is carried out."""
        if self._task is not None:
            await asyncio.shield(self._task)

    async def _drain(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
                for each, outcome in zip(batch, await self._outcomes(batch), strict=True):
                    _answer(each.answer, outcome)
                self.committed()
        finally:
            self._task = None

    async def _outcomes(self, batch: Sequence[_Waiting]) -> Sequence[Outcome]:
        """Return what came of commands; where they cannot share a transaction, each has its own."""
        try:
            return await self._together(batch)
        except Exception as error:  # noqa: BLE001 - told to whoever waits.
            # What one command is at fault for, such as too long a time, is not told to the others.
            if len(batch) == 1 or isinstance(error, GraphUnavailable | StorageFailed):
                return [error] * len(batch)
        found: list[Outcome] = []
        for each in batch:
            found += await self._outcomes([each])
        return found

    async def _together(self, batch: Sequence[_Waiting]) -> Sequence[Outcome]:
        with _tracer.start_as_current_span(
            "journal",
            links=[each.link for each in batch if each.link.context.is_valid],
            attributes={"content_graph.journal.commands": len(batch)},
            record_exception=False,
        ):
            return await self._graph.transact(
                lambda transaction: _Turn(transaction, batch).outcomes(), patience=PATIENCE_SECONDS
            )


class _Turn:
    """One attempt at a transaction for some commands."""

    def __init__(self, transaction: Transaction, batch: Sequence[_Waiting]) -> None:
        self._transaction = transaction
        self._batch = batch
        self._alone = len(batch) == 1
        self._rows: list[dict[str, Any]] = []
        self._sequence = 0
        self._hash = GENESIS
        self._at = ""

    async def outcomes(self) -> Sequence[Outcome]:
        """Carry the commands out and return what came of each, or why nothing did."""
        self._sequence, self._hash, last = await self._transaction.read(
            "take the journal's head", TAKE_HEAD, genesis=GENESIS
        )
        now = _after(last)
        self._at = moment(now)
        done = await self._done_before()
        stage = Stage(self._transaction, now)
        await stage.fetch(ref for each in self._batch for ref in each.command.reads)
        found: list[Outcome] = []
        for each in self._batch:
            outcome = await self._outcome(stage, each, done)
            if each.once is not None and isinstance(outcome, Done):
                done[each.once.key] = (each.once.digest, replace(outcome, again=True))
            found.append(outcome)
        if self._rows:
            await stage.flush()
            await self._transaction.write("record", APPEND, rows=self._rows)
            await self._transaction.write(
                "move the journal's head",
                MOVE_HEAD,
                sequence=self._sequence,
                hash=self._hash,
                at=self._at,
            )
        return found

    async def _done_before(self) -> dict[str, tuple[str, Done]]:
        """Return what was carried out before, by key: the digest of what was asked, and what came of it."""
        keys = {each.once.key for each in self._batch if each.once is not None}
        if not keys:
            return {}
        changes: dict[str, list[Change]] = {}
        for key, row in await self._transaction.read(
            "commands done before", DONE_BEFORE, keys=sorted(keys)
        ):
            changes.setdefault(key, []).append(Change(*row))
        return {key: _done(tuple(each)) for key, each in changes.items()}

    async def _outcome(
        self, stage: Stage, each: _Waiting, done: dict[str, tuple[str, Done]]
    ) -> Outcome:
        if each.once is not None and each.once.key in done:
            digest, before = done[each.once.key]
            if digest == each.once.digest:
                return before
            return OnceMismatch("This idempotency key was used before, for something else.")
        mark = stage.mark()
        try:
            ref = await each.command.run(stage)
        except Exception as error:
            if self._alone or _of_the_engine(error):
                raise
            stage.undo(mark)
            return error
        told = stage.records[mark.records :]
        if not told:
            raise RuntimeError(f"{type(each.command).__name__} recorded nothing.")
        command = random_id()
        return Done(subject=ref, changes=tuple(self._append(each, command, ref, told)))

    def _append(
        self, each: _Waiting, command: str, about: Ref, told: Sequence[Recorded]
    ) -> list[Change]:
        """Chain records on, and return them."""
        found: list[Change] = []
        for recorded in told:
            once = each.once if recorded is told[0] else None
            change = self._chained(each.by, command, recorded, once, about)
            self._rows.append(stored(change))
            found.append(change)
        return found

    def _chained(
        self, by: Attribution, command: str, recorded: Recorded, once: Once | None, about: Ref
    ) -> Change:
        salt = new_salt()
        details = details_of(recorded.before, recorded.after, by.reason)
        change = Change(
            sequence=self._sequence + 1,
            id=random_id(),
            command=command,
            at=self._at,
            action=recorded.action,
            type=recorded.ref.label,
            subject=recorded.ref.id,
            version=recorded.version,
            actor=by.actor,
            on_behalf_of=by.on_behalf_of,
            source=by.source,
            trace_id=by.trace_id,
            once_key=once and once.key,
            once_digest=once and once.digest,
            about_type=once and about.label,
            about=once and about.id,
            details=details,
            salt=salt,
            digest=digest_of(details, salt),
            previous=self._hash,
            hash="",
        )
        change = change._replace(hash=change.hashed())
        self._sequence, self._hash = change.sequence, change.hash
        return change


def stored(change: Change) -> dict[str, Any]:
    """Return a record's properties, under the graph's names."""
    row = change._asdict().items()
    return {_STORED.get(name, name): value for name, value in row if value is not None}


def _done(changes: tuple[Change, ...]) -> tuple[str, Done]:
    """Return the digest of what was asked with a key, and what came of it, by its records."""
    for change in changes:
        if change.once_digest and change.about_type and change.about:
            ref = Ref(change.about_type, change.about)
            return change.once_digest, Done(subject=ref, changes=changes, again=True)
    raise LookupError("No record of the command tells its key.")


def _after(last: str | None) -> datetime:
    """Return the time, or what follows the last record's where a clock went back."""
    now = datetime.now(UTC)
    if last is None or moment(now) > last:
        return now
    return datetime.fromisoformat(last) + timedelta(microseconds=1)


def _of_the_engine(error: Exception) -> bool:
    """Say whether it is the transaction that failed, rather than the command."""
    return not isinstance(getattr(type(error), "code", None), str)


def _answer(waiting: asyncio.Future[Done], outcome: Outcome) -> None:
    if waiting.cancelled():
        return
    if isinstance(outcome, Exception):
        waiting.set_exception(outcome)
        waiting.exception()  # Whoever asked may have left: then nobody looks at it.
    else:
        waiting.set_result(outcome)
