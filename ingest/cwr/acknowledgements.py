"""What societies answer: the status of a registration, and ISWCs that were given."""

from __future__ import annotations

from graph.facts import AcknowledgementFact
from graph.ids import mint
from graph.registrations import instant, quoted
from ingest.cwr.senders import Sender
from standards.cwr.records import Record
from standards.cwr.transactions import Transaction


def acknowledgement(
    transaction: Transaction, header: Record, sender: Sender
) -> AcknowledgementFact:
    """Return an acknowledgement, with what it quotes of what it answers, as far as it quotes that whole."""
    number = header.text("number")
    created = instant(header.text("original_created"), header.number("original_time"))
    group, original = header.number("original_group"), header.number("original_transaction")
    return AcknowledgementFact(
        id=mint("cwr", "acknowledgement", sender.code, sender.created, *_place(header)),
        kind="ACK",
        quotes=quoted(created, group, original, number) if number else None,
        recipient=sender.name,
        status=header.text("status"),
        number=number,
        recipient_number=header.text("recipient_number"),
        title=header.text("title"),
        date=header.text("processed"),
        messages=tuple(_message(each) for each in transaction.of("MSG")),
    )


def iswc_notice(header: Record, sender: Sender) -> AcknowledgementFact:
    """Return the notice that a work was given an ISWC; whose work, it says by its number only."""
    return AcknowledgementFact(
        id=mint("cwr", "iswc-notice", sender.code, sender.created, *_place(header)),
        kind="ISW",
        recipient=sender.name,
        number=header.text("number"),
        title=header.text("title"),
        iswc=header.text("iswc"),
    )


def _place(header: Record) -> tuple[str, str, str]:
    return header.type, str(header.transaction), str(header.line)


def _message(record: Record) -> str:
    where = f"{record.text('original_record') or ''} {record.number('original_sequence')}"
    rule = f"{record.text('level') or ''}{record.text('validation') or ''}"
    return f"{where.strip()} {rule}: {record.text('message')}"
