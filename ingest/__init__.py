"""From the files of others, or from a seed, to facts in the graph."""
