"""What the exchange touches outside the database: the key files of the node, sealed blobs on disk, the partner's server."""
