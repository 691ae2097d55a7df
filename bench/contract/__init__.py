"""What the contract costs: the view and its limits, entities by reference, and hostile callers."""
