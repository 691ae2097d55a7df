"""The outside standards' rules: identifiers, territories, shares, ownership and text."""
