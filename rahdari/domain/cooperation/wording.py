"""Words of cooperation."""

REFUSALS: dict[str, object] = {}
