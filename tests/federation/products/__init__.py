"""The fixed schema of Apollo's subgraph compatibility tests, and the two subgraphs beside it."""
