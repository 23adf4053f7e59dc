"""Words of checks."""

REFUSALS: dict[str, object] = {}
