"""People and organisations that act on the graph: apart from the catalogue, which nothing here points into.

Nodes name one another by id, in properties: what is personal is erased without a look at the catalogue.
"""
