"""From the graph to the files of others."""
