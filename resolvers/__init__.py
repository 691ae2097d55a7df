"""Meaning: rows in and out, no Strawberry, no Cypher."""
