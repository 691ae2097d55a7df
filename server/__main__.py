"""`python -m server`: the same as `content-graph`."""

from server.interrupts import end_when_interrupted


def main() -> None:
    """Run the command line; Ctrl-C has its answer from the first import on."""
    end_when_interrupted()
    from server.cli import main as run  # noqa: PLC0415 - the imports take long enough to be cut off.

    run()


if __name__ == "__main__":
    main()
