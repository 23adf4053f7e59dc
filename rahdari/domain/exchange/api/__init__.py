"""The doors of the protocol: what partners ask of this node under `/exchange/v1/`, and what anyone may read of it."""
