"""Pages of cooperation: the agreement for anyone, the requests for the contact points."""
