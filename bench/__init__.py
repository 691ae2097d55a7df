"""The benchmark: what operations cost and how fast facts are stored; `python -m bench --help`."""
