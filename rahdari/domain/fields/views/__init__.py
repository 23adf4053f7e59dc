"""Pages of fields: for anyone (`public`, `tables`), for the ministries and the contact point (`asking`, `ordering`)."""
