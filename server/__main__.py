"""`python -m server`: the same as `content-graph`."""

from server.cli import main

main()
